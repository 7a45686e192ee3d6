#include "clean/steps.h"

namespace bottega {

const std::vector<Step>& AllSteps() {
  static const std::vector<Step> steps = {
      kDatesStep,        kWordsStep,      kImputeStep, kOneHotStep,        kOrdinalStep,
      kTargetEncodeStep, kHashEncodeStep, kEncodeStep, kEncodeNumbersStep, kScaleStep,
  };
  return steps;
}

const Step* FindStep(const std::string& name) {
  for (const Step& step : AllSteps()) {
    if (step.spec().name == name) return &step;
  }
  return nullptr;
}

SpecList StepSpecs() {
  SpecList specs;
  for (const Step& step : AllSteps()) specs.push_back(&step.spec());
  return specs;
}

}  // namespace bottega
