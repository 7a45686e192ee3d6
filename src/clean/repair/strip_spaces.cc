#include "base/text.h"
#include "clean/repair_kind.h"

namespace bottega {

namespace {

const Spec& StripSpacesSpec() {
  static const Spec spec = {
      .kind = "repair",
      .name = "strip_spaces",
      .one_line = "remove white space around values, and all but one inside",
      .text =
          "In category, binary, identifier and text columns, the target included. A cell of "
          "white space alone becomes missing. Inner runs of spaces shrink to one, except in "
          "text columns.",
      .synonyms = {"trim"},
  };
  return spec;
}

std::string Collapse(std::string_view text) {
  std::string out;
  for (char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

void Plan(const RepairContext& context, const Json&, RepairPlan* plan) {
  const Dataset& data = context.data;
  for (size_t c = 0; c < data.columns.size(); ++c) {
    if (!HoldsValues(data.columns[c])) continue;
    const Codes codes = CodesOf(data, static_cast<int>(c));
    std::vector<std::optional<std::string>> clean;
    bool any = false;
    for (const std::string& value : codes.values) {
      const std::string trimmed(Trim(value));
      const bool text = data.columns[c].type == FeatureType::kText;
      clean.push_back(text ? trimmed : Collapse(trimmed));
      any = any || *clean.back() != value;
      if (clean.back()->empty()) clean.back().reset();
    }
    if (!any) continue;
    CellChanges changes("strip_spaces", data.columns[c].name);
    for (size_t i = 0; i < codes.code.size(); ++i) {
      if (codes.code[i] < 0) continue;
      const auto code = static_cast<size_t>(codes.code[i]);
      if (clean[code] == codes.values[code]) continue;
      changes.Add(data.rows[i], codes.values[code], clean[code],
                  clean[code] ? "white space around or inside the value"
                              : "the cell holds white space alone");
    }
    changes.Finish(plan);
  }
}

}  // namespace

const RepairKind kStripSpaces = {StripSpacesSpec, Plan};

}  // namespace bottega
