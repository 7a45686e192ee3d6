#include <cmath>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "base/text.h"
#include "profile/whole_table.h"

namespace bottega {
namespace {

const Spec& ExactDuplicatesSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "exact_duplicates",
      .one_line = "rows or pictures that are the same as another",
      .text =
          "Pictures are compared by the bytes of their files (of their pixels in an IDX file), "
          "rows "
          "of tables by all feature columns; identifiers, target, weight, group and part are left "
          "out. Rows that hold so little information that equal ones are expected by chance are "
          "not reported one by one. One finding for each group of equal rows. Severity: warning.",
      .params = {},
      .synonyms = {"copies", "repeated_rows"},
  };
  return spec;
}

// Bits that a row holds on average, by its columns alone: what equal rows must exceed to mean
// copies (see duplicates.h).
double MeanBits(const AuditContext& context) {
  double bits = 0;
  for (const int column : ComparedColumns(context.data)) {
    const CellColumn& cells = context.shared.CellsOfColumn(column);
    const auto rows = static_cast<double>(context.data.size());
    for (int32_t code = -1; code < static_cast<int32_t>(cells.distinct()); ++code) {
      const int64_t count = code < 0 ? cells.missing : cells.count[static_cast<size_t>(code)];
      bits += static_cast<double>(count) / rows * BitsOf(cells, code);
    }
  }
  return bits;
}

// Of a large source: how many rows repeat an earlier one, and examples.
void AddWhole(const AuditContext& context, Findings& findings) {
  const WholeTable::Repeats repeats = context.whole->RepeatedRows();
  if (repeats.count == 0) return;
  const Dataset& data = context.data;
  const bool by_chance =
      MeanBits(context) < std::log2(static_cast<double>(context.whole->rows())) + 3;
  const RepeatedRow& one = repeats.examples[0];
  Finding& finding = findings.Add(
      by_chance ? Severity::kInfo : Severity::kWarning,
      {.file = data.source.filename().string(), .row = one.row},
      (repeats.estimated ? "about " : "") + CountOf(data, repeats.count) + " of " +
          FormatCount(context.whole->rows()) +
          (by_chance
               ? " equal another, as is expected of so few columns with so few different values"
               : " repeat an earlier one in every feature, as row " + FormatCount(one.row) +
                     " does row " + FormatCount(one.first)),
      by_chance ? "nothing to do; an identifier column would tell whether they are copies"
                : "keep the first of each (`bottega clean` sets copies aside)");
  finding.confidence = by_chance ? 0.5 : 1;
  Json rows = Json::array();
  for (const RepeatedRow& repeat : repeats.examples) rows.push_back({repeat.first, repeat.row});
  finding.detail = {{"count", repeats.count}, {"estimated", repeats.estimated}, {"examples", rows}};
}

void Run(const AuditContext& context, Findings& findings) {
  if (context.whole != nullptr) return AddWhole(context, findings);
  const Dataset& data = context.data;
  const Duplicates& duplicates = context.shared.ExactDuplicatesOfData();
  for (const DuplicateGroup& group : GroupsOfKind(duplicates, true)) {
    const int64_t copies = static_cast<int64_t>(group.rows.size()) - 1;
    Finding& finding = findings.Add(
        Severity::kWarning, PlaceOf(data, group.rows[1]),
        NameRows(data, group.rows) + " are the same" +
            (data.HasPictures() ? ", byte for byte" : " in every feature"),
        "keep the first and set " +
            (copies == 1 ? std::string("the copy") : "the " + FormatCount(copies) + " copies") +
            " aside (`bottega clean` does)");
    finding.detail = {{"rows", RecordNumbers(data, group.rows)}, {"bits", group.bits}};
  }
  if (duplicates.by_chance > 0) {
    Finding& finding = findings.Add(
        Severity::kInfo, {.file = data.source.filename().string()},
        CountOf(data, duplicates.by_chance) +
            " equal another, as is expected of so few columns with so few different values",
        "nothing to do; an identifier column would tell whether they are copies");
    finding.confidence = 0.5;
    finding.detail = {{"count", duplicates.by_chance}};
  }
}

}  // namespace

const Check& ExactDuplicates() {
  static const Check check = {&ExactDuplicatesSpec, &Run};
  return check;
}

}  // namespace bottega
