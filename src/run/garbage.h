// What of a project's runs can go without being missed (`bottega runs gc`), and its removal. What
// was removed stays on record in `.bottega/removed/ID.json` (doc/formats/removed.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "run/run_folder.h"

namespace bottega {

enum class GarbageKind {
  kUnfinished,   // a run whose training has not ended
  kOld,          // a finished run without tags
  kCheckpoints,  // of a finished run: it can still be used, but not be trained further
  kLeftOver,     // a folder in runs/ that is no run: of a process that was killed
};
std::string_view GarbageKindName(GarbageKind kind);  // "unfinished run", "old run" ...

struct Garbage {
  GarbageKind kind = GarbageKind::kUnfinished;
  RunFolder run;
  int64_t bytes = 0, files = 0;
  double age = 0;  // seconds since the run was last written to
};

struct GarbageRules {
  bool checkpoints = true;
  double unfinished_age =
      24 * 3600.0;                // seconds; unfinished runs and left-overs younger than this stay
  std::optional<double> old_age;  // finished runs at least this old go; none: they stay
};

// A run that stays though the rules would let it go, and why.
struct KeptRun {
  std::string run, why;
};

// Oldest first. Never the newest run, nor those that `train`, `tune` or `ablate --resume` would
// continue, nor a run that has tags, that is being written to, or that something else in the
// project names: a recipe, a review, another run's recipe, a receipt as the one that took another's
// place.
std::vector<Garbage> FindGarbage(const std::filesystem::path& project, const GarbageRules& rules,
                                 std::vector<KeptRun>* kept);

// Removes it, run by run; one that another process has begun to write to stays. A run is none any
// more before its files go, so that a kill leaves no half run. Returns what was removed, as it is
// on record: {format, id, time, items: [{run, what, bytes, files, ...}]}. Errors: kIo.
Json RemoveGarbage(const std::filesystem::path& project, const std::vector<Garbage>& garbage);

}  // namespace bottega
