#include "cli/reviewer.h"

#include <iostream>

#include "base/error.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cli/person.h"

namespace bottega {

std::string ReviewerOf(const Invocation& call, bool asked) {
  std::string name(Trim(call.Text("reviewer")));
  if (name.empty()) name = PersonName();
  if (!call.Text("reviewer").empty() || !asked) return name;
  if (IsTerminal(0) && IsTerminal(1)) {
    *call.out << "Who decides?" << (name.empty() ? "" : " [" + name + "]") << " " << std::flush;
    std::string typed;
    std::getline(std::cin, typed);
    if (!Trim(typed).empty()) name = Trim(typed);
  }
  if (!name.empty()) return name;
  throw Error(ErrorKind::kUsage, "decisions are signed: nobody told who decides", {},
              call.typed + " --reviewer Ada");
}

}  // namespace bottega
