#include "report/verdict.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "metric/metrics.h"
#include "report/baselines.h"
#include "report/score.h"

namespace bottega {

namespace {

constexpr double kFewPicturesAClass = 1000, kSkillOfEnough = 0.6, kWeakSkill = 0.3;
constexpr double kLargeGap = 0.1, kSmallGap = 0.03, kWideHalf = 0.05;
constexpr double kLowRecall = 0.5, kLargeFairnessGap = 0.1, kPoorCalibration = 0.1;

// What all rules look at.
struct Evidence {
  std::string metric, part;
  bool larger = true;
  Score judged{}, train{};
  double baseline = NAN, skill = NAN, gap = NAN;
  bool apart = false;  // the intervals of train and judged do not meet
  int64_t rows = 0, train_rows = 0, all_rows = 0, classes = 0;
  std::string answer;  // what the baseline says
};

int64_t RowsOf(const Json& part) {
  const Json& rows = Member(part, "rows");
  return rows.is_number() ? rows.get<int64_t>() : 0;
}

Evidence Collect(const Json& facts) {
  const Json& metrics = Member(facts, "metrics");
  Evidence e;
  e.part = JudgedPart(metrics);
  e.metric = metrics.value("primary", "accuracy");
  e.larger = LargerIsBetter(e.metric);
  const Json& part = Member(metrics, e.part);
  const Json& train = Member(metrics, "train");
  e.judged = ScoreAt(part, e.metric);
  e.train = ScoreAt(train, e.metric);
  e.baseline = ScoreAt(Member(part, "baseline"), e.metric).value;
  e.skill =
      e.larger ? (e.judged.value - e.baseline) / (1 - e.baseline) : 1 - e.judged.value / e.baseline;
  e.gap = (e.train.value - e.judged.value) * (e.larger ? 1 : -1);
  e.apart = e.larger ? e.train.low > e.judged.high : e.train.high < e.judged.low;
  e.rows = RowsOf(part);
  e.train_rows = RowsOf(train);
  for (const std::string& name : PartsOf(metrics)) e.all_rows += RowsOf(Member(metrics, name));
  e.classes = static_cast<int64_t>(Member(metrics, "classes").size());
  const Json& answer = Member(Member(part, "baseline"), "predicts");
  if (answer.is_string()) e.answer = answer.get<std::string>();
  return e;
}

std::string Quoted(const std::string& text) { return "“" + Shorten(text, 40) + "”"; }

bool ReachesBaseline(const Evidence& e) {
  if (!e.judged.has_interval() || std::isnan(e.baseline)) return false;
  return e.larger ? e.judged.low <= e.baseline : e.judged.high >= e.baseline;
}

bool TooFewPictures(const Evidence& e, const Json& facts) {
  if (!HasPictures(facts) || e.classes == 0) return false;
  const Json& pretrained = Member(Member(Member(facts, "recipe"), "model"), "pretrained");
  const bool from_scratch = pretrained.is_null() || pretrained == "";
  const double per_class = static_cast<double>(e.train_rows) / static_cast<double>(e.classes);
  return from_scratch && per_class < kFewPicturesAClass && !(e.skill >= kSkillOfEnough);
}

bool Overfits(const Evidence& e) { return e.apart && e.gap > kLargeGap && e.larger; }

bool Unsure(const Evidence& e) {
  return e.larger && e.judged.has_interval() && (e.judged.high - e.judged.low) / 2 > kWideHalf;
}

std::string Interval(const Evidence& e) {
  const std::string range = RangeText(e.metric, e.judged);
  return range.empty() ? "" : " (95 % interval " + range + ")";
}

Remark AboutScore(const Evidence& e, const Json& facts) {
  const std::string unseen = e.part == "train" ? "" : " it was not trained on";
  const std::string units = HasPictures(facts) ? "pictures" : "rows";
  const std::string value = ScoreText(e.metric, e.judged.value);
  std::string text;
  if (e.metric == "accuracy") {
    text = "It is right for " + value + " of the " + units + unseen + Interval(e) + ".";
  } else if (e.metric == "balanced_accuracy") {
    text = "It finds " + value + " of each class, averaged over the classes" + Interval(e) +
           "; one class dominates the data, so plain accuracy would flatter it.";
  } else if (e.metric == "r2") {
    const double mae = ScoreAt(Member(Member(facts, "metrics"), e.part), "mae").value;
    text = "It explains " + FormatPercent(e.judged.value, 0) + " of how the target varies" +
           (e.judged.has_interval() ? " (95 % interval " + FormatPercent(e.judged.low, 0) + " to " +
                                          FormatPercent(e.judged.high, 0) + ")"
                                    : "") +
           "; its answers are off by " + FormatNumber(mae, 3) + " on average.";
  } else {
    text = "Its " + MetricLabel(e.metric) + " is " + value + Interval(e) + ".";
  }
  return {"info", "How good it is", text};
}

std::string BetterThanMean(const Evidence& e, const Json& facts) {
  const Json& part = Member(Member(facts, "metrics"), e.part);
  return "Always answering the training mean, " + e.answer + ", would be off by " +
         FormatNumber(ScoreAt(Member(part, "baseline"), "mae").value, 3) +
         " on average; the model is off by " + FormatNumber(ScoreAt(part, "mae").value, 3) + ".";
}

Remark AboutBaseline(const Evidence& e, const Json& facts) {
  const std::string baseline = ScoreText(e.metric, e.baseline);
  const std::string guess = "Always answering " + Quoted(e.answer) + " would score " + baseline;
  if (ReachesBaseline(e)) {
    return {"error", "No better than guessing",
            guess + ", and the model's interval reaches that: nothing useful was learned."};
  }
  const std::string better = guess + "; of the errors that this leaves, the model avoids " +
                             FormatPercent(e.skill, 0) + ".";
  if (e.metric == "r2") {
    return {e.skill < kWeakSkill ? "warning" : "good",
            e.skill < kWeakSkill ? "Little better than guessing" : "Better than guessing",
            BetterThanMean(e, facts)};
  }
  if (e.skill < kWeakSkill) return {"warning", "Little better than guessing", better};
  return {"good", "Better than guessing", better};
}

Remark AboutGap(const Evidence& e) {
  const bool points = IsShare(e.metric);
  const std::string size = points ? FormatNumber(std::abs(100 * e.gap), 2) + " points"
                                  : FormatNumber(std::abs(e.gap), 2);
  const std::string name = "between train and " + e.part;
  if (Overfits(e)) {
    return {"warning", "Overfitting",
            "The gap " + name + " is " + size +
                ": it remembers its training rows better than it understands them. More rows, "
                "stronger augmentation or regularization, or a smaller model close this gap."};
  }
  if (e.apart && e.gap > kSmallGap) {
    return {"info", "A gap to the training rows",
            "It scores " + size + " better on the rows it was trained on than on " + e.part +
                ". That is usual in size; more rows would narrow it."};
  }
  if (e.gap > kSmallGap) {
    return {"info", "A gap that may be chance",
            "It scores " + size + " better on the rows it was trained on than on " + e.part +
                ", but with so few rows the intervals meet: the true gap may be smaller, or none."};
  }
  return {
      "good", "It carries over",
      "The gap " + name + " is " + size + ": on new rows it does as well as on those it has seen."};
}

Remark AboutSize(const Evidence& e, const Json& facts) {
  const std::string range = RangeText(e.metric, e.judged);
  return {"warning", "The " + e.part + " part is small",
          CountOf(e.rows, facts) + " leave the score anywhere from " + range +
              ". A difference between two models smaller than that says nothing."};
}

void AddClasses(const Evidence& e, const Json& part, std::vector<Remark>* remarks) {
  constexpr size_t kNamed = 5;
  std::vector<std::string> missed, absent;
  for (const auto& [name, scores] : Member(part, "per_class").items()) {
    const Score recall = ScoreAt(scores, "recall");
    if (Member(scores, "weight") == 0 && absent.size() < kNamed) absent.push_back(Quoted(name));
    if (!(recall.value < kLowRecall) || missed.size() == kNamed) continue;
    missed.push_back(Quoted(name) + " (" + FormatPercent(recall.value, 0) + ")");
  }
  if (!missed.empty()) {
    remarks->push_back({"warning", "Classes it mostly misses",
                        "It finds fewer than half of " + Join(missed, ", ") + "."});
  }
  if (!absent.empty()) {
    remarks->push_back({"warning", "Classes that are not scored",
                        "Whether it finds " + Join(absent, ", ") + " is not known: " + e.part +
                            " has no row of " + (absent.size() == 1 ? "it." : "them.")});
  }
}

void AddFairness(const Json& fairness, std::vector<Remark>* remarks) {
  for (const char* name : {"equalized_odds_gap", "accuracy_gap"}) {
    const Score gap = ScoreAt(fairness, name);
    if (!(gap.value > kLargeFairnessGap)) continue;
    const bool sure = gap.low > kLargeFairnessGap;
    remarks->push_back({"warning", "Groups fare differently",
                        "Between groups of " + Quoted(Member(fairness, name).value("column", "")) +
                            " the " + Replace(name, "_", " ") + " on validation is " +
                            FormatNumber(gap.value, 2) +
                            (gap.has_interval() ? " (95 % interval " + FormatNumber(gap.low, 2) +
                                                      " to " + FormatNumber(gap.high, 2) + ")"
                                                : "") +
                            (sure ? "." : "; with so few rows in some groups it may be smaller.")});
    return;
  }
}

void AddCalibration(const Json& part, std::vector<Remark>* remarks) {
  const Score ece = ScoreAt(part, "ece");
  if (!(ece.value > kPoorCalibration)) return;
  remarks->push_back({"info", "Its probabilities are not to be taken at their word",
                      "The probabilities it states are off by " + FormatNumber(100 * ece.value, 2) +
                          " points on average."});
}

void AddAudit(const Json& facts, std::vector<Remark>* remarks) {
  int64_t errors = 0;
  for (const Json& finding : Member(Member(facts, "audit"), "findings")) {
    errors += finding.value("severity", "") == "error";
  }
  if (errors == 0) return;
  remarks->push_back({"warning", "The data have serious findings",
                      FormatCount(errors) + (errors == 1 ? " finding" : " findings") +
                          " of severity error: see what the audit found."});
}

void SetHeadline(const Evidence& e, const Json& facts, Verdict* verdict) {
  const std::string units = HasPictures(facts) ? "pictures" : "rows";
  if (TooFewPictures(e, facts)) {
    verdict->kind = "error";
    verdict->headline =
        CountOf(e.all_rows, facts) + " are too few to train this network from scratch.";
  } else if (ReachesBaseline(e)) {
    verdict->kind = "error";
    verdict->headline = "It does no better than always answering " + Quoted(e.answer) + ".";
  } else if (Overfits(e)) {
    verdict->kind = "warning";
    verdict->headline = "It does much better on what it has seen than on new " + units + ".";
  } else if (e.skill < kWeakSkill) {
    verdict->kind = "warning";
    verdict->headline = "It has learned something, but not much.";
  } else if (Unsure(e)) {
    verdict->kind = "warning";
    verdict->headline = "Promising, but measured on too few " + units + " to be sure.";
  } else {
    verdict->kind = "good";
    verdict->headline = "It works on " + units + " it has not seen.";
  }
}

}  // namespace

Verdict JudgeRun(const Json& facts) {
  Verdict verdict{"info", "The model has not been evaluated yet.", {}};
  if (PartsOf(Member(facts, "metrics")).empty()) return verdict;
  const Evidence e = Collect(facts);
  const Json& part = Member(Member(facts, "metrics"), e.part);
  if (!e.judged.known()) {
    verdict.headline = "The " + e.part + " part does not allow a verdict.";
  } else {
    SetHeadline(e, facts, &verdict);
    verdict.remarks.push_back(AboutScore(e, facts));
    if (TooFewPictures(e, facts)) {
      verdict.remarks.push_back(
          {"error", "Too few pictures",
           "Networks of this kind learn what to look at from thousands of pictures a class; here "
           "are " +
               FormatCount(e.train_rows / std::max<int64_t>(1, e.classes)) +
               " a class to learn from. Collect more, or use a network that has seen others."});
    }
    if (!std::isnan(e.baseline)) verdict.remarks.push_back(AboutBaseline(e, facts));
    if (HasBaselines(facts)) verdict.remarks.push_back(AboutBaselines(facts));
    if (e.part != "train" && e.train.known()) verdict.remarks.push_back(AboutGap(e));
    if (Unsure(e)) verdict.remarks.push_back(AboutSize(e, facts));
  }
  AddClasses(e, part, &verdict.remarks);
  AddFairness(Member(facts, "fairness"), &verdict.remarks);
  AddCalibration(part, &verdict.remarks);
  AddAudit(facts, &verdict.remarks);
  return verdict;
}

}  // namespace bottega
