#include "profile/arithmetic_rule.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "base/text.h"
#include "profile/quantiles.h"

namespace bottega {
namespace {

constexpr double kRough = 20;  // tolerances by which a rule may be off and still be worth a look

// The nearest number with few digits.
double Rounded(double value, int digits) {
  if (value == 0 || !std::isfinite(value)) return value;
  const double size = std::pow(10, digits - 1 - std::floor(std::log10(std::abs(value))));
  return std::round(value * size) / size;
}

double Power(double x, double exponent) {
  if (exponent == 1) return x;
  return exponent == -1 ? 1 / x : exponent == 2 ? x * x : std::pow(x, exponent);
}

// Inputs in the order of their columns.
void InOrder(ArithmeticRule* rule) {
  std::vector<std::pair<size_t, double>> terms;
  for (size_t i = 0; i < rule->inputs.size(); ++i) {
    terms.emplace_back(rule->inputs[i], rule->factor[i]);
  }
  std::ranges::sort(terms);
  for (size_t i = 0; i < terms.size(); ++i) {
    std::tie(rule->inputs[i], rule->factor[i]) = terms[i];
  }
}

}  // namespace

double ArithmeticJudge::Value(const ArithmeticRule& rule, size_t row, double* rounding) const {
  double value = rule.constant;
  double loose = 0;
  for (size_t i = 0; i < rule.inputs.size(); ++i) {
    const NumberColumn& input = numbers_[rule.inputs[i]];
    const double x = input.value[row];
    if (rule.product) {
      value *= Power(x, rule.factor[i]);
      loose += std::abs(rule.factor[i]) * 0.5 * input.unit / std::abs(x);
    } else {
      value += rule.factor[i] * x;
      loose += std::abs(rule.factor[i]) * 0.5 * input.unit;
    }
  }
  *rounding = rule.product ? loose * std::abs(value) : loose;
  return value;
}

Derivation ArithmeticJudge::Verify(size_t y, const ArithmeticRule& rule,
                                   Strictness strictness) const {
  const NumberColumn& target = numbers_[y];
  const double own = 0.5 * target.unit * (1 + 1e-6) + 1e-7 * target.spread;
  int64_t compared = 0, follow = 0, constant = 0;
  for (size_t r = 0; r < target.value.size(); ++r) {
    const double actual = target.value[r];
    double rounding = 0;
    const double value = Value(rule, r, &rounding);
    if (!std::isfinite(actual) || !std::isfinite(value)) continue;
    double tolerance = own + 2e-6 * std::abs(actual);
    if (strictness != Strictness::kExact) tolerance += std::min(rounding, 0.02 * target.spread);
    if (strictness == Strictness::kRoughly) tolerance *= kRough;
    ++compared;
    follow += std::abs(actual - value) <= tolerance;
    constant += std::abs(actual - target.median) <= tolerance;
  }
  Derivation out{.column = target.index, .compared = compared};
  out.exact = strictness == Strictness::kExact;
  if (compared == 0) return Derivation{.agree = 0};
  out.agree = static_cast<double>(follow) / static_cast<double>(compared);
  const double dull = static_cast<double>(constant) / static_cast<double>(compared);
  if (strictness != Strictness::kRoughly && 1 - out.agree > 0.1 * (1 - dull)) out.agree = 0;
  return out;
}

bool ArithmeticJudge::Holds(const Derivation& derivation) const {
  return derivation.compared >= static_cast<int64_t>(kFewestRows) &&
         derivation.agree >= 1 - errors_;
}

Derivation ArithmeticJudge::Best(size_t y, const ArithmeticRule& rule) const {
  const Derivation exact = Verify(y, rule, Strictness::kExact);
  return Holds(exact) ? exact : Verify(y, rule, Strictness::kInputs);
}

ArithmeticRule ArithmeticJudge::Recentred(size_t y, ArithmeticRule rule) const {
  std::vector<double> rest;
  rule.constant = rule.product ? 1 : 0;
  for (size_t r = 0; r < numbers_[y].value.size(); ++r) {
    double rounding;
    const double value = Value(rule, r, &rounding), actual = numbers_[y].value[r];
    rest.push_back(!rule.product ? actual - value
                   : value == 0  ? std::numeric_limits<double>::quiet_NaN()
                                 : actual / value);
  }
  const std::vector<double> sorted = SortedFinite(rest);
  if (!sorted.empty()) rule.constant = Quantile(sorted, 0.5);
  return rule;
}

// Tries factors of `digits` digits; true where a rule with them holds as well as the best.
bool ArithmeticJudge::Rounder(size_t y, int digits, ArithmeticRule* rule, Derivation* best) const {
  ArithmeticRule plain = *rule;
  for (double& factor : plain.factor) {
    const double rounded = Rounded(factor, digits);
    if (std::abs(rounded - factor) > 5e-3 * std::abs(factor)) return false;
    factor = rounded;
  }
  plain = Recentred(y, plain);
  for (const int fewer : {1, 2, 3, 4, 8}) {
    ArithmeticRule tried = plain;
    tried.constant = fewer == 1 && !plain.product ? 0 : Rounded(plain.constant, fewer);
    const Derivation found = Best(y, tried);
    const bool worse =
        Holds(*best) && (found.agree < best->agree - 0.001 || (best->exact && !found.exact));
    if (!Holds(found) || worse) continue;
    *best = found;
    *rule = tried;
    return true;
  }
  return false;
}

std::optional<Derivation> ArithmeticJudge::Plainest(size_t y, ArithmeticRule rule) const {
  InOrder(&rule);
  if (Verify(y, rule, Strictness::kRoughly).agree < 0.5) return std::nullopt;
  Derivation best = Best(y, rule);
  for (int digits = 1; digits <= 5; ++digits) {
    if (Rounder(y, digits, &rule, &best)) break;
  }
  if (!Holds(best)) return std::nullopt;
  best.kind = rule.product              ? DerivationKind::kProduct
              : rule.inputs.size() == 1 ? DerivationKind::kLinear
                                        : DerivationKind::kSum;
  for (const size_t input : rule.inputs) best.inputs.push_back(numbers_[input].index);
  best.awkward =
      static_cast<int>(std::ranges::count_if(rule.factor, [](double f) { return f < 0; }));
  best.formula = Formula(y, rule);
  return best;
}

std::string ArithmeticJudge::Formula(size_t y, const ArithmeticRule& rule) const {
  std::string out = columns_[numbers_[y].index].name + " =";
  const auto name = [&](size_t i) { return columns_[numbers_[rule.inputs[i]].index].name; };
  bool first = true;
  if (rule.product) {
    if (std::abs(rule.constant - 1) > 1e-9) {
      out += " " + FormatNumber(rule.constant, 5);
      first = false;
    }
    for (const bool below : {false, true}) {
      for (size_t i = 0; i < rule.inputs.size(); ++i) {
        const double power = std::abs(rule.factor[i]);
        if ((rule.factor[i] < 0) != below) continue;
        if (below && first) out += " 1";
        out += (below   ? " / "
                : first ? " "
                        : " * ") +
               name(i) + (power == 1 ? "" : "^" + FormatNumber(power));
        first = false;
      }
    }
    return out;
  }
  for (const bool negative : {false, true}) {
    for (size_t i = 0; i < rule.inputs.size(); ++i) {
      const double size = std::abs(rule.factor[i]);
      if ((rule.factor[i] < 0) != negative) continue;
      out += (negative ? " - " : first ? " " : " + ");
      out += (size == 1 ? "" : FormatNumber(size, 5) + " * ") + name(i);
      first = false;
    }
  }
  if (rule.constant != 0) {
    out += (rule.constant < 0 ? " - " : " + ") + FormatNumber(std::abs(rule.constant), 6);
  }
  return out;
}

}  // namespace bottega
