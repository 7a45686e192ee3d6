#include <algorithm>
#include <cmath>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "data/infer/names.h"
#include "profile/sorted_values.h"
#include "profile/symmetric_scale.h"

namespace bottega {
namespace {

const Spec& OutlierValuesSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "outlier_values",
      .one_line = "numbers far outside what their column holds",
      .text =
          "Each number column is brought to a symmetric scale (plain, square root or logarithm), "
          "and its two tails are extrapolated from its own quantiles up to 95 %. A value is "
          "reported when fewer than `expected` values so far out are expected in the whole column: "
          "heavy tails and big tables have more room than short ones. A value that is held by many "
          "rows (0 in 'capital gain') is ordinary and says nothing of the others' spread. When a "
          "tenth, a hundredth ... of the value would be ordinary, a slip of the decimal point or "
          "unit is named. One finding for each row, or for each value that three or more rows "
          "share. Severity: warning; one info where over 2 % of the rows lie far out, which is a "
          "second population rather than mistakes.",
      .params = {{.name = "expected",
                  .type = ParamType::kFloat,
                  .what = "number of values so far out that a column without mistakes would have",
                  .fallback = 0.02,
                  .min = 0,
                  .max = 100,
                  .min_open = true,
                  .larger = "reports milder values, with more false alarms",
                  .smaller = "reports only what lies very far out"}},
      .synonyms = {"outliers", "extreme_values", "z_score", "tukey_fences"},
      .source = "Siffer et al., Anomaly detection in streams with extreme value theory, KDD 2017",
  };
  return spec;
}

constexpr int64_t kFewest = 30;
constexpr double kMostShare = 0.02;

struct FarValue {
  double value = 0;
  double expected = 0;  // values so far out
  bool high = false;
  std::vector<int64_t> rows;
};

// Values that are too far out, by value.
std::vector<FarValue> FarValuesOf(const SymmetricScale& scale, const CellColumn& cells,
                                  double most) {
  std::vector<FarValue> far;
  std::vector<int32_t> place(cells.number.size(), -1);
  // Whether values further inside may be far, too: what is expected falls towards both ends.
  const auto add = [&](int32_t code) {
    const double value = cells.number[static_cast<size_t>(code)];
    const double expected = scale.Beyond(value) * scale.count();
    if (expected >= most || place[static_cast<size_t>(code)] >= 0) return scale.is_mode(value);
    place[static_cast<size_t>(code)] = static_cast<int32_t>(far.size());
    far.push_back({value, expected, scale.At(value) > 0, {}});
    return true;
  };
  const std::vector<int32_t> rising = RisingCodes(cells);
  for (size_t i = 0; i < rising.size() && add(rising[i]);) ++i;
  for (size_t i = rising.size(); i > 0 && add(rising[i - 1]);) --i;
  if (far.empty()) return far;
  for (size_t i = 0; i < cells.code.size(); ++i) {
    const int32_t code = cells.code[i];
    if (code < 0 || place[static_cast<size_t>(code)] < 0) continue;
    far[static_cast<size_t>(place[static_cast<size_t>(code)])].rows.push_back(
        static_cast<int64_t>(i));
  }
  std::ranges::sort(far, {}, [](const FarValue& f) { return f.rows.front(); });
  return far;
}

// "1,700 / 10 = 170 would be ordinary", or "".
std::string SlipOf(const SymmetricScale& scale, double value) {
  const double low = scale.QuantileOf(0.02), high = scale.QuantileOf(0.98);
  if (value < 0 && -value >= low && -value <= high && low >= 0) return "without its sign";
  for (const double power : {10.0, 100.0, 1000.0, 1e6}) {
    if (value / power >= low && value / power <= high) return "divided by " + FormatNumber(power);
    if (value * power >= low && value * power <= high && value != 0) {
      return "times " + FormatNumber(power);
    }
  }
  return "";
}

class Reporter {
 public:
  Reporter(const AuditContext& context, int column, const SymmetricScale& scale, Findings& findings)
      : context_(context), column_(column), scale_(scale), findings_(findings) {}

  void Add(const FarValue& far) {
    if (far.rows.size() >= 3) {
      AddRow(far, far.rows);
    } else {
      for (const int64_t row : far.rows) AddRow(far, {row});
    }
  }

  void AddPopulation(const std::vector<FarValue>& far, int64_t rows) {
    const Dataset& data = context_.data;
    Finding& finding = findings_.Add(
        Severity::kInfo, PlaceOfColumn(data, column_),
        Name() + " has " + CountOf(data, rows) + " far from " + Usual() +
            ": a second population, not single mistakes",
        "find out what they have in common (another unit, another source, a stand-in for missing)");
    finding.confidence = 0.7;
    finding.detail = {{"count", rows}, {"example", far.front().value}};
  }

 private:
  std::string Name() const {
    return "'" + context_.data.columns[static_cast<size_t>(column_)].name + "'";
  }
  std::string Text(double value) const {
    CellColumn cell{.type = context_.data.columns[static_cast<size_t>(column_)].type,
                    .number = {value}};
    return CellText(cell, 0);
  }
  std::string Usual() const {
    return "the usual " + Text(scale_.QuantileOf(0.05)) + " to " + Text(scale_.QuantileOf(0.95));
  }

  void AddRow(const FarValue& far, const std::vector<int64_t>& rows) {
    const Dataset& data = context_.data;
    const std::string slip = SlipOf(scale_, far.value);
    Finding& finding = findings_.Add(
        Severity::kWarning, PlaceOf(data, rows.front(), column_),
        Name() + " is " + Text(far.value) + " in " + NameRows(data, rows) + ", far " +
            (far.high ? "above " : "below ") + Usual() +
            (slip.empty() ? "" : "; " + slip + " it would be ordinary"),
        slip.empty() ? "check it against the source; correct it, or empty the cell if it is wrong"
                     : "check the unit and the decimal point at the source");
    finding.confidence = std::clamp(1 - far.expected, 0.5, slip.empty() ? 0.9 : 0.97);
    finding.detail = {{"value", far.value},
                      {"expected", far.expected},
                      {"usual", {scale_.QuantileOf(0.05), scale_.QuantileOf(0.95)}},
                      {"rows", RecordNumbers(data, rows)}};
    if (!slip.empty()) finding.detail["slip"] = slip;
  }

  const AuditContext& context_;
  const int column_;
  const SymmetricScale& scale_;
  Findings& findings_;
};

// Numbers that are names: "ProviderNumber", "zip", "account no".
bool NamesACode(const std::string& name) {
  const std::vector<std::string> words = NameWords(name);
  static const std::vector<std::string> last = {"number", "no", "nr", "num", "code"};
  return HasIdentifierWord(name) || IsCodeName(name) ||
         (!words.empty() && std::ranges::find(last, words.back()) != last.end());
}

std::vector<int> NumberColumns(const AuditContext& context) {
  std::vector<int> columns;
  for (size_t i = 0; i < context.data.columns.size(); ++i) {
    const Column& column = context.data.columns[i];
    const bool used = column.role == Role::kFeature || column.role == Role::kTarget;
    if (used && column.type == FeatureType::kNumber && !NamesACode(column.name))
      columns.push_back(static_cast<int>(i));
  }
  return columns;
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  const std::vector<int> columns = NumberColumns(context);
  if (columns.empty() || data.size() < kFewest) {
    findings.Skip(columns.empty() ? "no column holds numbers" : "there are fewer than 30 rows");
    return;
  }
  const double most = context.settings.at("expected").get<double>();
  std::vector<float> sound(static_cast<size_t>(data.size()), 1);
  for (const int column : columns) {
    const CellColumn& cells = context.shared.CellsOfColumn(column);
    std::vector<double> values = SortedNumbers(cells);
    if (static_cast<int64_t>(values.size()) < kFewest) continue;
    const SymmetricScale scale(std::move(values));
    if (!scale.spread()) continue;
    const std::vector<FarValue> far = FarValuesOf(scale, cells, most);
    int64_t rows = 0;
    for (const FarValue& value : far) {
      rows += static_cast<int64_t>(value.rows.size());
      for (const int64_t row : value.rows) {
        float& score = sound[static_cast<size_t>(row)];
        score = std::min(score, static_cast<float>(std::min(1.0, value.expected)));
      }
    }
    Reporter reporter(context, column, scale, findings);
    if (rows > std::max(5.0, kMostShare * scale.count())) {
      reporter.AddPopulation(far, rows);
    } else {
      for (const FarValue& value : far) reporter.Add(value);
    }
  }
  findings.Score(std::move(sound));
}

}  // namespace

const Check& OutlierValues() {
  static const Check check = {&OutlierValuesSpec, &Run};
  return check;
}

}  // namespace bottega
