#include "metric/paired_rows.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/error.h"
#include "base/text.h"

namespace bottega {

namespace {

bool IsKnown(const Predictions& p, size_t i) {
  return p.task == Task::kClassification ? p.label[i] >= 0 : !std::isnan(p.value[i]);
}

std::unordered_map<int64_t, size_t> PositionsByRow(const Predictions& p) {
  std::unordered_map<int64_t, size_t> at;
  for (size_t i = 0; i < p.row.size(); ++i) {
    if (!IsKnown(p, i)) continue;
    if (!at.emplace(p.row[i], i).second) {
      throw Error(ErrorKind::kData,
                  "row " + std::to_string(p.row[i]) +
                      " was answered several times, as by the "
                      "models of repeated folds: there is no single answer to compare",
                  {}, "bottega runs compare --help");
    }
  }
  return at;
}

// `p` with the classes in the order of `classes`, which are the same ones.
Predictions InOrderOf(const std::vector<std::string>& classes, Predictions p) {
  if (p.classes == classes) return p;
  std::vector<int32_t> to;
  for (const std::string& name : p.classes) {
    to.push_back(static_cast<int32_t>(std::ranges::find(classes, name) - classes.begin()));
  }
  const auto map = [&](int32_t c) { return c < 0 ? c : to[static_cast<size_t>(c)]; };
  for (auto* labels : {&p.label, &p.predicted})
    std::ranges::transform(*labels, labels->begin(), map);
  const size_t width = classes.size();
  const std::vector<float> before = p.probability;
  for (size_t i = 0; i < before.size(); ++i) {
    p.probability[i - i % width + static_cast<size_t>(to[i % width])] = before[i];
  }
  if (p.positive >= 0) p.positive = map(p.positive);
  p.classes = classes;
  return p;
}

void RequireSameTask(const Predictions& a, const Predictions& b) {
  if (a.task != b.task) {
    throw Error(ErrorKind::kData, "one model answers with a class, the other with a number", {},
                "bottega runs compare --help");
  }
  std::vector<std::string> first = a.classes, second = b.classes;
  std::ranges::sort(first);
  std::ranges::sort(second);
  if (first == second) return;
  throw Error(
      ErrorKind::kData,
      "the models know different classes: " + Join(first, ", ") + " and " + Join(second, ", "), {},
      "bottega runs compare --help");
}

bool SameTruth(const Predictions& a, size_t i, const Predictions& b, size_t j) {
  return a.task == Task::kClassification ? a.label[i] == b.label[j] : a.value[i] == b.value[j];
}

}  // namespace

PairedRows PairRows(const std::vector<Predictions>& models) {
  std::vector<Predictions> ordered;
  std::vector<std::unordered_map<int64_t, size_t>> at;
  PairedRows paired;
  for (const Predictions& model : models) {
    RequireSameTask(models[0], model);
    ordered.push_back(InOrderOf(models[0].classes, model));
    at.push_back(PositionsByRow(ordered.back()));
    paired.own.push_back(static_cast<int64_t>(at.back().size()));
  }
  std::vector<std::vector<size_t>> positions(models.size());
  for (size_t i = 0; i < ordered[0].row.size(); ++i) {
    if (!IsKnown(ordered[0], i)) continue;
    std::vector<size_t> here;
    bool same = true;
    for (size_t m = 0; m < ordered.size(); ++m) {
      const auto found = at[m].find(ordered[0].row[i]);
      if (found == at[m].end()) break;
      same = same && SameTruth(ordered[0], i, ordered[m], found->second);
      here.push_back(found->second);
    }
    if (here.size() < ordered.size()) continue;
    ++paired.common;
    if (!same) ++paired.other_target;
    for (size_t m = 0; same && m < ordered.size(); ++m) positions[m].push_back(here[m]);
  }
  for (size_t m = 0; m < ordered.size(); ++m) {
    paired.models.push_back(TakePredictions(ordered[m], positions[m]));
    paired.models.back().positive = ordered[0].positive;
  }
  return paired;
}

}  // namespace bottega
