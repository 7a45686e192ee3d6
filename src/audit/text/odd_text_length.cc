#include <algorithm>
#include <cmath>

#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/text/text_columns.h"
#include "base/text.h"
#include "profile/quantiles.h"
#include "profile/text_properties.h"

namespace bottega {
namespace {

const Spec& OddTextLengthSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "odd_text_length",
      .one_line = "texts that are far longer or shorter than the others of their column",
      .text =
          "The logarithm of the number of characters is compared over the column: a text is "
          "reported "
          "when it lies more than `reach` quartile distances beyond the quartiles, a quartile "
          "distance "
          "counting for at least a factor of 1.4. Long ones are often several texts run together, "
          "or a "
          "whole file; they are cut when tokens are counted. Short ones say little. Where more "
          "than "
          "`share` of the texts lie beyond, lengths are spread by nature and nothing is reported. "
          "Blank texts are left to `empty_text`. One finding for each column and side. Severity: "
          "warning for long texts, info for short ones.",
      .params = {{.name = "reach",
                  .type = ParamType::kFloat,
                  .what = "quartile distances beyond the quartiles",
                  .fallback = 3,
                  .min = 0.5,
                  .max = 100,
                  .larger = "reports only the most extreme lengths",
                  .smaller = "reports lengths that are just uncommon"},
                 {.name = "share",
                  .type = ParamType::kFloat,
                  .what = "share of the texts, on one side, above which nothing is reported",
                  .fallback = 0.05,
                  .min = 0,
                  .max = 1,
                  .larger = "reports sides that many texts lie on",
                  .smaller = "reports only a few strays"}},
      .synonyms = {"long_text", "short_text", "truncation", "token_length"},
      .source = "Tukey, Exploratory Data Analysis, 1977 (fences)",
  };
  return spec;
}

constexpr size_t kFewest = 20;

struct Lengths {
  std::vector<double> log;     // per code; NaN for blank texts
  std::vector<double> sorted;  // of all rows
};

Lengths LengthsOf(const CellColumn& cells) {
  Lengths out;
  for (size_t i = 0; i < cells.text.size(); ++i) {
    const TextProperties properties = MeasureText(cells.text[i]);
    const double length = static_cast<double>(properties.characters);
    out.log.push_back(properties.blank() ? std::nan("") : std::log2(length));
    if (!properties.blank()) {
      out.sorted.insert(out.sorted.end(), static_cast<size_t>(cells.count[i]), out.log.back());
    }
  }
  std::ranges::sort(out.sorted);
  return out;
}

void Report(const AuditContext& context, int column, const std::vector<int64_t>& rows,
            const CellColumn& cells, const Lengths& lengths, bool is_long, Findings& findings) {
  const Dataset& data = context.data;
  double extreme = is_long ? 0 : 1e9;
  for (const int64_t row : rows) {
    const double log = lengths.log[static_cast<size_t>(cells.code[static_cast<size_t>(row)])];
    extreme = is_long ? std::max(extreme, log) : std::min(extreme, log);
  }
  const auto characters = [](double log) {
    return FormatCount(static_cast<int64_t>(std::lround(std::exp2(log))));
  };
  const std::string usual = characters(Quantile(lengths.sorted, 0.25)) + " to " +
                            characters(Quantile(lengths.sorted, 0.75));
  Finding& finding = findings.Add(
      is_long ? Severity::kWarning : Severity::kInfo, PlaceOf(data, rows[0], column),
      FormatCount(static_cast<int64_t>(rows.size())) + " of the texts in '" +
          data.columns[static_cast<size_t>(column)].name + "' " +
          (rows.size() == 1 ? "is" : "are") + " far " + (is_long ? "longer" : "shorter") +
          " than the others, with " + (is_long ? "up to " : "down to ") + characters(extreme) +
          (std::exp2(extreme) < 1.5 ? " character" : " characters") + " where half of them have " +
          usual + ": " + RowsText(data, rows),
      is_long ? "see whether several texts ran together; cut or split them before training"
              : "see whether they say enough to be learned from");
  finding.confidence = 0.85;
  finding.detail = RowsDetail(data, rows);
  finding.detail["kind"] = is_long ? "long" : "short";
}

bool Look(const AuditContext& context, int column, TextScores* scores, Findings& findings) {
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  const Lengths lengths = LengthsOf(cells);
  if (lengths.sorted.size() < kFewest) return false;
  const double q1 = Quantile(lengths.sorted, 0.25), q3 = Quantile(lengths.sorted, 0.75);
  const double median = Quantile(lengths.sorted, 0.5);
  const double room = context.settings.at("reach").get<double>() * std::max(0.5, q3 - q1);
  std::vector<float> of_code;
  for (const double log : lengths.log) {
    const double off = log > median ? (log - median) / (q3 + room - median)
                                    : (median - log) / (median - q1 + room);
    of_code.push_back(std::isnan(log) ? 1.0F : static_cast<float>(std::max(0.0, 1 - off / 2)));
  }
  const double share = context.settings.at("share").get<double>();
  for (const bool is_long : {true, false}) {
    std::vector<char> bad;
    for (const double log : lengths.log) bad.push_back(is_long ? log > q3 + room : log < q1 - room);
    const std::vector<int64_t> rows = RowsWith(cells, bad);
    if (rows.empty()) continue;
    if (static_cast<double>(rows.size()) > share * static_cast<double>(lengths.sorted.size())) {
      for (size_t c = 0; c < bad.size(); ++c) {
        if (bad[c]) of_code[c] = 1;
      }
      continue;
    }
    Report(context, column, rows, cells, lengths, is_long, findings);
  }
  scores->Add(cells, of_code);
  return true;
}

void Run(const AuditContext& context, Findings& findings) {
  const std::string few = "no column holds " + std::to_string(kFewest) + " texts or more";
  LookAtTexts(context, &Look, few, findings);
}

}  // namespace

const Check& OddTextLength() {
  static const Check check = {&OddTextLengthSpec, &Run};
  return check;
}

}  // namespace bottega
