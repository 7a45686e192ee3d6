#include "cli/catalog.h"

#include "audit/audit_section.h"
#include "audit/check.h"
#include "clean/clean_section_spec.h"
#include "clean/repairs.h"
#include "clean/steps.h"
#include "cli/verb.h"
#include "data/data_section_spec.h"
#include "data/expect_section_spec.h"
#include "data/use_section_spec.h"
#include "feed/augmentations_specs.h"
#include "feed/mixings_specs.h"
#include "metric/evaluate_section_spec.h"
#include "metric/fairness/fairness_section_spec.h"
#include "metric/metrics.h"
#include "model/initializers_specs.h"
#include "model/models_specs.h"
#include "optim/gradient_noise_spec.h"
#include "optim/losses_specs.h"
#include "optim/optimizers_specs.h"
#include "optim/parameter_group_spec.h"
#include "optim/penalties_specs.h"
#include "optim/schedules_specs.h"
#include "spec/regularizers.h"
#include "split/split_section_spec.h"
#include "train/balance_spec.h"
#include "train/sam_spec.h"
#include "train/train_section_spec.h"
#include "train/tune_section_spec.h"
#include "train/weight_average_spec.h"

namespace bottega {

namespace {

Param Section(const std::string& name, const Spec& spec) {
  return {.name = name,
          .type = ParamType::kSection,
          .what = spec.one_line,
          .fallback = Json::object(),
          .component = name};
}

Catalog MakeCatalog() {
  Catalog catalog;
  SpecList verbs;
  for (const Verb& verb : TorchFreeVerbs()) verbs.push_back(&verb.spec());
  catalog.Add(verbs);
  catalog.Add(EngineVerbSpecs());
  catalog.Add({&SamSection(), &GradientNoiseSection()});
  catalog.Add({&UseSection(), &DataSection(), &ExpectSection(), &AuditSection(), &CleanSection(),
               &SplitSection(), &TrainSection(), &EarlyStoppingSection(), &ParameterGroupSection(),
               &TuneSection(), &EvaluateSection(), &FairnessSection()});
  for (const SpecList& specs :
       {CheckSpecs(), RepairSpecs(), StepSpecs(), AugmentationSpecs(), ModelSpecs(), LossSpecs(),
        OptimizerSpecs(), ScheduleSpecs(), PenaltySpecs(), InitializerSpecs(), MetricSpecs(),
        MixingSpecs(), BalanceSpecs(), WeightAverageSpecs()}) {
    catalog.Add(specs);
  }
  // They live as long as the program.
  static const std::vector<Spec> regularizers = RegularizerSpecs(catalog);
  for (const Spec& spec : regularizers) catalog.Add({&spec});
  return catalog;
}

}  // namespace

const Catalog& FullCatalog() {
  static const Catalog catalog = MakeCatalog();
  return catalog;
}

const Spec& RecipeSpec() {
  static const Spec spec = {
      .kind = "section",
      .name = "recipe",
      .one_line = "Recipe of a bottega project",
      .params = {
          {.name = "version",
           .type = ParamType::kInt,
           .what = "version of the recipe's format",
           .fallback = 1,
           .min = 1,
           .max = 1},
          Section("use", UseSection()),
          Section("data", DataSection()),
          Section("expect", ExpectSection()),
          Section("audit", AuditSection()),
          Section("clean", CleanSection()),
          Section("split", SplitSection()),
          {.name = "augment",
           .type = ParamType::kComponentList,
           .what = "random changes of training pictures",
           .fallback = Json::array(),
           .component = "augmentation"},
          {.name = "model",
           .type = ParamType::kComponent,
           .what = "what learns: a network, or a model of tables such as boosted_trees",
           .fallback = "auto",
           .component = "model"},
          Section("train", TrainSection()),
          Section("tune", TuneSection()),
          Section("evaluate", EvaluateSection()),
          Section("fairness", FairnessSection()),
          {.name = "gates",
           .type = ParamType::kMap,
           .what =
               "what must hold, as in {audit: error, validation.f1: \">= 0.80\"}; a failed gate "
               "exits with 3. `audit_due: error` refuses a training whose audit is due, `warning` "
               "(the default with audit.every) writes a finding, `none` says nothing",
           .fallback = Json::object()},
      }};
  return spec;
}

}  // namespace bottega
