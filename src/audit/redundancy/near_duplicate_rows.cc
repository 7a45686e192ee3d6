#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "data/arrow_support.h"

namespace bottega {
namespace {

const Spec& NearDuplicateRowsSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "near_duplicate_rows",
      .one_line = "rows that are one record with small differences",
      .text =
          "Rows that agree in nearly all columns, where what they share is too much to be chance "
          "(each shared value counts by how rare it is), and that differ by spelling, rounding, a "
          "gap or a changed field. One finding for each group. Severity: warning. Where more than "
          "`share` of all rows are in such groups the data are alike by nature: then there is one "
          "finding of severity info.",
      .params = {{.name = "share",
                  .type = ParamType::kFloat,
                  .what = "share of rows in groups from which on it is reported only once",
                  .fallback = 0.2,
                  .min = 0,
                  .max = 1}},
      .synonyms = {"fuzzy_duplicates"},
  };
  return spec;
}

// "age (39, 40), city ('Rom', 'Rome')": what differs between two rows.
std::string Differences(const AuditContext& context, int64_t a, int64_t b) {
  std::vector<std::string> parts;
  size_t more = 0;
  for (const int column : ComparedColumns(context.data)) {
    const CellColumn& cells = context.shared.CellsOfColumn(column);
    const int32_t x = cells.code[static_cast<size_t>(a)], y = cells.code[static_cast<size_t>(b)];
    if (x == y) continue;
    if (parts.size() == 3) {
      ++more;
      continue;
    }
    const auto text = [&](int32_t code) {
      if (code < 0) return std::string("nothing");
      return cells.is_number() ? CellText(cells, code) : Quote(CellText(cells, code));
    };
    parts.push_back(context.data.columns[static_cast<size_t>(column)].name + " (" + text(x) + ", " +
                    text(y) + ")");
  }
  return Join(parts, ", ") + (more > 0 ? " and " + std::to_string(more) + " more" : "");
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  if (data.HasPictures()) {
    findings.Skip("the data are pictures (see near_duplicate_pictures)");
    return;
  }
  if (HoldsOneText(data)) {
    findings.Skip("the data are texts (see near_duplicate_texts)");
    return;
  }
  if (ComparedColumns(data).size() < 2) {
    findings.Skip("there are fewer than two columns to compare");
    return;
  }
  const std::vector<DuplicateGroup> groups = GroupsOfKind(context.shared.DuplicatesOfData(), false);
  int64_t rows = 0;
  for (const DuplicateGroup& group : groups) rows += static_cast<int64_t>(group.rows.size());
  const double share = static_cast<double>(rows) / static_cast<double>(data.size());
  if (share > context.settings.at("share").get<double>() && groups.size() > 5) {
    Finding& finding = findings.Add(
        Severity::kInfo, {.file = data.source.filename().string()},
        FormatCount(rows) + " of " + CountOf(data, data.size()) +
            " resemble another closely: the data are alike by nature (repeated measurements?)",
        "if rows belong together (one person, one device), name the column that says so: "
        "data.roles: {COLUMN: group}");
    finding.detail = {{"rows", rows}, {"groups", groups.size()}};
    return;
  }
  for (const DuplicateGroup& group : groups) {
    Finding& finding = findings.Add(
        Severity::kWarning, PlaceOf(data, group.rows[1]),
        NameRows(data, group.rows) + " differ only in " +
            Differences(context, group.rows[0], group.rows[1]),
        "if they are one record, keep the correct one; the split keeps them in one part");
    finding.confidence = group.bits > 0 ? std::min(0.95, 0.6 + group.bits / 400) : 0.6;
    finding.detail = {{"rows", RecordNumbers(data, group.rows)},
                      {"similarity", group.similarity},
                      {"bits", group.bits}};
  }
}

}  // namespace

const Check& NearDuplicateRows() {
  static const Check check = {&NearDuplicateRowsSpec, &Run};
  return check;
}

}  // namespace bottega
