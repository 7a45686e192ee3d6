#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "audit/label_judgement.h"
#include "audit/suspicious_values.h"
#include "base/text.h"
#include "learn/confident_learning.h"
#include "learn/label_noise.h"

namespace bottega {
namespace {

const Spec& SuspiciousLabelsSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "suspicious_labels",
      .one_line = "labels that rows like it contradict",
      .text =
          "Each label is judged by other rows only, out of fold; copies of a row have no say in "
          "it: by boosted trees in tables, by a linear model of words in texts, by neighbours and "
          "a linear probe over gradients and colours in pictures; with `--model RUN`, by "
          "neighbours and a linear probe over that model's embedding (of rows that it learned "
          "from, it may know a wrong label by heart). How often labels are wrong is read off the "
          "rows whose class is surest; with that, every label gets the probability "
          "that it is wrong. One is reported when that is at least `sure`. Severity: warning; "
          "info, and only the `few` clearest, where the columns do not determine the label (the "
          "judgement, labels' noise taken out, is right in less than `accuracy` of the rows, mean "
          "over classes): then unusual rows are often no mistakes. `filter` takes one of "
          "confident learning's rules instead. Where the target is a number, a value is "
          "reported whose distance from its prediction is beyond what chance explains; of those "
          "reported a share of `chance` is expected to be sound.",
      .params = {{.name = "sure",
                  .type = ParamType::kFloat,
                  .what = "probability of being wrong from which on a label is reported",
                  .fallback = 0.5,
                  .min = 0,
                  .max = 1,
                  .larger = "names fewer labels, more of them wrong",
                  .smaller = "finds more of the mistakes, with more false alarms"},
                 {.name = "chance",
                  .type = ParamType::kFloat,
                  .what =
                      "of a target that is a number: share of sound values among those reported",
                  .fallback = 0.1,
                  .min = 0,
                  .max = 1,
                  .larger = "finds more of the mistakes, with more false alarms",
                  .smaller = "names fewer values, more of them wrong"},
                 {.name = "accuracy",
                  .type = ParamType::kFloat,
                  .what = "accuracy, mean over classes, from which on the judgement is trusted",
                  .fallback = 0.85,
                  .min = 0,
                  .max = 1},
                 {.name = "few",
                  .type = ParamType::kFloat,
                  .what = "share of the rows, and 10 rows in any case, that it reports at most "
                          "where it is not trusted",
                  .fallback = 0.01,
                  .min = 0,
                  .max = 1,
                  .larger = "finds more of the mistakes, with more false alarms",
                  .smaller = "names only the clearest"},
                 {.name = "filter",
                  .type = ParamType::kChoice,
                  .what = "which labels are reported: by their probability of being wrong, or by a "
                          "rule of confident learning",
                  .fallback = "probability",
                  .choices = {"probability", "prune_by_class", "prune_by_noise_rate", "both",
                              "confident"}},
                 {.name = "score",
                  .type = ParamType::kChoice,
                  .what = "the score of rows, 1 sound to 0 wrong, and the order of the findings",
                  .fallback = "self_confidence",
                  .choices = {"self_confidence", "normalized_margin",
                              "confidence_weighted_entropy"}},
                 {.name = "neighbors",
                  .type = ParamType::kInt,
                  .what = "nearest rows that vote, in pictures and small tables",
                  .fallback = 25,
                  .min = 3,
                  .max = 200,
                  .larger = "steadier votes; small clusters are outvoted",
                  .smaller = "finds mistakes in small clusters, with more false alarms"}},
      .synonyms = {"wrong_labels", "label_noise", "label_errors", "confident_learning"},
      .ignored = {{"sure", "filter", "prune_by_class"},
                  {"sure", "filter", "prune_by_noise_rate"},
                  {"sure", "filter", "both"},
                  {"sure", "filter", "confident"}},
      .source =
          "Northcutt, Jiang & Chuang, Confident Learning, JAIR 2021; Patrini et al., CVPR "
          "2017",
  };
  return spec;
}

constexpr size_t kFewest = 10;

// Everything that is known of the labels once they are judged.
struct Verdict {
  LabelJudgement judgement;
  std::vector<float> wrong, score;  // per row
  double accuracy = 0;              // against true labels, mean over classes
};

LabelQuality QualityNamed(const std::string& name) {
  static const std::map<std::string, LabelQuality> qualities = {
      {"self_confidence", LabelQuality::kSelfConfidence},
      {"normalized_margin", LabelQuality::kNormalizedMargin},
      {"confidence_weighted_entropy", LabelQuality::kConfidenceWeightedEntropy}};
  return qualities.at(name);
}

Verdict Judge(const AuditContext& context, const LabelFeatures& features) {
  Verdict verdict;
  verdict.judgement = JudgeClasses(context, features, context.settings.at("neighbors").get<int>());
  const LabelJudgement& judged = verdict.judgement;
  const LabelNoise noise = EstimateNoise(judged.label, judged.probability);
  verdict.wrong = WrongLabelProbability(judged.label, judged.probability, noise);
  verdict.score = LabelQualityScores(judged.label, judged.probability,
                                     QualityNamed(context.settings.at("score").get<std::string>()));
  verdict.accuracy = noise.accuracy;
  return verdict;
}

std::vector<uint8_t> Doubted(const AuditContext& context, const Verdict& verdict) {
  static const std::map<std::string, LabelFilter> filters = {
      {"prune_by_class", LabelFilter::kPruneByClass},
      {"prune_by_noise_rate", LabelFilter::kPruneByNoiseRate},
      {"both", LabelFilter::kBoth},
      {"confident", LabelFilter::kConfident}};
  const LabelJudgement& judged = verdict.judgement;
  const auto at = filters.find(context.settings.at("filter").get<std::string>());
  if (at != filters.end()) return FindLabelIssues(judged.label, judged.probability, at->second);
  const double sure = context.settings.at("sure").get<double>();
  std::vector<uint8_t> marks(judged.label.size());
  for (size_t i = 0; i < marks.size(); ++i) marks[i] = verdict.wrong[i] >= sure;
  return marks;
}

struct Suspect {
  size_t index = 0;  // into the features' rows
  int32_t better = 0;
  double given = 0, other = 0;
};

// Where another class is likelier than the given one; the least sound first.
std::vector<Suspect> SuspectsOf(const AuditContext& context, const Verdict& verdict) {
  const LabelJudgement& judged = verdict.judgement;
  const std::vector<uint8_t> marks = Doubted(context, verdict);
  std::vector<Suspect> suspects;
  if (verdict.accuracy == 0) return suspects;  // the columns tell nothing of the labels
  for (size_t i = 0; i < marks.size(); ++i) {
    const float* p = judged.probability.row(static_cast<int64_t>(i));
    const int64_t best = std::max_element(p, p + judged.probability.columns) - p;
    if (marks[i] == 0 || best == judged.label[i]) continue;
    suspects.push_back({i, static_cast<int32_t>(best), p[judged.label[i]], p[best]});
  }
  std::ranges::stable_sort(suspects, {}, [&](const Suspect& s) { return verdict.score[s.index]; });
  return suspects;
}

void Report(const AuditContext& context, const Verdict& verdict, int64_t position,
            const Suspect& suspect, bool trusted, Findings& findings) {
  const Dataset& data = context.data;
  const Codes& classes = context.shared.CodesOfColumn(TargetIndex(data));
  const LabelJudgement& judged = verdict.judgement;
  const std::string& given = classes.values[static_cast<size_t>(judged.label[suspect.index])];
  const std::string& better = classes.values[static_cast<size_t>(suspect.better)];
  Finding& finding = findings.Add(
      trusted ? Severity::kWarning : Severity::kInfo, PlaceOf(data, position, TargetIndex(data)),
      NameRow(data, position) + " is labelled " + Quote(given) + " but " +
          (data.HasPictures() ? "looks" : "reads") + " like " + Quote(better) + " (" +
          FormatPercent(suspect.other, 0) + " against " + FormatPercent(suspect.given, 0) + ")",
      trusted ? "look at it; if the label is wrong, correct it to " + Quote(better)
              : "look at it if labels are cheap to check: it may just be unusual");
  const double wrong = verdict.wrong[suspect.index];
  finding.confidence = std::min(0.99, wrong * verdict.accuracy);
  finding.detail = {{"given", given},
                    {"suggested", better},
                    {"given_probability", suspect.given},
                    {"suggested_probability", suspect.other},
                    {"wrong_probability", wrong},
                    {"judged_by", judged.by}};
}

// The probabilities, where they are not too many to be of use.
void Keep(const AuditContext& context, const LabelFeatures& features, const Matrix& probability,
          Findings& findings) {
  constexpr int64_t kMost = 20'000'000;
  const int64_t k = probability.columns;
  if (context.data.size() * k > kMost) return;
  std::vector<float> values(static_cast<size_t>(context.data.size() * k), std::nanf(""));
  for (size_t i = 0; i < features.positions.size(); ++i) {
    std::copy_n(probability.row(static_cast<int64_t>(i)), k,
                values.begin() + features.positions[i] * k);
  }
  findings.Probabilities(context.shared.CodesOfColumn(TargetIndex(context.data)).values,
                         std::move(values));
}

// The first `few` that no person has decided about; those that one has do not take their place.
void KeepFew(const AuditContext& context, const LabelFeatures& features, size_t few,
             std::vector<Suspect>* suspects) {
  size_t open = 0;
  std::erase_if(*suspects, [&](const Suspect& suspect) {
    const int64_t position = features.positions[suspect.index];
    const int64_t row = context.data.rows[static_cast<size_t>(position)];
    if (context.memory != nullptr && context.memory->reviewed.contains(row)) return false;
    return ++open > few;
  });
}

void RunClasses(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  const size_t k = context.shared.CodesOfColumn(TargetIndex(data)).values.size();
  if (k < 2 || k > 1000 || data.size() < 50) {
    findings.Skip(k < 2 ? "there is only one class"
                        : (k > 1000 ? "there are over 1,000 classes" : "fewer than 50 rows"));
    return;
  }
  const LabelFeatures features = MakeLabelFeatures(context);
  const bool comparable = features.has_table() || features.has_text() || features.has_dense();
  if (!comparable || features.positions.size() < 50) {
    findings.Skip("there are no columns that rows could be compared by");
    return;
  }
  const Verdict verdict = Judge(context, features);
  std::vector<float> sound(static_cast<size_t>(data.size()), std::nanf(""));
  for (size_t i = 0; i < features.positions.size(); ++i) {
    sound[static_cast<size_t>(features.positions[i])] = verdict.score[i];
  }
  findings.Score(std::move(sound));
  Keep(context, features, verdict.judgement.probability, findings);
  const bool trusted = verdict.accuracy >= context.settings.at("accuracy").get<double>();
  std::vector<Suspect> suspects = SuspectsOf(context, verdict);
  const double share = context.settings.at("few").get<double>();
  const size_t few = std::max(
      kFewest, static_cast<size_t>(share * static_cast<double>(features.positions.size())));
  if (!trusted) KeepFew(context, features, few, &suspects);
  for (const Suspect& suspect : suspects) {
    Report(context, verdict, features.positions[suspect.index], suspect, trusted, findings);
  }
}

void Run(const AuditContext& context, Findings& findings) {
  if (TargetIndex(context.data) < 0) {
    findings.Skip("no column is the target");
  } else if (IsClassTarget(context.data)) {
    RunClasses(context, findings);
  } else {
    FindSuspiciousValues(context, findings);
  }
}

}  // namespace

const Check& SuspiciousLabels() {
  static const Check check = {&SuspiciousLabelsSpec, &Run};
  return check;
}

}  // namespace bottega
