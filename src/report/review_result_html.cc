#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/page.h"
#include "report/plot.h"
#include "report/review_html.h"

namespace bottega {

namespace {

std::string Share(double x) { return std::isfinite(x) ? FormatPercent(x) : "–"; }

std::string Range(const Interval& interval) {
  return FormatPercent(interval.low) + " to " + FormatPercent(interval.high);
}

std::string Number(double x) { return std::isfinite(x) ? FormatNumber(x, 3) : "–"; }

std::string Verdict(const SampleResult& r) {
  const std::string limit =
      FormatPercent(r.accept) + (r.answered < r.drawn ? ", by the rows answered so far" : "");
  if (r.decision == Acceptance::kAccept) {
    return "<div class=\"callout good\"><p><strong>Accepted.</strong> The whole interval "
           "lies below " +
           limit + ".</p></div>";
  }
  if (r.decision == Acceptance::kReject) {
    return "<div class=\"callout error\"><p><strong>Rejected.</strong> The whole interval lies "
           "above " +
           limit + ".</p></div>";
  }
  const std::string needed = FormatCount(r.rows_needed);
  const std::string more =
      r.rows_needed < 0 ? "The rate is too near to the limit for a sample of any usual size."
      : r.rows_needed <= r.drawn
          ? "If the rate stays as it is, " + needed +
                " answered rows decide: the rest of this "
                "sample is enough."
          : "If the rate stays as it is, " + needed +
                " answered rows decide: <code>bottega review --sample " +
                std::to_string(r.rows_needed) + "</code> keeps the answers that are there.";
  return "<div class=\"callout warning\"><p><strong>Undecided.</strong> The interval holds " +
         limit + ". " + more + "</p></div>";
}

std::string InShort(const SampleResult& r) {
  std::string html = "<p class=\"lead\">" + Share(r.rate) + " of the labels are wrong (" +
                     FormatPercent(r.level, 0) + " interval " + Range(r.interval) +
                     "): " + FormatCount(r.answered) + " of " + FormatCount(r.drawn) +
                     " rows drawn from " + FormatCount(r.size) + " were answered.</p>" + Verdict(r);
  if (r.answered < r.drawn) {
    html += "<p>Not answered: " + FormatCount(r.drawn - r.answered) + " (unsure " +
            FormatCount(r.unsure) + ", in dispute " + FormatCount(r.disputed) +
            ", no longer among the data " + FormatCount(r.missing) +
            "). Were all of them sound, the rate would be " + Share(r.if_all_sound) +
            "; were all wrong, " + Share(r.if_all_wrong) + ".</p>";
  }
  return html + "<p class=\"note\">The rate is the mean over " + EscapeHtml(r.strata_of) +
         ", weighted with the shares of the data. Its interval is Clopper and Pearson's with " +
         FormatNumber(r.effective) +
         " effective rows (Kish's design effect): exact for a sample dealt in proportion, and then "
         "rather too wide than too narrow. It holds for a sample whose size was fixed beforehand: "
         "one that is enlarged until it decides is a little too sure of itself.</p>";
}

std::string SharesHtml(const std::vector<ExactShare>& shares, const std::string& what,
                       const SampleResult& r) {
  std::vector<std::vector<std::string>> rows;
  IntervalPlot plot{
      .title = "Wrong labels by " + what, .x_label = "share of rows", .percent = true};
  for (const ExactShare& share : shares) {
    rows.push_back({share.name, FormatCount(share.k), FormatCount(share.n), Share(share.value),
                    Range(share.interval)});
    if (share.n > 0 && plot.rows.size() < 20) {
      plot.rows.push_back({share.name, share.value, share.interval.low, share.interval.high, 0});
    }
  }
  plot.reference = r.accept;
  plot.reference_label = "limit";
  std::string html = plot.rows.size() > 1 ? Draw(plot) : "";
  return html + HtmlTable({what, "wrong", "rows", "rate", "interval"}, rows, {1, 2, 3, 4},
                          "Clopper and Pearson's intervals, each by itself");
}

std::string ConfusionsHtml(const SampleResult& r) {
  if (r.confusions.empty()) return "";
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : r.confusions) {
    if (rows.size() == 30) break;
    rows.push_back({one.label, one.answer, FormatCount(one.rows)});
  }
  return "<h3>What was answered instead</h3>" + HtmlTable({"label", "answer", "rows"}, rows, {2});
}

std::string InspectorsHtml(const SampleResult& r) {
  std::vector<std::vector<std::string>> rows;
  for (const Inspector& one : r.inspectors) {
    const bool gold = one.gold.n > 0;
    rows.push_back({one.name, FormatCount(one.answered), FormatCount(one.unsure),
                    Share(one.wrong.value),
                    gold ? FormatCount(one.gold.k) + " of " + FormatCount(one.gold.n) : "–",
                    gold ? Share(one.gold.value) : "–", gold ? Range(one.gold.interval) : "–"});
  }
  std::string html = HtmlTable(
      {"inspector", "answered", "unsure", "calls wrong", "gold rows right", "accuracy", "interval"},
      rows, {1, 2, 3, 4, 5, 6});
  if (r.pairs.empty()) return html;
  rows.clear();
  for (const PairAgreement& pair : r.pairs) {
    rows.push_back({pair.a + " and " + pair.b, FormatCount(pair.rows), Share(pair.share),
                    Number(pair.kappa), Number(pair.deviation)});
  }
  html += "<h3>How far they agree</h3>" +
          HtmlTable({"pair", "rows", "same answer", "Cohen's kappa", "standard error"}, rows,
                    {1, 2, 3, 4});
  html += "<p>Fleiss' kappa " + Number(r.fleiss) + "; Krippendorff's alpha " +
          Number(r.alpha.value) + " (" + Number(r.alpha.low) + " to " + Number(r.alpha.high) +
          "). Below 0.67 the answers are hardly to be relied on, from 0.8 they are (Krippendorff, "
          "Content Analysis, 2004): a clearer guideline is worth more than more rows.</p>";
  if (r.disagreements.empty()) return html;
  std::vector<std::string> names;
  for (const int64_t row : r.disagreements) {
    if (names.size() == 50) break;
    names.push_back(std::to_string(row));
  }
  return html + "<p>They differ in " + FormatCount(static_cast<int64_t>(r.disagreements.size())) +
         " rows (" + Join(names, ", ") + (names.size() < r.disagreements.size() ? ", ..." : "") +
         "): <code>bottega review --disputed</code> settles them.</p>";
}

std::string DecisionsHtml(const Reviews& reviews) {
  std::vector<std::vector<std::string>> rows;
  for (const ReviewLog& log : reviews.logs) {
    std::vector<std::string> breaks;
    for (const int64_t line : log.breaks) breaks.push_back(std::to_string(line));
    rows.push_back({log.path, FormatCount(static_cast<int64_t>(log.decisions.size())),
                    breaks.empty() ? "whole" : "broken at line " + Join(breaks, ", "),
                    log.seal.substr(0, 16)});
  }
  return HtmlTable({"log", "decisions", "chain", "seal"}, rows, {1}) +
         "<p class=\"note\">Each decision holds the hash of the one before it: one that was "
         "altered "
         "or taken out breaks the chain. Who kept a seal sees a cut at the end as well. It does "
         "not "
         "prove who wrote.</p>";
}

}  // namespace

std::string ReviewResultHtml(const SampleResult& r, const Reviews& reviews,
                             const ReviewResultFacts& facts) {
  Page page{.title = "How many labels are wrong",
            .kicker = "Quality control, " + r.id,
            .subtitle = facts.source,
            .footer = "bottega " + facts.version + " · " + facts.time};
  page.sections.push_back({"in-short", "In short", InShort(r)});
  page.sections.push_back(
      {"classes", "By class", SharesHtml(r.classes, "class", r) + ConfusionsHtml(r)});
  if (!r.by_class) {
    page.sections.push_back({"strata", "By " + r.strata_of, SharesHtml(r.strata, r.strata_of, r)});
  }
  page.sections.push_back({"inspectors", "Inspectors", InspectorsHtml(r)});
  page.sections.push_back({"decisions", "Decisions", DecisionsHtml(reviews)});
  return RenderPage(page);
}

}  // namespace bottega
