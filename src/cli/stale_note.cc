#include "cli/stale_note.h"

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

}  // namespace bottega
