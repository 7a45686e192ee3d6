#include "optim/loss_classes_spec.h"

#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "base/text.h"

namespace bottega {

namespace {

[[noreturn]] void Throw(const std::string& message) {
  throw Error(ErrorKind::kRecipe, message, {}, "bottega list losses");
}

size_t ClassIndex(const LossClasses& classes, const std::string& name, const std::string& where) {
  const auto found = std::ranges::find(classes.names, name);
  if (found != classes.names.end()) return static_cast<size_t>(found - classes.names.begin());
  const std::vector<std::string> near = NearestNames(name, classes.names);
  Throw(where + ": there is no class '" + name + "'; " +
        (near.empty() ? "they are " + Join(classes.names, ", ") : "near is " + near[0]));
}

double Cost(const Json& value, const std::string& where) {
  if (!value.is_number() || !(value.get<double>() >= 0)) {
    Throw(where + ": a cost must be a number from 0, not " + value.dump());
  }
  return value.get<double>();
}

// Row by row; what is not given costs 1 off the diagonal and 0 on it.
std::vector<double> CostMatrix(const Json& costs, const LossClasses& classes,
                               const std::string& where) {
  const size_t n = classes.names.size();
  std::vector<double> matrix(n * n, 1.0);
  for (size_t i = 0; i < n; ++i) matrix[i * n + i] = 0;
  for (const auto& [key, value] : costs.items()) {
    if (key == "false_positive" || key == "false_negative") {
      if (n != 2 || classes.positive < 0) {
        Throw(where + ": '" + key + "' needs two classes; write {TRUE_CLASS: {TAKEN_FOR: cost}}");
      }
      const size_t positive = static_cast<size_t>(classes.positive), negative = 1 - positive;
      const size_t truth = key == "false_negative" ? positive : negative;
      matrix[truth * 2 + (1 - truth)] = Cost(value, where + "." + key);
      continue;
    }
    const size_t truth = ClassIndex(classes, key, where);
    if (!value.is_object()) {
      Throw(where + "." + key + " must be a mapping of the classes that '" + key +
            "' is taken for to costs");
    }
    for (const auto& [taken, cost] : value.items()) {
      matrix[truth * n + ClassIndex(classes, taken, where + "." + key)] =
          Cost(cost, where + "." + key + "." + taken);
    }
  }
  return matrix;
}

// Empty where the loss has no costs.
std::vector<double> MatrixOf(const Json& loss, const LossClasses& classes) {
  const bool own = !loss.at("costs").empty(), use = loss.at("use_error_costs").get<bool>();
  if (own && use) Throw("train.loss has costs of its own and use_error_costs: give one of them");
  if (own) return CostMatrix(loss["costs"], classes, "train.loss.costs");
  if (!use) return {};
  if (classes.error_costs.empty()) {
    Throw("train.loss.use_error_costs: use.error_costs says nothing yet");
  }
  return CostMatrix(classes.error_costs, classes, "use.error_costs");
}

std::vector<double> WeightsOf(const std::vector<double>& matrix, size_t n) {
  std::vector<double> weights;
  for (size_t i = 0; i < n; ++i) {
    double sum = 0;
    for (size_t j = 0; j < n; ++j) sum += i == j ? 0 : matrix[i * n + j];
    weights.push_back(sum);
  }
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (total <= 0) Throw("train.loss: every mistake costs 0");
  for (double& weight : weights) weight *= static_cast<double>(n) / total;
  return weights;
}

std::vector<int64_t> RanksOf(const Json& order, const LossClasses& classes) {
  const size_t n = classes.names.size();
  std::vector<int64_t> ranks;
  if (!order.empty()) {
    for (const Json& name : order) {
      ranks.push_back(
          static_cast<int64_t>(ClassIndex(classes, name.get<std::string>(), "train.loss.order")));
    }
    std::vector<int64_t> sorted = ranks;
    std::ranges::sort(sorted);
    const bool twice = std::ranges::adjacent_find(sorted) != sorted.end();
    if (twice || n != ranks.size()) {
      Throw("train.loss.order must name each class once: " + Join(classes.names, ", "));
    }
    return ranks;
  }
  std::vector<double> values;
  for (const std::string& name : classes.names) {
    const std::optional<double> value = ParseNumber(name);
    if (!value) {
      Throw("the order of the classes is not known, as '" + name +
            "' is no number: write train.loss.order from the lowest to the highest of " +
            Join(classes.names, ", "));
    }
    values.push_back(*value);
  }
  ranks.resize(n);
  std::iota(ranks.begin(), ranks.end(), 0);
  std::ranges::stable_sort(ranks, {}, [&](int64_t i) { return values[static_cast<size_t>(i)]; });
  return ranks;
}

}  // namespace

Json BindLoss(const Json& loss, const LossClasses& classes) {
  Json bound = loss;
  const std::string name = loss.at("name").get<std::string>();
  const size_t n = classes.names.size();
  const bool weighted = loss.contains("class_weights") && !loss["class_weights"].is_null();
  if (weighted && loss["class_weights"].size() != n) {
    Throw("train.loss.class_weights has " + std::to_string(loss["class_weights"].size()) +
          " numbers, and there are " + std::to_string(n) +
          " classes: " + Join(classes.names, ", "));
  }
  if (loss.contains("costs")) {
    const std::vector<double> matrix = MatrixOf(loss, classes);
    if (name == "expected_cost") {
      bound["matrix"] = matrix.empty() ? CostMatrix(Json::object(), classes, "") : matrix;
    } else if (!matrix.empty()) {
      if (weighted) Throw("train.loss has class_weights and costs: give one of them");
      bound["class_weights"] = WeightsOf(matrix, n);
    }
  }
  if (name == "ordinal") bound["ranks"] = RanksOf(loss.at("order"), classes);
  return bound;
}

}  // namespace bottega
