#include "cli/stale_note.h"

#include "base/error.h"
#include "base/progress.h"
#include "run/receipt.h"

namespace bottega {

void NoteStale(const RunFolder& run) {
  const auto stale = StaleState(run);
  if (stale && stale->training > 0) {
    Note("note: run " + run.id() + " " + StaleText(*stale) +
         "; `bottega forget --retrain` replaces it");
  }
}

void RequireModel(const RunFolder& run) {
  const std::string by = ReplacedBy(run);
  if (by.empty()) return NoteStale(run);
  throw Error(
      ErrorKind::kMissing,
      "the model of this run was removed for what it had learned: run " + by + " took its place",
      {.file = run.path().string()}, "bottega runs");
}

}  // namespace bottega
