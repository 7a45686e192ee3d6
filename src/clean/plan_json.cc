#include "clean/plan_json.h"

#include "clean/step.h"

namespace bottega {

namespace {

constexpr int kFormat = 1;

Json ColumnToJson(const Column& column) {
  return {{"name", column.name},
          {"type", FeatureTypeName(column.type)},
          {"role", RoleName(column.role)},
          {"sensitive", column.sensitive},
          {"date_format", column.date_format},
          {"why", column.why}};
}

Column ColumnFromJson(const Json& json) {
  return {.name = StateText(json, "name"),
          .type = ParseFeatureType(StateText(json, "type")),
          .role = ParseRole(StateText(json, "role")),
          .sensitive = StateBool(json, "sensitive"),
          .why = StateText(json, "why"),
          .date_format = StateText(json, "date_format")};
}

[[noreturn]] void Unusable(const std::string& why, const std::string& file) {
  throw Error(ErrorKind::kData, "not a usable plan: " + why, {.file = file},
              "`bottega train` makes a run with a new plan");
}

void CheckTarget(const FittedPlan& plan, const std::string& file) {
  const int classes = static_cast<int>(plan.classes.size());
  if (plan.task == "classification" && classes < 2) Unusable("fewer than two classes", file);
  if (plan.task != "classification" && plan.task != "regression" && !plan.task.empty()) {
    Unusable("there is no task '" + plan.task + "'", file);
  }
  if (plan.positive < -1 || plan.positive >= classes) {
    Unusable("'positive' is no index of a class", file);
  }
  if (!(plan.target_scale > 0)) Unusable("'target_scale' must be above 0", file);
}

FittedPlan Read(const Json& json) {
  FittedPlan plan{.task = StateText(json, "task"),
                  .classes = StateTexts(json, "classes"),
                  .positive = static_cast<int>(StateNumber(json, "positive")),
                  .target_mean = StateNumber(json, "target_mean"),
                  .target_scale = StateNumber(json, "target_scale"),
                  .picture_column = StateText(json, "picture_column")};
  for (const Json& column : StateList(json, "columns")) {
    plan.columns.push_back(ColumnFromJson(column));
  }
  if (json.contains("reading")) plan.reading = json["reading"];
  plan.steps = StateList(json, "steps");
  return plan;
}

}  // namespace

Json PlanToJson(const FittedPlan& plan) {
  Json columns = Json::array();
  for (const Column& column : plan.columns) columns.push_back(ColumnToJson(column));
  return {{"format", kFormat},
          {"task", plan.task},
          {"classes", plan.classes},
          {"positive", plan.positive},
          {"target_mean", plan.target_mean},
          {"target_scale", plan.target_scale},
          {"picture_column", plan.picture_column},
          {"reading", plan.reading},
          {"columns", columns},
          {"steps", plan.steps}};
}

FittedPlan PlanFromJson(const Json& json, const std::string& file) {
  if (!json.is_object()) Unusable("it is no JSON object", file);
  if (json.value("format", Json()) != Json(kFormat)) {
    Unusable("its format is " + json.value("format", Json()).dump() + ", this program reads " +
                 std::to_string(kFormat),
             file);
  }
  FittedPlan plan;
  try {
    plan = Read(json);
  } catch (const Error& error) {
    Unusable(error.message(), file);
  }
  CheckTarget(plan, file);
  CheckSteps(plan.steps, file);
  return plan;
}

}  // namespace bottega
