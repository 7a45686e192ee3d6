// Facts of made-up runs, for the tests of this folder.
#pragma once

#include <string>
#include <vector>

#include "base/random.h"
#include "metric/evaluate.h"
#include "metric/evaluate_section_spec.h"
#include "metric/fairness/fairness.h"
#include "metric/fairness/fairness_section_spec.h"
#include "metric/predictions.h"
#include "report/worst.h"

namespace bottega {

inline Json DefaultsOf(const Spec& section) {
  Json defaults;
  for (const Param& param : section.params) defaults[param.name] = param.fallback;
  return defaults;
}

struct MadeRun {
  std::vector<std::string> classes;
  int64_t rows = 1000;
  double train_skill = 0.95, test_skill = 0.9;  // chance that a row is answered rightly
  bool pictures = false;
};

inline Predictions MadePredictions(const MadeRun& made) {
  Predictions p{.classes = made.classes, .positive = made.classes.size() == 2 ? 1 : -1};
  const int64_t width = static_cast<int64_t>(made.classes.size());
  for (int64_t i = 0; i < made.rows; ++i) {
    Random random(11, Purpose::kSample, 0, i);
    const char* part = i % 20 < 14 ? "train" : i % 20 < 17 ? "validation" : "test";
    const double skill = part[1] == 'r' ? made.train_skill : made.test_skill;
    const auto truth = static_cast<int32_t>(random.Below(width));
    const bool right = random.Chance(skill);
    const auto other = static_cast<int32_t>((truth + 1 + random.Below(width - 1)) % width);
    const int32_t said = right ? truth : other;
    const float sure = static_cast<float>(random.Uniform(right ? 0.6 : 0.5, right ? 1.0 : 0.8));
    p.row.push_back(i);
    p.part.push_back(part);
    p.fold.push_back(-1);
    p.weight.push_back(1);
    p.label.push_back(truth);
    p.predicted.push_back(said);
    for (int32_t c = 0; c < width; ++c) {
      p.probability.push_back(c == said ? sure : (1 - sure) / static_cast<float>(width - 1));
    }
    p.group["sex"].push_back(random.Chance(0.4) ? "female" : "male");
  }
  return p;
}

inline Json MadeCurve() {
  Json curve = Json::array();
  for (int epoch = 1; epoch <= 12; ++epoch) {
    const double left = 1.0 / epoch;
    curve.push_back({{"event", "epoch"},
                     {"epoch", epoch},
                     {"train.loss", 0.2 + left},
                     {"train.accuracy", 0.95 - 0.4 * left},
                     {"validation.loss", 0.3 + 0.9 * left + 0.004 * epoch},
                     {"validation.accuracy", 0.9 - 0.35 * left},
                     {"seconds", 1.5 * epoch}});
  }
  return curve;
}

inline Json MadeWorst(const MadeRun& made, const Predictions& p) {
  Json worst = {
      {"part", "test"}, {"mistakes", 17}, {"columns", {"age", "job"}}, {"rows", Json::array()}};
  for (const int64_t i : WorstMistakes(p, "test", 12)) {
    const size_t at = static_cast<size_t>(i);
    Json mistake = {{"row", p.row[at]},
                    {"truth", p.classes[static_cast<size_t>(p.label[at])]},
                    {"predicted", p.classes[static_cast<size_t>(p.predicted[at])]},
                    {"score", 0.87}};
    if (made.pictures) {
      Picture picture{.width = 60, .height = 40, .rgb = std::vector<uint8_t>(60 * 40 * 3, 90)};
      mistake["picture"] = ThumbnailUri(picture, 48);
      mistake["file"] = "Apple/picture<" + std::to_string(i) + ">.jpg";
    } else {
      mistake["cells"] = {"39", "<b>clerk</b>"};
    }
    worst["rows"].push_back(mistake);
  }
  return worst;
}

inline Json MadeFacts(const MadeRun& made) {
  const Predictions p = MadePredictions(made);
  Json use = {{"purpose", ""},        {"affected", ""},    {"excluded_uses", Json::array()},
              {"owner", "the <lab>"}, {"error_costs", {}}, {"sample", nullptr}};
  Json facts = {{"run", "20261123-220000-abcd"}};
  facts["recipe"] = {{"use", use},
                     {"data", {{"source", "data/fruit"}, {"target", "label"}}},
                     {"model", {{"name", "resnet_small"}, {"pretrained", nullptr}}},
                     {"train", {{"early_stopping", {{"metric", {"validation.loss"}}}}}}};
  facts["manifest"] = {
      {"created", "2026-11-23T22:00:00Z"},
      {"command", "bottega run data/fruit"},
      {"program", {{"name", "bottega"}, {"version", "0.1.0"}}},
      {"libtorch", "2.13.0"},
      {"seeds", {{"train", 1}, {"split", 7}}},
      {"machine", {{"processor", "Zen"}, {"processors", 2}, {"system", "Linux"}}},
      {"inputs",
       {{"source", "data/fruit"},
        {"sha256", std::string(64, 'a')},
        {"files", 1501},
        {"bytes", 12345678}}},
      {"outputs",
       {{"model/model.safetensors", {{"sha256", std::string(64, 'b')}, {"bytes", 44000000}}}}}};
  facts["plan"] = {{"classes", made.classes},
                   {"picture_column", made.pictures ? "picture" : ""},
                   {"columns",
                    {{{"name", "age"}, {"type", "number"}, {"role", "feature"}},
                     {{"name", "job"}, {"type", "category"}, {"role", "feature"}},
                     {{"name", "label"}, {"type", "category"}, {"role", "target"}}}}};
  facts["refused"] = {{{"component", "select"},
                       {"column", "id"},
                       {"reason", "it identifies rows: nothing carries over"}}};
  Json parts = Json::object();
  for (const char* part : {"train", "validation", "test"}) {
    Json classes = Json::object();
    for (const std::string& cls : made.classes) classes[cls] = made.rows / 4;
    parts[part] = {{"rows", made.rows / 3}, {"fraction", 1.0 / 3}, {"classes", classes}};
  }
  facts["split"] = {{"method", "stratified"}, {"notes", Json::array()}, {"parts", parts}};
  facts["audit"] = {
      {"checks",
       {{{"name", "exact_duplicates"}, {"ran", true}, {"reason", ""}, {"count", 2}},
        {{"name", "missing_values"}, {"ran", true}, {"reason", ""}, {"count", 0}},
        {{"name", "proxy"}, {"ran", false}, {"reason", "no sensitive column"}, {"count", 0}}}},
      {"findings",
       {{{"check", "exact_duplicates"},
         {"severity", "warning"},
         {"place", {{"file", "Apple/<1>.jpg"}, {"row", 3}}},
         {"message", "the same picture as Apple/2.jpg"},
         {"fix", "bottega clean"}}}}};
  facts["repairs"] = {
      {{"repair", "drop_duplicates"},
       {"action", "set aside"},
       {"rows", 2},
       {"columns", Json::array()},
       {"examples", {{{"before", ""}, {"after", ""}, {"reason", "the same as row 2"}}}}}};
  facts["curve"] = MadeCurve();
  facts["metrics"] = EvaluateAll(p, DefaultsOf(EvaluateSection()));
  facts["fairness"] = EvaluateFairness(p, DefaultsOf(FairnessSection()));
  facts["worst"] = MadeWorst(made, p);
  return facts;
}

}  // namespace bottega
