#include <algorithm>

#include "base/terminal.h"
#include "base/text.h"
#include "metric/cross_validation.h"
#include "metric/metrics.h"
#include "report/baselines.h"
#include "report/repeats.h"
#include "report/report.h"
#include "report/score.h"
#include "report/verdict.h"
#include "spec/page.h"

namespace bottega {

namespace {

constexpr int kWidth = 80, kNameCells = 18, kPartCells = 21;

std::string Pad(const std::string& text, int cells) {
  return text + std::string(static_cast<size_t>(std::max(1, cells - DisplayWidth(text))), ' ');
}

std::string CellOf(const std::string& metric, const Score& score) {
  if (!score.known()) return "–";
  const auto number = [&](double v) {
    const std::string text = ScoreText(metric, v);
    return IsShare(metric) ? text.substr(0, text.size() - 2) : text;
  };
  std::string text = ScoreText(metric, score.value);
  if (score.has_interval()) text += " [" + number(score.low) + ", " + number(score.high) + "]";
  return text;
}

std::string Table(const Json& metrics) {
  const std::vector<std::string> parts = PartsOf(metrics);
  std::string head = Pad("", kNameCells), rows = Pad("rows", kNameCells), body;
  for (const std::string& part : parts) {
    head += Pad(part, kPartCells);
    const Json& count = Member(Member(metrics, part), "rows");
    rows += Pad(count.is_number() ? FormatCount(count.get<int64_t>()) : "–", kPartCells);
  }
  const Task task =
      metrics.value("task", "") == "regression" ? Task::kRegression : Task::kClassification;
  for (const std::string& metric : MetricNames(task)) {
    std::string line = Pad(metric, kNameCells);
    for (const std::string& part : parts) {
      line += Pad(CellOf(metric, ScoreAt(Member(metrics, part), metric)), kPartCells);
    }
    body += std::string(line.substr(0, line.find_last_not_of(' ') + 1)) + "\n";
  }
  const auto trimmed = [](const std::string& line) {
    return line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  };
  return Paint(head.substr(0, head.find_last_not_of(' ') + 1), Style::kBold) + "\n" +
         trimmed(rows) + body;
}

// Mean and interval of the folds, spread of the seeds, by the primary metric.
std::string Repeats(const Json& metrics) {
  const Json& primary = Member(metrics, "primary");
  if (!primary.is_string()) return "";
  const std::string metric = primary.get<std::string>();
  std::string text;
  const Json& cv = Member(metrics, "cv");
  if (cv.is_object()) {
    const std::string pooled = CellOf(metric, ScoreAt(Member(metrics, kOutOfFold), metric));
    text += std::to_string(Member(cv, "each").size()) + " folds: " + metric + " " +
            CellOf(metric, ScoreAt(cv, metric)) + " (corrected t), pooled " + pooled + "\n";
  }
  const Json& seeds = Member(metrics, "seeds");
  const Json& spread = Member(Member(seeds, JudgedPart(metrics)), metric);
  if (spread.is_object()) {
    const auto number = [&](const char* key) {
      const Json& value = Member(spread, key);
      return value.is_number() ? ScoreText(metric, value) : std::string("–");
    };
    text += std::to_string(Member(seeds, "seeds").size()) + " seeds: " + JudgedPart(metrics) + "." +
            metric + " " + number("value") + ", deviation " + number("deviation") + ", " +
            number("smallest") + " to " + number("largest") + "\n";
  }
  return text.empty() ? "" : text + "\n";
}

Style StyleOf(const std::string& kind) {
  if (kind == "good") return Style::kGreen;
  return kind == "error" ? Style::kRed : kind == "warning" ? Style::kYellow : Style::kBold;
}

}  // namespace

std::string SummaryText(const Json& facts) {
  const Verdict verdict = JudgeRun(facts);
  std::string text = "\n";
  const Json& metrics = Member(facts, "metrics");
  if (metrics.is_object()) text += Table(metrics) + "\n" + Repeats(metrics) + BaselinesText(facts);
  text += Paint(Trim(Wrap(verdict.headline, kWidth, 0)), StyleOf(verdict.kind)) + "\n";
  for (const Remark& remark : verdict.remarks) {
    text += Wrap("- " + remark.text, kWidth, 2, false);
  }
  for (const std::string& sentence : SignChanges(metrics)) {
    text += Wrap("- " + sentence + ".", kWidth, 2, false);
  }
  const size_t open = OpenQuestions(facts).size();
  if (open > 0) {
    text += Wrap("- " + std::to_string(open) + (open == 1 ? " question" : " questions") +
                     " about its use " + (open == 1 ? "is" : "are") +
                     " open: fill in the use section of bottega.yaml.",
                 kWidth, 2, false);
  }
  return text;
}

}  // namespace bottega
