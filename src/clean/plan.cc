#include "clean/plan.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "base/threads.h"
#include "clean/plan_json.h"
#include "clean/steps.h"
#include "clean/target.h"

namespace bottega {

namespace {

// plan.steps: first "select" (which columns), then one entry for each step, last "output" (which
// series, in order). Each is {step, settings, state, refused}.
constexpr int64_t kChunk = 2048;

std::vector<Column> Select(const Dataset& train, FittedPlan* plan, std::vector<Refusal>* refused) {
  std::vector<Column> wanted;
  for (const Column& column : train.columns) {
    if (column.role != Role::kFeature) continue;
    if (column.type == FeatureType::kPicture && plan->picture_column.empty()) {
      plan->picture_column = column.name;
    } else if (column.type == FeatureType::kPicture) {
      refused->push_back({"select", column.name,
                          "a model sees one picture column, '" + plan->picture_column + "'"});
    } else if (column.type == FeatureType::kIdentifier) {
      refused->push_back({"select", column.name, "it identifies rows: nothing carries over"});
    } else {
      wanted.push_back(column);
    }
  }
  return wanted;
}

// Number columns with one value throughout tell nothing and break scaling.
void DropConstant(Frame* frame, std::vector<Column>* wanted, std::vector<Refusal>* refused) {
  std::erase_if(frame->numbers, [&](const NumberSeries& series) {
    const auto same = [&](double x) {
      return x == series.values.front() || (std::isnan(x) && std::isnan(series.values.front()));
    };
    if (series.values.empty() || !std::ranges::all_of(series.values, same)) return false;
    refused->push_back({"select", series.name,
                        std::isnan(series.values.front())
                            ? "the training rows hold no value"
                            : "the training rows hold one value only"});
    std::erase_if(*wanted, [&](const Column& column) { return column.name == series.name; });
    return true;
  });
}

Json Entry(const std::string& step, Json settings, Json state,
           const std::vector<Refusal>& refused) {
  Json list = Json::array();
  for (const Refusal& refusal : refused) list.push_back(RefusalToJson(refusal));
  return {{"step", step},
          {"settings", std::move(settings)},
          {"state", std::move(state)},
          {"refused", std::move(list)}};
}

// What is left after all steps: series without gaps go out; the rest is refused unless it was.
Json Output(const Frame& frame, const Json& steps) {
  std::vector<Refusal> refused;
  const auto refuse = [&](const std::string& column, const std::string& reason) {
    for (const Json& step : steps) {
      for (const Json& refusal : step.at("refused")) {
        if (refusal.at("column") == column && step.at("step") != "encode_numbers") return;
      }
    }
    refused.push_back({"output", column, reason});
  };
  Json numbers = Json::array(), columns = Json::array(), codes = Json::array();
  for (const NumberSeries& series : frame.numbers) {
    const bool gaps = std::ranges::any_of(series.values, [](double x) { return std::isnan(x); });
    if (gaps) {
      refuse(series.name, "values are missing and no step of clean.steps fills them");
    } else {
      numbers.push_back(series.name);
      columns.push_back(series.column);
    }
  }
  for (const CodeSeries& series : frame.codes) {
    codes.push_back({{"name", series.name}, {"cardinality", series.cardinality}});
  }
  for (const TextSeries& series : frame.texts) {
    refuse(series.name, "no step of clean.steps takes a " +
                            std::string(FeatureTypeName(series.type)) + " column");
  }
  for (const DateSeries& series : frame.dates) {
    refuse(series.name, "no step of clean.steps takes a date column");
  }
  return Entry("output", nullptr,
               {{"numbers", numbers}, {"number_columns", columns}, {"codes", codes}}, refused);
}

Json ColumnsJson(const std::vector<Column>& columns) {
  Json list = Json::array();
  for (const Column& column : columns) {
    list.push_back({{"name", column.name}, {"type", FeatureTypeName(column.type)}});
  }
  return {{"columns", list}};
}

// A loaded plan: what ApplyPlan runs.
struct Pipeline {
  std::vector<Column> wanted;
  std::vector<Applier> appliers;
  std::vector<std::string> numbers, number_columns, codes;
  std::vector<int32_t> cardinality;
};

void LoadStep(const Json& entry, Pipeline* pipeline) {
  const std::string name = StateText(entry, "step");
  if (!entry.contains("state")) throw Error(ErrorKind::kData, "step '" + name + "' has no state");
  const Json& state = entry["state"];
  if (name == "select") {
    for (const Json& item : StateList(state, "columns")) {
      pipeline->wanted.push_back(
          {.name = StateText(item, "name"), .type = ParseFeatureType(StateText(item, "type"))});
    }
  } else if (name == "output") {
    pipeline->numbers = StateTexts(state, "numbers");
    pipeline->number_columns =
        state.contains("number_columns") ? StateTexts(state, "number_columns") : pipeline->numbers;
    if (pipeline->number_columns.size() != pipeline->numbers.size()) {
      throw Error(ErrorKind::kData, "the plan's 'numbers' and 'number_columns' differ in length");
    }
    for (const Json& item : StateList(state, "codes")) {
      pipeline->codes.push_back(StateText(item, "name"));
      pipeline->cardinality.push_back(static_cast<int32_t>(StateNumber(item, "cardinality")));
    }
  } else if (const Step* step = FindStep(name)) {
    pipeline->appliers.push_back(step->load(state));
  } else {
    throw Error(ErrorKind::kData, "there is no step '" + name + "'");
  }
}

// Where each wanted name stands among `series`, in order; Error kData when one is absent.
template <class Series>
std::vector<size_t> Positions(const std::vector<Series>& series,
                              const std::vector<std::string>& names) {
  std::vector<size_t> positions;
  size_t next = 0;
  for (const std::string& name : names) {
    while (next < series.size() && series[next].name != name) ++next;
    if (next == series.size()) {
      throw Error(ErrorKind::kData,
                  "the plan's output '" + name + "' comes from none of its steps");
    }
    positions.push_back(next++);
  }
  return positions;
}

void Gather(const Pipeline& pipeline, const Frame& frame, int64_t begin, Features* features) {
  const std::vector<size_t> numbers = Positions(frame.numbers, pipeline.numbers);
  const std::vector<size_t> codes = Positions(frame.codes, pipeline.codes);
  const auto first = static_cast<size_t>(begin), rows = static_cast<size_t>(frame.rows);
  for (size_t j = 0; j < numbers.size(); ++j) {
    const std::vector<double>& values = frame.numbers[numbers[j]].values;
    float* out = features->numbers.data() + first * numbers.size() + j;
    for (size_t i = 0; i < rows; ++i) {
      if (std::isnan(values[i])) {
        throw Error(ErrorKind::kData,
                    "a value is missing in a column that missed none in training, and the plan "
                    "has no step that fills it",
                    {.column = pipeline.numbers[j]},
                    "put impute into clean.steps of bottega.yaml, then `bottega train`");
      }
      out[i * numbers.size()] = static_cast<float>(values[i]);
    }
  }
  for (size_t j = 0; j < codes.size(); ++j) {
    const std::vector<int32_t>& values = frame.codes[codes[j]].values;
    int32_t* out = features->codes.data() + first * codes.size() + j;
    for (size_t i = 0; i < rows; ++i) out[i * codes.size()] = values[i];
  }
}

// Steps that look at the target see it as it is, not scaled.
void ShowTarget(const FittedPlan& plan, const Dataset& rows, Frame* frame) {
  frame->training = rows.rows;
  frame->classes = static_cast<int>(plan.classes.size());
  if (plan.task == "classification") {
    for (const int32_t label : LabelsOf(plan, rows)) {
      frame->target.push_back(label < 0 ? std::nan("") : label);
    }
  } else if (plan.task == "regression") {
    frame->target = NumbersOf(rows, rows.RoleIndex(Role::kTarget));
  }
}

std::vector<int64_t> TrainingRows(const Dataset& data, const std::vector<int64_t>* train) {
  std::vector<int64_t> training;
  if (train == nullptr) return training;
  training.assign(data.rows.size(), -1);
  for (const int64_t p : *train) {
    training[static_cast<size_t>(p)] = data.rows[static_cast<size_t>(p)];
  }
  return training;
}

}  // namespace

FittedPlan FitPlan(const Dataset& data, const std::vector<int64_t>& train, const Json& settings) {
  const Dataset rows = TakeRows(data, train);
  FittedPlan plan{.columns = data.columns, .reading = data.reading, .steps = Json::array()};
  FitTarget(rows, &plan);
  std::vector<Refusal> refused;
  std::vector<Column> wanted = Select(rows, &plan, &refused);
  Frame frame = MakeFrame(rows, wanted, 0, rows.size());
  ShowTarget(plan, rows, &frame);
  DropConstant(&frame, &wanted, &refused);
  plan.steps.push_back(Entry("select", nullptr, ColumnsJson(wanted), refused));
  for (const Json& chosen : settings.at("steps")) {
    const std::string name = chosen.at("name");
    const Step* step = FindStep(name);
    if (step == nullptr) throw Error(ErrorKind::kRecipe, "there is no step '" + name + "'");
    refused.clear();
    Json state = step->fit(frame, chosen, &refused);
    step->load(state)(&frame);
    plan.steps.push_back(Entry(name, chosen, std::move(state), refused));
  }
  plan.steps.push_back(Output(frame, plan.steps));
  return plan;
}

void RequireFeatures(const Dataset& data, const FittedPlan& plan) {
  const Json& output = plan.steps.back().at("state");
  if (!plan.picture_column.empty() || !output.at("numbers").empty() ||
      !output.at("codes").empty()) {
    return;
  }
  std::vector<std::string> reasons;
  for (const Column& column : data.columns) {
    if (column.role != Role::kIgnored) continue;
    const bool constant = CodesOf(data, data.Find(column.name)).values.size() <= 1;
    reasons.push_back("'" + column.name +
                      "': " + (constant ? "it holds one value only" : "ignored, " + column.why));
  }
  for (const Json& step : plan.steps) {
    for (const Json& refusal : step.at("refused")) {
      reasons.push_back("'" + refusal.at("column").get<std::string>() +
                        "': " + refusal.at("reason").get<std::string>());
    }
  }
  if (reasons.empty()) reasons.push_back("there is none beside the target");
  if (reasons.size() > 5) reasons.resize(5);
  const std::string file = data.source.string();
  throw Error(ErrorKind::kData, "no column is left to learn from (" + Join(reasons, "; ") + ")",
              {.file = file}, "bottega audit " + ShellQuote(file));
}

Features ApplyPlan(const FittedPlan& plan, const Dataset& data, const std::vector<int64_t>* train) {
  Pipeline pipeline;
  for (const Json& entry : plan.steps) LoadStep(entry, &pipeline);
  Features features{.rows = data.size(),
                    .number_names = pipeline.numbers,
                    .number_columns = pipeline.number_columns,
                    .code_names = pipeline.codes,
                    .cardinality = pipeline.cardinality};
  const auto rows = static_cast<size_t>(data.size());
  features.numbers.resize(rows * pipeline.numbers.size());
  features.codes.resize(rows * pipeline.codes.size());
  const std::vector<int64_t> training = TrainingRows(data, train);
  ParallelFor(data.size(), kChunk, [&](int64_t begin, int64_t end) {
    Frame frame = MakeFrame(data, pipeline.wanted, begin, end);
    if (!training.empty())
      frame.training = {&training[static_cast<size_t>(begin)],
                        &training[static_cast<size_t>(begin)] + (end - begin)};
    for (const Applier& apply : pipeline.appliers) apply(&frame);
    Gather(pipeline, frame, begin, &features);
  });
  return features;
}

void CheckSteps(const Json& steps, const std::string& file) {
  try {
    Pipeline pipeline;
    if (!steps.is_array() || steps.size() < 2) {
      throw Error(ErrorKind::kData, "'steps' must be a list from select to output");
    }
    for (const Json& entry : steps) LoadStep(entry, &pipeline);
  } catch (const Error& error) {
    throw Error(ErrorKind::kData, "not a usable plan: " + error.message(), {.file = file},
                "`bottega train` makes a run with a new plan");
  }
}

}  // namespace bottega
