#include <algorithm>
#include <map>

#include "base/text.h"
#include "clean/raw_source.h"
#include "clean/repair_kind.h"
#include "data/io/raw_table.h"

namespace bottega {

namespace {

const Spec& MarkMissingSpec() {
  static const Spec spec = {
      .kind = "repair",
      .name = "mark_missing",
      .one_line = "make values that stand for missing missing, and write missing in one way",
      .text =
          "Values such as `unknown`, `-` or 999 that the check `hidden_missing` finds become "
          "missing. Cells that were read as missing but are written as `N/A`, `?` or `null` are "
          "written empty in a new version, so that other programs read them as missing, too.",
      .params = {{.name = "spellings",
                  .type = ParamType::kBool,
                  .what = "write what was read as missing empty",
                  .fallback = true}},
      .synonyms = {"hidden_missing", "null_values"},
  };
  return spec;
}

void PlanSpellings(const RepairContext& context, int column, RepairPlan* plan) {
  const Dataset& data = context.data;
  const Json& reading = data.reading;
  const MissingCells missing(reading.contains("missing")
                                 ? reading["missing"].get<std::vector<std::string>>()
                                 : MissingCells::Default());
  CellChanges changes("mark_missing", data.columns[static_cast<size_t>(column)].name);
  const auto cells = context.raw.Column(data, column);
  for (size_t i = 0; i < cells.size(); ++i) {
    if (!cells[i] || Trim(*cells[i]).empty() || !missing(*cells[i])) continue;
    changes.Add(data.rows[i], std::nullopt, std::nullopt,
                "the source says '" + std::string(Trim(*cells[i])) + "', which means missing");
  }
  changes.Finish(plan);
}

// A number that stands for nothing may also be the top of a scale: a person must say so.
constexpr double kNumberIsMissing = 0.75;

void Plan(const RepairContext& context, const Json& settings, RepairPlan* plan) {
  const Dataset& data = context.data;
  const size_t first = plan->repairs.size();
  PlanFromFindings("mark_missing", FindingsOf(context, "hidden_missing"), context, plan);
  for (size_t k = first; k < plan->repairs.size(); ++k) {
    Repair& repair = plan->repairs[k];
    const int column = data.Find(repair.column);
    if (column >= 0 && data.columns[static_cast<size_t>(column)].type == FeatureType::kNumber) {
      repair.confidence = std::min(repair.confidence, kNumberIsMissing);
    }
  }
  if (!settings.at("spellings").get<bool>() || !data.reading.is_object()) return;
  for (size_t c = 0; c < data.columns.size(); ++c) {
    PlanSpellings(context, static_cast<int>(c), plan);
  }
}

}  // namespace

const RepairKind kMarkMissing = {MarkMissingSpec, Plan};

}  // namespace bottega
