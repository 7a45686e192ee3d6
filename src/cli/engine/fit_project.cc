#include "cli/engine/fit_project.h"

#include "base/text.h"
#include "clean/target.h"
#include "cli/engine/stream_run.h"
#include "cli/recipe_fit.h"
#include "cli/streamable.h"
#include "engine/device_check.h"
#include "optim/loss_classes_spec.h"
#include "optim/losses_specs.h"
#include "run/row_files.h"

namespace bottega {

FittedPlan FitProject(Project& project) {
  const Dataset& repaired = project.repaired();
  const std::vector<int64_t> train = PositionsOf(repaired, project.split().plan, Part::kTrain);
  FittedPlan plan = FitPlan(repaired, train, project.recipe()["clean"]);
  RequireFeatures(repaired, plan);
  const Json& positive = project.recipe()["data"]["positive"];
  if (positive.is_string() && plan.classes.size() == 2) SetPositive(&plan, positive);
  // Costs and orders are of the classes as they were fitted.
  BindLoss(ResolveLoss(project.recipe()["train"]["loss"], plan.task == "classification"),
           {.names = plan.classes,
            .positive = plan.positive,
            .error_costs = project.recipe()["use"]["error_costs"]});
  return plan;
}

DryInputs::DryInputs(const std::vector<std::string>& sets, bool streams)
    : project_(Project::Open(sets)) {
  if (streams) project_.StreamIfLarge();
  if (project_.streamed()) RequireStreamable(project_.recipe(), "plan");
  RequireFit(project_.recipe(), project_.data(), project_.streamed());
  RequireDevice(project_.recipe()["train"]["device"].get<std::string>());
  plan_ = FitProject(project_);
  inputs_ = {.data = &project_.repaired(),
             .split = &project_.split().plan,
             .plan = &plan_,
             .recipe = project_.recipe().value};
  if (!project_.streamed()) return;
  inputs_.rows = folder_.path() / kStreamedRows;
  inputs_.stream_rows = EncodeSampleRows(project_.repaired(), project_.split(), plan_,
                                         project_.streamed_rows(), inputs_.rows);
}

std::string SetWords(const std::vector<std::string>& sets) {
  std::string words;
  for (const std::string& set : sets) words += " --set " + ShellQuote(set);
  return words;
}

}  // namespace bottega
