// What the recipe scores beyond one training: over folds, and over seeds.
#include <cmath>

#include "base/text.h"
#include "metric/cross_validation.h"
#include "metric/metrics.h"
#include "report/page.h"
#include "report/plot.h"
#include "report/repeats.h"
#include "report/score.h"
#include "report/sections.h"

namespace bottega {

namespace {

constexpr size_t kMostFoldsDrawn = 50;

double NumberOf(const Json& value) { return value.is_number() ? value.get<double>() : NAN; }

std::string Primary(const Json& metrics) {
  const Json& primary = Member(metrics, "primary");
  return primary.is_string() ? primary.get<std::string>() : "accuracy";
}

Task TaskOf(const Json& metrics) {
  return Member(metrics, "task") == "regression" ? Task::kRegression : Task::kClassification;
}

std::string Number(const std::string& metric, double value) {
  return std::isfinite(value) ? ScoreText(metric, value) : "–";
}

// Entry i of a list that may be missing.
double EntryOf(const Json& list, size_t i) {
  return list.is_array() && i < list.size() ? NumberOf(list[i]) : NAN;
}

std::string FoldName(const Json& cv, const Json& one) {
  const std::string fold = "fold " + Member(one, "fold").dump();
  return NumberOf(Member(cv, "repeats")) > 1
             ? "repeat " + Member(one, "repeat").dump() + ", " + fold
             : fold;
}

// A dot a fold, then the mean with its interval, the pooled score and the model's own.
std::string FoldPlot(const Json& metrics, const std::string& metric) {
  const Json& cv = Member(metrics, "cv");
  const Json& by_fold = Member(Member(cv, metric), "by_fold");
  const Json& each = Member(cv, "each");
  IntervalPlot plot{.title = MetricLabel(metric) + ", fold by fold",
                    .x_label = MetricLabel(metric),
                    .caption =
                        "The mean's bar is the corrected resampled t interval: folds share "
                        "most of their training rows, so that their scores agree more than "
                        "those of fresh data would.",
                    .percent = IsShare(metric)};
  for (size_t i = 0; i < each.size() && each.size() <= kMostFoldsDrawn; ++i) {
    plot.rows.push_back({FoldName(cv, each[i]), EntryOf(by_fold, i), NAN, NAN, 0});
  }
  const Score mean = ScoreAt(cv, metric);
  plot.rows.push_back({"mean of the folds", mean.value, mean.low, mean.high, 1});
  const Score pooled = ScoreAt(Member(metrics, kOutOfFold), metric);
  plot.rows.push_back({"pooled, out of fold", pooled.value, pooled.low, pooled.high, 0});
  if (Member(metrics, "test").is_object()) {
    const Score test = ScoreAt(metrics["test"], metric);
    plot.rows.push_back({"the model, test part", test.value, test.low, test.high, 0});
  }
  plot.reference = ScoreAt(Member(Member(metrics, kOutOfFold), "baseline"), metric).value;
  if (std::isfinite(plot.reference)) plot.reference_label = "guessing";
  return Draw(plot);
}

std::string FoldTable(const Json& metrics) {
  const Json& cv = Member(metrics, "cv");
  const std::vector<std::string> names = MetricNames(TaskOf(metrics));
  std::vector<std::string> head = {"", "learned from", "held out", "best epoch"};
  for (const std::string& name : names) {
    head.push_back(MetricLabel(name) + (LargerIsBetter(name) ? "" : " ↓"));
  }
  std::vector<std::vector<std::string>> rows;
  const Json& each = Member(cv, "each");
  for (size_t i = 0; i < each.size(); ++i) {
    const Json& one = each[i];
    std::vector<std::string> row = {
        FoldName(cv, one), FormatCount(one.value("learned", int64_t{0})),
        FormatCount(one.value("rows", int64_t{0})), PlainText(Member(one, "best_epoch"))};
    for (const std::string& name : names) {
      row.push_back(Number(name, EntryOf(Member(Member(cv, name), "by_fold"), i)));
    }
    rows.push_back(std::move(row));
  }
  std::vector<std::string> mean = {"mean", "", "", ""}, range = {"95 % interval", "", "", ""};
  std::vector<std::string> pooled = {"pooled, out of fold", "",
                                     PlainText(Member(Member(metrics, kOutOfFold), "rows")), ""};
  range[0] = FormatPercent(NumberOf(Member(cv, "level")), 0) + " interval of the mean";
  for (const std::string& name : names) {
    mean.push_back(Number(name, ScoreAt(cv, name).value));
    range.push_back(RangeText(name, ScoreAt(cv, name)));
    pooled.push_back(Number(name, ScoreAt(Member(metrics, kOutOfFold), name).value));
  }
  for (auto* row : {&mean, &range, &pooled}) rows.push_back(std::move(*row));
  std::vector<int> numeric;
  for (size_t i = 1; i < head.size(); ++i) numeric.push_back(static_cast<int>(i));
  return HtmlTable(head, rows, numeric,
                   "Scores of each fold's model on the rows that it did not see");
}

std::string SeedPlot(const Json& metrics, const std::string& part, const std::string& metric) {
  const Json& seeds = Member(metrics, "seeds");
  const Json& spread = Member(Member(seeds, part), metric);
  IntervalPlot plot{.title = MetricLabel(metric) + " of each seed, " + part + " part",
                    .x_label = MetricLabel(metric),
                    .caption =
                        "The last bar is what other samples of rows would score with the "
                        "first seed; the dots are what other seeds score on the same rows.",
                    .percent = IsShare(metric)};
  for (size_t i = 0; i < Member(seeds, "seeds").size(); ++i) {
    plot.rows.push_back(
        {"seed " + seeds["seeds"][i].dump(), EntryOf(Member(spread, "by_seed"), i), NAN, NAN, 0});
  }
  const Score own = ScoreAt(Member(metrics, part), metric);
  plot.rows.push_back({"sampling of rows", own.value, own.low, own.high, 1});
  return Draw(plot);
}

std::string SeedTable(const Json& metrics, const std::string& part) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string& name : MetricNames(TaskOf(metrics))) {
    const Json& spread = Member(Member(Member(metrics, "seeds"), part), name);
    const auto number = [&](const char* key) {
      return Number(name, NumberOf(Member(spread, key)));
    };
    rows.push_back({MetricLabel(name) + (LargerIsBetter(name) ? "" : " ↓"), number("value"),
                    number("deviation"), number("smallest"), number("largest"),
                    RangeText(name, ScoreAt(Member(metrics, part), name))});
  }
  return HtmlTable({"Metric", "mean", "deviation", "smallest", "largest", "sampling interval"},
                   rows, {1, 2, 3, 4, 5}, "Spread over the seeds, " + part + " part");
}

}  // namespace

std::vector<std::string> SignChanges(const Json& metrics) {
  std::vector<std::string> sentences;
  for (const Json& one : Member(Member(metrics, "seeds"), "conclusions")) {
    if (!one.value("changes_sign", false)) continue;
    sentences.push_back(one.value("says", "") + " with " + Member(one, "holds").dump() + " of " +
                        Member(one, "of").dump() + " seeds: do not conclude it");
  }
  return sentences;
}

std::string CrossValidationHtml(const Json& facts) {
  const Json& metrics = Member(facts, "metrics");
  const Json& cv = Member(metrics, "cv");
  if (!cv.is_object()) return "";
  const std::string metric = Primary(metrics);
  const std::string times =
      NumberOf(Member(cv, "repeats")) > 1 ? ", " + Member(cv, "repeats").dump() + " times" : "";
  return Paragraph("The recipe was trained anew on each of " + Member(cv, "folds").dump() +
                   " folds" + times +
                   ", each with steps fitted on its own training rows, and scored on the rows that "
                   "it had not seen. This is the score of the recipe; the model itself was trained "
                   "on the train part. The test part took no part in the folds.") +
         FoldPlot(metrics, metric) + FoldTable(metrics);
}

std::string SeedsHtml(const Json& facts) {
  const Json& metrics = Member(facts, "metrics");
  const Json& seeds = Member(metrics, "seeds");
  if (!seeds.is_object()) return "";
  const std::string part = JudgedPart(metrics);
  std::string items;
  for (const std::string& sentence : SignChanges(metrics)) {
    items += "<li>" + EscapeHtml(sentence) + "</li>";
  }
  std::string html = Paragraph("The same recipe, data and split with " +
                               std::to_string(Member(seeds, "seeds").size()) +
                               " seeds: what changes is the seed's doing.");
  if (!items.empty()) html += "<div class=\"callout warning\"><ul>" + items + "</ul></div>";
  std::vector<std::vector<std::string>> rows;
  for (const Json& one : Member(seeds, "conclusions")) {
    rows.push_back({PlainText(Member(one, "says")),
                    Member(one, "holds").dump() + " of " + Member(one, "of").dump(),
                    one.value("changes_sign", false) ? "changes sign" : "same sign"});
  }
  return html + SeedPlot(metrics, part, Primary(metrics)) + SeedTable(metrics, part) +
         HtmlTable({"Conclusion", "seeds", ""}, rows, {}, "Does the conclusion hold?");
}

}  // namespace bottega
