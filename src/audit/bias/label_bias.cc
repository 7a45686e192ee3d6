#include <algorithm>
#include <cmath>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/groups.h"
#include "audit/probe.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "profile/normal.h"

namespace bottega {
namespace {

const Spec& LabelBiasSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "label_bias",
      .one_line = "labels that differ between groups among rows that are otherwise alike",
      .text =
          "For each group of each sensitive column, by how much the share of a class (the mean of "
          "a number, in standard deviations) lies above or below that of the other rows with the "
          "same other columns. Both the label and membership of the group are predicted from the "
          "other columns, out of fold, without any sensitive column; what is left of the one is "
          "regressed on what is left of the other (double machine learning in a partially linear "
          "model), with a robust interval widened for the number of groups. Severity: warning when "
          "the interval's end nearer to 0 is at least `strong`, info when it is at least "
          "`notable`. It tells that the recorded columns do not account for the difference. It "
          "cannot tell why: labels may be biased, or a cause that differs between the groups may "
          "not be recorded; and where a recorded column is biased itself, or all but gives the "
          "group away, a bias stays hidden.",
      .params = {{.name = "strong",
                  .type = ParamType::kFloat,
                  .what = "difference of a share from which on it is a warning",
                  .fallback = 0.08,
                  .min = 0,
                  .max = 1},
                 {.name = "notable",
                  .type = ParamType::kFloat,
                  .what = "difference of a share from which on it is reported",
                  .fallback = 0.02,
                  .min = 0,
                  .max = 1,
                  .smaller = "names smaller differences, also such as the probe does not model"},
                 {.name = "rows",
                  .type = ParamType::kInt,
                  .what = "groups with fewer rows are left out",
                  .fallback = 50,
                  .min = 10}},
      .synonyms = {"discrimination", "adjusted_gap", "conditional_disparity"},
      .source =
          "Chernozhukov et al., Double/debiased machine learning, Econometrics Journal 2018; "
          "Robinson, Econometrica 1988",
  };
  return spec;
}

constexpr size_t kMostClasses = 10;
constexpr size_t kMostGroups = 30;  // of a column, the largest

struct Outcome {
  std::vector<std::string> names;  // classes; one empty name for a number
  std::vector<ProbeTarget> targets;
};

Outcome OutcomeOf(const AuditContext& context) {
  Outcome out;
  const size_t n = static_cast<size_t>(context.data.size());
  const int target = TargetIndex(context.data);
  if (!IsClassTarget(context.data)) {
    const std::vector<double>& values = context.shared.NumbersOfColumn(target);
    ProbeTarget numbers(n);
    double sum = 0, squares = 0, known = 0;
    for (const double value : values) {
      if (!std::isfinite(value)) continue;
      known += 1;
      const double delta = value - sum;
      sum += delta / known;
      squares += delta * (value - sum);
    }
    const double deviation = known > 1 ? std::sqrt(squares / (known - 1)) : 0;
    for (size_t i = 0; i < n; ++i) {
      numbers[i] = std::isfinite(values[i]) && deviation > 0
                       ? static_cast<float>((values[i] - sum) / deviation)
                       : std::nanf("");
    }
    out.names = {""};
    out.targets = {std::move(numbers)};
    return out;
  }
  const Codes& classes = context.shared.CodesOfColumn(target);
  const int rarer = RarerClass(context);
  for (size_t c = 0; c < classes.values.size(); ++c) {
    // With two classes one says it all.
    if (rarer >= 0 && c != static_cast<size_t>(rarer)) continue;
    ProbeTarget is(n);
    for (size_t i = 0; i < n; ++i) {
      is[i] = classes.code[i] < 0 ? std::nanf("")
                                  : static_cast<float>(classes.code[i] == static_cast<int32_t>(c));
    }
    out.names.push_back(classes.values[c]);
    out.targets.push_back(std::move(is));
  }
  return out;
}

struct Membership {
  int column = -1;
  std::string group;
  int64_t rows = 0;
  ProbeTarget is;
};

std::vector<Membership> MembershipsOf(const AuditContext& context) {
  std::vector<Membership> out;
  const int64_t least = context.settings.at("rows").get<int64_t>();
  for (const int column : SensitiveColumns(context.data)) {
    if (column == TargetIndex(context.data)) continue;
    const ValueGroups& groups = context.shared.GroupsOfColumn(column);
    std::vector<size_t> large;
    for (size_t g = 0; g < groups.names.size(); ++g) {
      if (groups.count[g] >= least) large.push_back(g);
    }
    if (large.size() < 2) continue;
    std::ranges::stable_sort(large, std::greater<>(), [&](size_t g) { return groups.count[g]; });
    if (large.size() > kMostGroups) large.resize(kMostGroups);
    // Of two groups the smaller one; the other is its mirror.
    if (groups.names.size() == 2) large = {large[1]};
    for (const size_t g : large) {
      Membership member{column, groups.names[g], groups.count[g],
                        ProbeTarget(groups.code.size(), 0.0F)};
      for (size_t i = 0; i < groups.code.size(); ++i) {
        member.is[i] = groups.code[i] < 0
                           ? std::nanf("")
                           : static_cast<float>(groups.code[i] == static_cast<int32_t>(g));
      }
      out.push_back(std::move(member));
    }
  }
  return out;
}

struct Effect {
  size_t member = 0, outcome = 0;
  double value = 0, deviation = 0;
  double unexplained = 0;  // share of the membership's variance that the columns leave

  // The interval's end nearer to 0, without sign; 0 where it holds 0.
  double Least(double z) const { return std::max(0.0, std::abs(value) - z * deviation); }
};

Effect EffectOf(const Residuals& residuals, size_t outcome, size_t outcomes, size_t member) {
  const int64_t y = static_cast<int64_t>(outcome), g = static_cast<int64_t>(outcomes + member);
  double gg = 0, gy = 0, n = 0;
  for (int64_t r = 0; r < residuals.left.rows; ++r) {
    const double v = residuals.left.at(r, g), u = residuals.left.at(r, y);
    if (std::isnan(v)) continue;
    n += 1;
    gg += v * v;
    gy += v * u;
  }
  Effect out{member, outcome};
  if (gg <= 0 || n < 100) return out;
  out.value = gy / gg;
  double spread = 0;
  for (int64_t r = 0; r < residuals.left.rows; ++r) {
    const double v = residuals.left.at(r, g), u = residuals.left.at(r, y);
    if (!std::isnan(v)) spread += v * v * (u - out.value * v) * (u - out.value * v);
  }
  out.deviation = std::sqrt(spread) / gg;
  const double variance = residuals.variance[outcomes + member];
  out.unexplained = variance > 0 ? gg / n / variance : 0;
  return out;
}

// One finding a column; its groups by how sure a difference they show.
struct Reporter {
  const AuditContext& context;
  const Outcome& outcome;
  const std::vector<Membership>& members;
  const double z;

  bool IsNumber() const { return outcome.names[0].empty(); }
  std::string Shown(double value) const {
    return FormatNumber((IsNumber() ? 1 : 100) * std::abs(value), 2);
  }

  std::string Say(const Effect& effect) const {
    const double low = std::abs(effect.value) - z * effect.deviation;
    const double high = std::abs(effect.value) + z * effect.deviation;
    const bool less = effect.value < 0;
    const std::string by = " (" + Shown(std::max(0.0, low)) + " to " + Shown(high) + ")";
    const std::string group = Quote(members[effect.member].group);
    if (IsNumber()) {
      return group + " lies " + Shown(effect.value) + " standard deviations " +
             (less ? "lower" : "higher") + by;
    }
    return group + " is labelled " + Quote(outcome.names[effect.outcome]) + " " +
           Shown(effect.value) + " points " + (less ? "less often" : "more often") + by;
  }

  Json Detail(const std::vector<Effect>& effects) const {
    Json groups = Json::array();
    for (const Effect& effect : effects) {
      groups.push_back({{"group", members[effect.member].group},
                        {"label", outcome.names[effect.outcome]},
                        {"value", effect.value},
                        {"low", effect.value - z * effect.deviation},
                        {"high", effect.value + z * effect.deviation},
                        {"rows", members[effect.member].rows},
                        {"unexplained_membership", effect.unexplained}});
    }
    return {{"groups", groups}};
  }

  void Report(std::vector<Effect> effects, Findings& findings) const {
    if (effects.empty()) return;
    std::ranges::stable_sort(effects, std::greater<>(),
                             [this](const Effect& e) { return e.Least(z); });
    const int column = members[effects[0].member].column;
    const bool strong = effects[0].Least(z) >= context.settings.at("strong").get<double>();
    std::string said;
    for (size_t i = 0; i < std::min<size_t>(3, effects.size()); ++i) {
      said += (i > 0 ? "; " : "") + Say(effects[i]);
    }
    Finding& finding = findings.Add(
        strong ? Severity::kWarning : Severity::kInfo, PlaceOfColumn(context.data, column),
        "against rows alike in the other columns, '" +
            context.data.columns[static_cast<size_t>(column)].name + "' " + said +
            (effects.size() > 3 ? "; ..." : ""),
        "ask who gave the labels and by what rule, have a blind sample of these groups labelled "
        "again; if a cause is not recorded, record it");
    finding.confidence =
        1 - std::erfc(std::abs(effects[0].value) / effects[0].deviation / std::sqrt(2.0));
    finding.detail = Detail(effects);
  }
};

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  if (SensitiveColumns(data).empty() || TargetIndex(data) < 0) {
    findings.Skip(TargetIndex(data) < 0 ? "no column is the target"
                                        : "no column is sensitive (data.sensitive in the recipe)");
    return;
  }
  if (data.HasPictures()) {
    findings.Skip("rows of pictures have no columns that would make them alike");
    return;
  }
  const Outcome outcome = OutcomeOf(context);
  const std::vector<Membership> members = MembershipsOf(context);
  if (members.empty() || outcome.names.size() > kMostClasses || outcome.names.empty() ||
      data.size() < 200) {
    findings.Skip(members.empty()     ? "no sensitive column has two groups large enough"
                  : data.size() < 200 ? "fewer than 200 rows"
                                      : "there are over 10 classes");
    return;
  }
  std::vector<ProbeTarget> targets = outcome.targets;
  for (const Membership& member : members) targets.push_back(member.is);
  const Residuals residuals = ProbeResiduals(context, targets, SensitiveColumns(data));
  if (residuals.features == 0) {
    findings.Skip("there are no other columns that rows could be alike in");
    return;
  }
  const double tests = static_cast<double>(members.size() * outcome.names.size());
  const double z = NormalQuantile(1 - (1 - context.level) / 2 / tests);
  const double notable = context.settings.at("notable").get<double>();
  const Reporter reporter{context, outcome, members, z};
  std::vector<Effect> effects;
  for (size_t m = 0; m < members.size(); ++m) {
    ThrowIfInterrupted();
    Effect worst;
    for (size_t y = 0; y < outcome.names.size(); ++y) {
      const Effect effect = EffectOf(residuals, y, outcome.names.size(), m);
      if (effect.Least(z) > worst.Least(z)) worst = effect;
    }
    if (worst.Least(z) >= std::max(notable, 1e-9)) effects.push_back(worst);
    const bool last = m + 1 == members.size() || members[m + 1].column != members[m].column;
    if (!last) continue;
    reporter.Report(effects, findings);
    effects.clear();
  }
}

}  // namespace

const Check& LabelBias() {
  static const Check check = {&LabelBiasSpec, &Run};
  return check;
}

}  // namespace bottega
