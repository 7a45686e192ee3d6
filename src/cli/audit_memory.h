// What a project knows of its audits: waivers, the audits before, when one is due.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "audit/memory.h"
#include "cli/recipe.h"

namespace bottega {

class Project;

// Waivers of the recipe and of waivers.yaml in `folder`, earlier audits of the recipe's source, and
// the time. Errors: kRecipe lists every mistake of waivers.yaml with its place.
AuditMemory ReadMemory(const std::filesystem::path& folder, const Recipe& recipe);

// Whether an audit of the project's data, as they are now, is due.
Due JudgeDue(Project& project);

// A training is about to begin. Does nothing unless audit.every is set. Where an audit is due:
// Error kGate if gates.audit_due is `error`, else a note unless it is `none`; returns the severity
// of the finding that belongs into the run, or nullopt.
struct DueTraining {
  Due due;
  std::optional<Severity> severity;
};
DueTraining JudgeTraining(Project& project);

}  // namespace bottega
