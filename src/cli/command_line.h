// The command line of one verb, parsed by its Spec through the resolver that recipes go through.
#pragma once

#include <string>
#include <vector>

#include "cli/verb.h"

namespace bottega {

struct GlobalFlags {
  std::string folder;  // -C
  bool json = false;
  bool quiet = false;
  bool help = false;
};

// `words` are the arguments behind the verb. Errors: kUsage, all mistakes at once.
Invocation ParseCommandLine(const Catalog& catalog, const Spec& verb,
                            const std::vector<std::string>& words, GlobalFlags* global);

// The help text of a verb, ending with its examples.
std::string VerbHelp(const Spec& verb, int width);

}  // namespace bottega
