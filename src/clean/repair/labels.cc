#include <set>
#include <unordered_map>

#include "clean/repair_kind.h"

namespace bottega {

namespace {

using Labels = std::unordered_map<int64_t, std::optional<std::string>>;

// By record number; empty without a target.
Labels LabelsOf(const Dataset& data) {
  Labels labels;
  const Column* target = data.TargetColumn();
  if (target == nullptr) return labels;
  const auto texts = TextsOf(data, data.Find(target->name));
  for (size_t i = 0; i < texts.size(); ++i) labels.emplace(data.rows[i], texts[i]);
  return labels;
}

// Corrections by (given, suggested): one Repair for each row, because each is a person's decision.
void PlanCorrections(const Dataset& data, const AuditResult& audit, double least, bool told,
                     RepairPlan* plan) {
  const Labels labels = LabelsOf(data);
  std::set<int64_t> seen;
  for (const Finding& finding : audit.findings) {
    if (finding.check != "suspicious_labels" || finding.confidence < least) continue;
    if (finding.waived) continue;
    const auto row = labels.find(finding.place.row);
    if (row == labels.end() || !finding.detail.is_object()) continue;
    const std::string given = finding.detail.value("given", "");
    const std::string suggested = finding.detail.value("suggested", "");
    // A label that another repair has respelled is corrected all the same.
    if (suggested.empty() || !row->second || row->second == suggested) continue;
    if (!seen.insert(finding.place.row).second) continue;
    plan->repairs.push_back({.repair = "correct_labels",
                             .rows = {finding.place.row},
                             .column = data.TargetColumn()->name,
                             .before = row->second,
                             .after = suggested,
                             .reason = finding.message,
                             .confidence = finding.confidence,
                             .told = told,
                             .apply = !told});
  }
}

}  // namespace

void PlanSuspiciousLabels(const RepairContext& context, double confidence, bool correct,
                          RepairPlan* plan) {
  if (context.sources.audit == nullptr) return;
  const AuditResult& audit = *context.sources.audit;
  if (correct) {
    PlanCorrections(context.data, audit, confidence, false, plan);
    return;
  }
  const Labels known = LabelsOf(context.data);
  std::set<int64_t> out;
  for (const Finding& finding : audit.findings) {
    const bool sure =
        finding.check == "suspicious_labels" && finding.confidence >= confidence && !finding.waived;
    if (!sure || !known.contains(finding.place.row)) continue;
    if (!out.insert(finding.place.row).second) continue;
    Repair repair = SetAside("suspicious_labels", {finding.place.row}, finding.message);
    repair.confidence = finding.confidence;
    plan->repairs.push_back(std::move(repair));
  }
}

void SuggestLabels(const Dataset& data, const AuditResult& audit, RepairPlan* plan) {
  PlanCorrections(data, audit, 0, true, plan);
  plan->labels = true;
}

}  // namespace bottega
