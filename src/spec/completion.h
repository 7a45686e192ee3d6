// Shell completion. The scripts ask `bottega completion --words ...` for candidates, so they never
// go stale; CompleteWords answers from the Specs.
#pragma once

#include <string>
#include <vector>

#include "spec/catalog.h"

namespace bottega {

// The script for "bash", "zsh" or "fish".
std::string CompletionScript(const std::string& shell);

// Candidates for the last of `words` (the words after `bottega`, the last may be empty). An empty
// list means: complete file names.
std::vector<std::string> CompleteWords(const Catalog& catalog, std::vector<std::string> words);

}  // namespace bottega
