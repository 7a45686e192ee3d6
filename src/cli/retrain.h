// Replacing models that learned from rows which were forgotten since.
#pragma once

#include "cli/verb.h"

namespace bottega {

// Trains every stale run of the project here anew, by `bottega run` with its own recipe in a
// process of its own, evaluates it, and removes the old model and checkpoints. A receipt says which
// run took whose place. Returns [{run, replaced_by}]. Errors: kMissing without an engine; those of
// training, after which what was done stands.
Json RetrainStale(Invocation& call);

}  // namespace bottega
