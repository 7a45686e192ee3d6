#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "base/text.h"

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

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  const Duplicates& duplicates = context.shared.DuplicatesOfData();
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
