#include <algorithm>
#include <unordered_map>

#include "audit/cell_findings.h"
#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& MergedCellsSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "merged_cells",
      .one_line = "cells that hold the value of an empty neighbour as well",
      .text =
          "'San Francisco CA' as city beside an empty state: where a column is empty, another one "
          "ends or begins with a word that is a value of the empty column, and where it is "
          "filled, hardly ever. Both cells are named with what they should hold. Severity: "
          "warning.",
      .params = {{.name = "share",
                  .type = ParamType::kFloat,
                  .what = "share of the rows with an empty cell that must show it",
                  .fallback = 0.3,
                  .min = 0.05,
                  .max = 1}},
      .synonyms = {"shifted_columns", "glued_values"},
  };
  return spec;
}

constexpr int64_t kMostValues = 2'000;  // of the empty column
constexpr int64_t kFewestRows = 3;
constexpr double kElsewhere = 0.02;  // share of the rows with both cells filled that may show it

struct Parts {
  std::string rest, word;
};

// The last (or first) word, and what is left without separators between.
Parts Cut(const std::string& text, bool last) {
  const size_t at = last ? text.find_last_of(" ,;|/") : text.find_first_of(" ,;|/");
  if (at == text.npos) return {};
  constexpr std::string_view kSeparators = " ,;|/-(";
  std::string rest = last ? text.substr(0, at) : text.substr(at + 1);
  std::string word = last ? text.substr(at + 1) : text.substr(0, at);
  while (!word.empty() && (word.back() == ')' || word.back() == '.')) word.pop_back();
  while (!rest.empty() && kSeparators.find(rest.back()) != kSeparators.npos) rest.pop_back();
  while (!rest.empty() && rest.front() == ' ') rest.erase(0, 1);
  return {rest, word};
}

// Per code of `from`: which code of `to` it carries, -1: none.
std::vector<int32_t> Carried(const CellColumn& from, const CellColumn& to, bool last) {
  std::unordered_map<std::string, int32_t> values;
  for (size_t code = 0; code < to.text.size(); ++code) {
    values.emplace(to.text[code], static_cast<int32_t>(code));
  }
  std::vector<int32_t> carried(from.text.size(), -1);
  for (size_t code = 0; code < from.text.size(); ++code) {
    const Parts parts = Cut(from.text[code], last);
    if (parts.rest.empty() || parts.word.size() < 2) continue;
    if (const auto at = values.find(parts.word); at != values.end()) carried[code] = at->second;
  }
  return carried;
}

bool HoldsWords(const AuditContext& context, int column) {
  const Column& about = context.data.columns[static_cast<size_t>(column)];
  return about.type == FeatureType::kCategory || about.type == FeatureType::kBinary ||
         about.type == FeatureType::kText || about.type == FeatureType::kIdentifier;
}

void LookAt(const AuditContext& context, int from, int to, bool last, Findings& findings,
            std::vector<float>* scores) {
  const CellColumn& a = context.shared.CellsOfColumn(from);
  const CellColumn& b = context.shared.CellsOfColumn(to);
  const std::vector<int32_t> carried = Carried(a, b, last);
  int64_t empty = 0, with = 0, filled = 0, elsewhere = 0;
  for (size_t i = 0; i < a.code.size(); ++i) {
    if (a.code[i] < 0) continue;
    const bool carries = carried[static_cast<size_t>(a.code[i])] >= 0;
    (b.code[i] < 0 ? empty : filled) += 1;
    (b.code[i] < 0 ? with : elsewhere) += carries;
  }
  if (with < kFewestRows ||
      static_cast<double>(with) < context.settings.at("share").get<double>() * double(empty) ||
      static_cast<double>(elsewhere) > kElsewhere * static_cast<double>(filled)) {
    return;
  }
  const std::string& name = context.data.columns[static_cast<size_t>(from)].name;
  const std::string& other = context.data.columns[static_cast<size_t>(to)].name;
  std::vector<FlaggedCell> cells;
  for (size_t i = 0; i < a.code.size(); ++i) {
    if (a.code[i] < 0 || b.code[i] >= 0) continue;
    const int32_t code = carried[static_cast<size_t>(a.code[i])];
    if (code < 0) continue;
    const std::string& text = a.text[static_cast<size_t>(a.code[i])];
    const auto row = static_cast<int64_t>(i);
    cells.push_back({row, from, text, Cut(text, last).rest, true, 0.95,
                     "it holds a value of '" + other + "', which is empty"});
    cells.push_back({row, to, std::nullopt, b.text[static_cast<size_t>(code)], true, 0.95,
                     "'" + name + "' holds it"});
  }
  Finding& finding = findings.Add(
      Severity::kWarning, {},
      "'" + name + "' holds the value of '" + other + "' as well, which is empty, in " +
          CountOf(context.data, with) + ", as in " + NameRow(context.data, cells[0].position) +
          ": " + QuoteCell(context.data, from, cells[0].Shown()),
      "part the cells; `bottega clean` does");
  ListCells(context.data, cells, &finding);
  LowerScores(context.data, cells, scores);
}

void Run(const AuditContext& context, Findings& findings) {
  const auto width = static_cast<int>(context.data.columns.size());
  std::vector<float> scores(static_cast<size_t>(context.data.size()), 1.0F);
  bool any = false;
  for (int to = 0; to < width; ++to) {
    if (!HoldsWords(context, to)) continue;
    const CellColumn& b = context.shared.CellsOfColumn(to);
    if (b.missing < kFewestRows || b.distinct() == 0 || b.distinct() > kMostValues) continue;
    // A neighbour is near: at most three columns away.
    for (int from = std::max(0, to - 3); from < std::min(width, to + 4); ++from) {
      if (from == to || !HoldsWords(context, from)) continue;
      any = true;
      LookAt(context, from, to, from < to, findings, &scores);
    }
  }
  if (!any) {
    findings.Skip("no text column with empty cells has another beside it");
    return;
  }
  findings.Score(std::move(scores));
}

}  // namespace

const Check& MergedCells() {
  static const Check check = {&MergedCellsSpec, &Run};
  return check;
}

}  // namespace bottega
