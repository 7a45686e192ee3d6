#include <algorithm>

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
          "white space alone becomes missing. Inner runs of spaces shrink to one, except in text "
          "columns; where the column has no value that is written so, that is only suggested.",
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

struct Stripped {
  std::optional<std::string> text;
  double confidence = 1;
};

// What becomes of each value; empty when nothing changes.
std::vector<Stripped> StripAll(const std::vector<std::string>& values, bool text) {
  std::vector<Stripped> clean;
  bool any = false;
  for (const std::string& value : values) {
    const std::string trimmed(Trim(value));
    Stripped stripped{.text = text ? trimmed : Collapse(trimmed)};
    any = any || *stripped.text != value;
    const bool inside = *stripped.text != trimmed;
    if (inside && !std::ranges::binary_search(values, *stripped.text)) stripped.confidence = 0.7;
    if (stripped.text->empty()) stripped.text.reset();
    clean.push_back(std::move(stripped));
  }
  return any ? clean : std::vector<Stripped>();
}

void Plan(const RepairContext& context, const Json&, RepairPlan* plan) {
  const Dataset& data = context.data;
  for (size_t c = 0; c < data.columns.size(); ++c) {
    if (!HoldsValues(data.columns[c])) continue;
    const Codes codes = CodesOf(data, static_cast<int>(c));
    const std::vector<Stripped> clean =
        StripAll(codes.values, data.columns[c].type == FeatureType::kText);
    if (clean.empty()) continue;
    CellChanges changes("strip_spaces", data.columns[c].name);
    for (size_t i = 0; i < codes.code.size(); ++i) {
      if (codes.code[i] < 0) continue;
      const auto code = static_cast<size_t>(codes.code[i]);
      if (clean[code].text == codes.values[code]) continue;
      changes.Add(data.rows[i], codes.values[code], clean[code].text,
                  clean[code].text ? "white space around or inside the value"
                                   : "the cell holds white space alone",
                  clean[code].confidence);
    }
    changes.Finish(plan);
  }
}

}  // namespace

const RepairKind kStripSpaces = {StripSpacesSpec, Plan};

}  // namespace bottega
