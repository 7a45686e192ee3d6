// The fitted steps that a recipe's `clean.steps` may name.
#pragma once

#include <string>
#include <vector>

#include "clean/step.h"

namespace bottega {

const std::vector<Step>& AllSteps();
const Step* FindStep(const std::string& name);  // nullptr if there is none
SpecList StepSpecs();

// One a file, in steps/.
extern const Step kDatesStep, kWordsStep, kImputeStep, kOneHotStep, kOrdinalStep, kTargetEncodeStep,
    kHashEncodeStep, kEncodeStep, kEncodeNumbersStep, kScaleStep;

}  // namespace bottega
