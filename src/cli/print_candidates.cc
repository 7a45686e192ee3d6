#include "cli/print_candidates.h"

#include "base/terminal.h"
#include "base/text.h"
#include "cli/print.h"

namespace bottega {

void PrintCandidates(const Json& candidates, std::ostream& out) {
  std::vector<std::vector<std::string>> rows = {
      {"candidate", candidates.at("metric"), "steps", "time", "share"}};
  for (const Json& c : candidates.at("candidates")) {
    if (!c.at("trained").get<bool>()) {
      rows.push_back({c.at("name"), "left out", "", "", ""});
      continue;
    }
    const Json& score = c.at("score");
    const int64_t steps = c.at("steps").get<int64_t>();
    const double share = c.at("share").get<double>();
    rows.push_back(
        {c.at("name"), score.is_number() ? FormatNumber(score.get<double>(), 4) : "",
         std::to_string(steps) + " " + c.at("unit").get<std::string>() + (steps == 1 ? "" : "s"),
         FormatDuration(c.at("seconds").get<double>()), share > 0 ? FormatPercent(share, 0) : ""});
  }
  PrintTable(out, rows, TerminalWidth(1));
  const std::string kept = candidates.at("kept");
  const Json& blend = candidates.at("blend");
  out << "kept: " << kept;
  if (blend.is_number()) {
    out << (kept == "blend" ? " (" : "; a blend scores ") << FormatNumber(blend.get<double>(), 4)
        << (kept == "blend" ? ")" : ", too little better");
  }
  out << "\n";
}

}  // namespace bottega
