// For tests of train/ and infer/ alone: small made-up tables and pictures with everything that
// Train() wants beside them.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/files.h"
#include "base/random.h"
#include "clean/clean_section_spec.h"
#include "clean/repairs.h"
#include "clean/steps.h"
#include "data/arrow_support.h"
#include "data/image/picture.h"
#include "feed/augmentations_specs.h"
#include "feed/mixings_specs.h"
#include "model/initializers_specs.h"
#include "model/models_specs.h"
#include "optim/gradient_noise_spec.h"
#include "optim/losses_specs.h"
#include "optim/optimizers_specs.h"
#include "optim/parameter_group_spec.h"
#include "optim/penalties_specs.h"
#include "optim/schedules_specs.h"
#include "spec/resolve.h"
#include "train/balance_spec.h"
#include "train/sam_spec.h"
#include "train/train_section_spec.h"
#include "train/train_stage.h"
#include "train/weight_average_spec.h"

namespace bottega {

struct TrainFixture {
  TemporaryFolder folder;
  Dataset data;
  RowPlan split;
  FittedPlan plan;
  Json recipe;

  // Inputs for a run in folder/NAME, with plan.json already there.
  TrainInputs Inputs(const std::string& name) const;
};

inline Json ResolvedRecipe(const std::string& yaml);

namespace fixture {

inline Catalog MakeCatalog() {
  Catalog catalog;
  catalog.Add({&TrainSection(), &EarlyStoppingSection(), &ParameterGroupSection(), &CleanSection(),
               &SamSection(), &GradientNoiseSection()});
  for (const SpecList& specs :
       {AugmentationSpecs(), ModelSpecs(), LossSpecs(), OptimizerSpecs(), ScheduleSpecs(),
        PenaltySpecs(), InitializerSpecs(), StepSpecs(), RepairSpecs(), MixingSpecs(),
        BalanceSpecs(), WeightAverageSpecs()}) {
    catalog.Add(specs);
  }
  return catalog;
}

inline Param SectionParam(const std::string& name) {
  return {.name = name, .type = ParamType::kSection, .fallback = Json::object(), .component = name};
}

inline void FinishFixture(TrainFixture* fixture, const std::string& yaml, int64_t train,
                          int64_t validation) {
  std::vector<int64_t> positions;
  for (int64_t i = 0; i < fixture->data.size(); ++i) {
    fixture->split.row.push_back(fixture->data.rows[static_cast<size_t>(i)]);
    fixture->split.part.push_back(i < train                ? Part::kTrain
                                  : i < train + validation ? Part::kValidation
                                                           : Part::kTest);
    fixture->split.fold.push_back(-1);
    fixture->split.group.push_back(-1);
    if (i < train) positions.push_back(i);
  }
  fixture->recipe = ResolvedRecipe(yaml);
  fixture->plan = FitPlan(fixture->data, positions, fixture->recipe.at("clean"));
}

}  // namespace fixture

inline TrainInputs TrainFixture::Inputs(const std::string& name) const {
  const std::filesystem::path run = folder.path() / name;
  WriteJson(run / "plan.json", PlanToJson(plan));
  return {.data = &data, .split = &split, .plan = &plan, .recipe = recipe, .run = run};
}

// The recipe of defaults with the settings of `yaml` (its sections clean, train, model, augment).
inline Json ResolvedRecipe(const std::string& yaml) {
  static const Catalog catalog = fixture::MakeCatalog();
  static const Spec spec = {.kind = "section",
                            .name = "recipe",
                            .params = {fixture::SectionParam("clean"),
                                       fixture::SectionParam("train"),
                                       {.name = "model",
                                        .type = ParamType::kComponent,
                                        .fallback = "auto",
                                        .component = "model"},
                                       {.name = "augment",
                                        .type = ParamType::kComponentList,
                                        .fallback = Json::array(),
                                        .component = "augmentation"}}};
  const Resolved resolved = Resolve(catalog, spec, ParseYaml(yaml, "test.yaml"), "test.yaml");
  ThrowProblems(resolved.problems, ErrorKind::kRecipe, "");
  return resolved.value;
}

// Two classes (or, for regression, a number) that depend on two numbers and a category. 320
// training rows, 80 of validation, 80 of test.
inline void MakeTable(TrainFixture* fixture, const std::string& yaml, bool regression = false) {
  std::vector<double> a, b, y;
  std::vector<std::string> color, label;
  for (int64_t row = 0; row < 480; ++row) {
    Random random(3, Purpose::kGenerate, 0, row);
    a.push_back(random.Normal());
    b.push_back(random.Normal() * 10 + 5);
    color.push_back(random.Chance(0.5) ? "red" : random.Chance(0.5) ? "green" : "blue");
    const double shift = color.back() == "red" ? 1.0 : color.back() == "green" ? 0.0 : -1.0;
    y.push_back(20 + 3 * (a.back() + (b.back() - 5) / 10 + shift) + 0.5 * random.Normal());
    label.push_back(y.back() > 20 ? "yes" : "no");
    fixture->data.rows.push_back(1000 + 2 * row);
  }
  fixture->data.table = MakeTable({{"a", NumberArray(a)},
                                   {"b", NumberArray(b)},
                                   {"color", TextArray(color)},
                                   {"target", regression ? NumberArray(y) : TextArray(label)}});
  fixture->data.columns = {{.name = "a", .type = FeatureType::kNumber},
                           {.name = "b", .type = FeatureType::kNumber},
                           {.name = "color", .type = FeatureType::kCategory, .sensitive = true},
                           {.name = "target",
                            .type = regression ? FeatureType::kNumber : FeatureType::kBinary,
                            .role = Role::kTarget}};
  fixture::FinishFixture(fixture, yaml, 320, 80);
}

// 60 noisy pictures of 20 px, 3 classes by colour: 42 for training, 9 and 9.
inline void MakePictures(TrainFixture* fixture, const std::string& yaml) {
  constexpr int kSide = 20;
  const std::vector<std::string> names = {"blue", "green", "red"};
  std::vector<std::string> cells, labels;
  for (int64_t row = 0; row < 60; ++row) {
    Random random(4, Purpose::kGenerate, 0, row);
    const size_t label = static_cast<size_t>(row % 3);
    Picture picture{.width = kSide, .height = kSide};
    for (int pixel = 0; pixel < kSide * kSide; ++pixel) {
      for (size_t channel = 0; channel < 3; ++channel) {
        const double level = (channel == 2 - label ? 150 : 90) + 40 * random.Normal();
        picture.rgb.push_back(static_cast<uint8_t>(std::clamp(level, 0.0, 255.0)));
      }
    }
    cells.push_back(names[label] + "/" + std::to_string(row) + ".png");
    labels.push_back(names[label]);
    WriteFileAtomic(fixture->folder.path() / "pictures" / cells.back(), EncodePng(picture));
    fixture->data.rows.push_back(row);
  }
  fixture->data.source = fixture->data.root = fixture->folder.path() / "pictures";
  fixture->data.table = MakeTable({{"picture", TextArray(cells)}, {"label", TextArray(labels)}});
  fixture->data.columns = {
      {.name = "picture", .type = FeatureType::kPicture},
      {.name = "label", .type = FeatureType::kCategory, .role = Role::kTarget}};
  fixture::FinishFixture(fixture, yaml, 42, 9);
}

}  // namespace bottega
