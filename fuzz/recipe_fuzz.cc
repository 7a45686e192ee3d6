// Any bytes as a recipe: a resolved one, which resolves to itself again, or an Error with its
// problems. The sections are those whose Specs stand apart from their code.
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "data/data_section_spec.h"
#include "data/use_section_spec.h"
#include "feed/mixings_specs.h"
#include "model/initializers_specs.h"
#include "optim/gradient_noise_spec.h"
#include "optim/losses_specs.h"
#include "optim/optimizers_specs.h"
#include "optim/parameter_group_spec.h"
#include "optim/penalties_specs.h"
#include "optim/schedules_specs.h"
#include "spec/emit.h"
#include "spec/resolve.h"
#include "split/split_section_spec.h"
#include "train/balance_spec.h"
#include "train/sam_spec.h"
#include "train/train_section_spec.h"
#include "train/weight_average_spec.h"

namespace {

using bottega::Json;
using bottega::ParamType;
using bottega::Spec;

const bottega::Catalog& FuzzCatalog() {
  static const bottega::Catalog catalog = [] {
    bottega::Catalog all;
    all.Add({&bottega::UseSection(), &bottega::DataSection(), &bottega::SplitSection(),
             &bottega::TrainSection(), &bottega::EarlyStoppingSection(), &bottega::SamSection(),
             &bottega::GradientNoiseSection(), &bottega::ParameterGroupSection()});
    for (const bottega::SpecList& specs :
         {bottega::LossSpecs(), bottega::OptimizerSpecs(), bottega::ScheduleSpecs(),
          bottega::PenaltySpecs(), bottega::InitializerSpecs(), bottega::MixingSpecs(),
          bottega::BalanceSpecs(), bottega::WeightAverageSpecs()}) {
      all.Add(specs);
    }
    return all;
  }();
  return catalog;
}

const Spec& FuzzRecipe() {
  static const Spec spec = [] {
    Spec root{.kind = "section", .name = "recipe"};
    for (const char* name : {"use", "data", "split", "train"}) {
      root.params.push_back({.name = name,
                             .type = ParamType::kSection,
                             .fallback = Json::object(),
                             .component = name});
    }
    return root;
  }();
  return spec;
}

Json ResolveText(const std::string& text, const char* file) {
  const bottega::Resolved resolved =
      Resolve(FuzzCatalog(), FuzzRecipe(), bottega::ParseYaml(text, file), file);
  ThrowProblems(resolved.problems, bottega::ErrorKind::kRecipe, "");
  return resolved.value;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    const Json recipe = ResolveText(text, "fuzz.yaml");
    if (ResolveText(bottega::EmitYaml(recipe), "again") != recipe) std::abort();
  } catch (const bottega::Error& error) {
    if (error.kind() == bottega::ErrorKind::kInternal || error.message().empty()) std::abort();
    if (error.place().file == "again") std::abort();
  }
  return 0;
}
