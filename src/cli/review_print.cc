#include "cli/review_print.h"

#include <cmath>
#include <set>

#include "base/terminal.h"
#include "base/text.h"
#include "cli/print.h"

namespace bottega {

namespace {

std::string Rows(int64_t n) { return FormatCount(n) + (n == 1 ? " row" : " rows"); }
std::string Share(double x) { return std::isfinite(x) ? FormatPercent(x) : "-"; }
std::string Number(double x) { return std::isfinite(x) ? FormatNumber(x, 3) : "-"; }
std::string Range(const Interval& i) {
  return FormatPercent(i.low) + " to " + FormatPercent(i.high);
}

void PrintAcceptance(std::ostream& out, const SampleResult& r) {
  out << AcceptanceName(r.decision) << " at " << FormatPercent(r.accept);
  if (r.answered < r.drawn) out << " so far";
  if (r.decision == Acceptance::kUndecided && r.rows_needed > 0) {
    out << ": if the rate stays, " << FormatCount(r.rows_needed) << " answered rows decide";
  } else if (r.decision == Acceptance::kUndecided) {
    out << ": " << (r.answered == 0 ? "no row is answered" : "the rate is too near to it");
  }
  out << "\n";
}

void PrintInspectors(std::ostream& out, const SampleResult& r) {
  std::vector<std::vector<std::string>> rows = {
      {"inspector", "answered", "unsure", "calls wrong", "gold right", "accuracy on gold"}};
  for (const Inspector& one : r.inspectors) {
    const bool gold = one.gold.n > 0;
    rows.push_back({one.name, FormatCount(one.answered), FormatCount(one.unsure),
                    Share(one.wrong.value),
                    gold ? std::to_string(one.gold.k) + " of " + std::to_string(one.gold.n) : "",
                    gold ? Share(one.gold.value) + ", " + Range(one.gold.interval) : ""});
  }
  if (rows.size() > 1) PrintTable(out, rows, TerminalWidth(1));
  for (const PairAgreement& pair : r.pairs) {
    out << pair.a << " and " << pair.b << ": the same answer in " << Share(pair.share) << " of "
        << Rows(pair.rows) << ", Cohen's kappa " << Number(pair.kappa) << " +- "
        << Number(pair.deviation) << "\n";
  }
  if (r.pairs.empty()) return;
  out << "all: Fleiss' kappa " << Number(r.fleiss) << ", Krippendorff's alpha "
      << Number(r.alpha.value) << " (" << Number(r.alpha.low) << " to " << Number(r.alpha.high)
      << ")\n";
  if (!r.disagreements.empty()) {
    std::vector<std::string> names;
    for (const int64_t row : r.disagreements) {
      if (names.size() < 10) names.push_back(std::to_string(row));
    }
    out << "they differ in " << Rows(static_cast<int64_t>(r.disagreements.size())) << ": "
        << Join(names, ", ") << (names.size() < r.disagreements.size() ? ", ..." : "")
        << "; `bottega review --disputed` settles them\n";
  }
}

}  // namespace

void PrintSitting(std::ostream& out, const ReviewTask& task, const SittingOutcome& sat) {
  out << "\n" << task.review << ": ";
  if (task.blind || task.first_labels) {
    out << FormatCount(sat.decided()) << " answered";
  } else {
    out << FormatCount(sat.kept) << " kept, " << FormatCount(sat.labelled) << " corrected";
  }
  if (sat.set_aside > 0) out << ", " << FormatCount(sat.set_aside) << " set aside";
  if (sat.unsure > 0) out << ", " << FormatCount(sat.unsure) << " unsure";
  if (sat.elsewhere > 0) out << ", " << FormatCount(sat.elsewhere) << " decided by others";
  out << "; " << FormatCount(sat.left + sat.skipped + task.left_out) << " left\n";
}

void PrintRulings(std::ostream& out, const Reviews& reviews) {
  if (reviews.empty()) {
    out << "nothing was reviewed yet\n";
    return;
  }
  int64_t kept = 0, corrected = 0, first = 0, aside = 0;
  for (const auto& [row, ruling] : reviews.rulings) {
    kept += ruling.verdict == Verdict::kKeep;
    aside += ruling.verdict == Verdict::kSetAside;
    if (ruling.verdict == Verdict::kLabel) ++(ruling.before ? corrected : first);
  }
  out << "decided so far: " << FormatCount(kept) << " kept, " << FormatCount(corrected)
      << " corrected";
  if (first > 0) out << ", " << FormatCount(first) << " first labels";
  if (aside > 0) out << ", " << FormatCount(aside) << " set aside";
  out << "; patch: " << kReviewsFolder << "/labels.json\n";
  if (!reviews.disputes.empty()) {
    out << Rows(static_cast<int64_t>(reviews.disputes.size()))
        << " in dispute: `bottega review --disputed` settles them\n";
  }
  if (!reviews.lost.empty()) {
    const LostDecision& one = reviews.lost[0];
    out << FormatCount(static_cast<int64_t>(reviews.lost.size()))
        << " decisions no longer fit the data, as that of " << one.decision.reviewer << " on row "
        << one.decision.row << ": " << one.reason << "\n";
  }
}

void PrintLogs(std::ostream& out, const Reviews& reviews) {
  if (reviews.logs.empty()) return;
  std::vector<std::vector<std::string>> rows = {{"log", "decisions", "chain", "seal"}};
  for (const ReviewLog& log : reviews.logs) {
    std::vector<std::string> lines;
    for (const int64_t line : log.breaks) lines.push_back(std::to_string(line));
    rows.push_back({log.path, FormatCount(static_cast<int64_t>(log.decisions.size())),
                    lines.empty() ? "whole" : "broken at line " + Join(lines, ", "),
                    log.seal.substr(0, 16)});
  }
  PrintTable(out, rows, TerminalWidth(1));
}

void PrintSample(std::ostream& out, const SampleResult& r) {
  out << r.id << ": " << FormatCount(r.answered) << " of " << Rows(r.drawn) << " answered";
  if (r.unsure > 0) out << ", " << FormatCount(r.unsure) << " unsure";
  if (r.disputed > 0) out << ", " << FormatCount(r.disputed) << " in dispute";
  if (r.missing > 0) out << ", " << FormatCount(r.missing) << " no longer among the data";
  out << "; drawn from " << FormatCount(r.size) << " by " << r.strata_of << "\n";
  if (r.answered > 0) {
    out << "wrong labels: " << Share(r.rate) << ", exact " << FormatPercent(r.level, 0)
        << " interval " << Range(r.interval) << " (Clopper-Pearson, " << FormatNumber(r.effective)
        << " effective rows)\n";
  }
  if (r.answered > 0 && r.answered < r.drawn) {
    out << "were all unanswered rows sound: " << Share(r.if_all_sound)
        << "; wrong: " << Share(r.if_all_wrong) << "\n";
  }
  PrintAcceptance(out, r);
  std::vector<std::vector<std::string>> rows = {{"class", "wrong", "rows", "rate", "interval"}};
  for (const ExactShare& share : r.classes) {
    if (rows.size() > 20) break;
    rows.push_back({share.name, FormatCount(share.k), FormatCount(share.n), Share(share.value),
                    Range(share.interval)});
  }
  if (rows.size() > 1) PrintTable(out, rows, TerminalWidth(1));
  PrintInspectors(out, r);
}

void PrintPlans(std::ostream& out, const std::vector<AcceptancePlan>& plans, double limit,
                double risk) {
  out << "Look at ROWS random rows, take the data when at most WRONG are wrong: data with "
      << FormatPercent(limit) << " wrong labels\nare taken in " << FormatPercent(risk, 0)
      << " of cases at most, data with PASSES in " << FormatPercent(1 - risk, 0) << ".\n";
  std::vector<std::vector<std::string>> rows = {{"rows", "wrong", "passes"}};
  for (const AcceptancePlan& plan : plans) {
    rows.push_back(
        {FormatCount(plan.rows), FormatCount(plan.allowed), FormatPercent(plan.passes, 2)});
  }
  PrintTable(out, rows, TerminalWidth(1));
}

}  // namespace bottega
