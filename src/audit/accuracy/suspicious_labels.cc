#include <algorithm>
#include <cmath>
#include <numeric>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/random.h"
#include "base/text.h"
#include "learn/encode.h"
#include "learn/label_scores.h"
#include "profile/picture_scan.h"

namespace bottega {
namespace {

const Spec& SuspiciousLabelsSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "suspicious_labels",
      .one_line = "labels that rows like it contradict",
      .text =
          "Each label is judged by other rows only: by the votes of the nearest neighbours and by "
          "a linear probe fitted on other folds, over gradients and colours for pictures and over "
          "encoded columns for tables. Copies of a row have no say in it. A label is reported when "
          "both give it less than `doubt` and another class at least `sure`. Severity: warning; "
          "info, and only the `few` clearest, where the judgement itself is right in less than "
          "`accuracy` of the rows (mean over classes): then the columns do not determine the "
          "label, and unusual rows are often no mistakes.",
      .params = {{.name = "neighbors",
                  .type = ParamType::kInt,
                  .what = "nearest rows that vote",
                  .fallback = 25,
                  .min = 3,
                  .max = 200,
                  .larger = "steadier votes; small clusters are outvoted",
                  .smaller = "finds mistakes in small clusters, with more false alarms"},
                 {.name = "doubt",
                  .type = ParamType::kFloat,
                  .what = "joint probability of the given label below which it is doubted",
                  .fallback = 0.15,
                  .min = 0,
                  .max = 1},
                 {.name = "sure",
                  .type = ParamType::kFloat,
                  .what = "joint probability that another class needs",
                  .fallback = 0.4,
                  .min = 0,
                  .max = 1},
                 {.name = "accuracy",
                  .type = ParamType::kFloat,
                  .what = "out-of-fold accuracy, mean over classes, from which on it is trusted",
                  .fallback = 0.85,
                  .min = 0,
                  .max = 1},
                 {.name = "few",
                  .type = ParamType::kFloat,
                  .what = "share of the rows, and 20 rows in any case, that it reports at most "
                          "where it is not trusted",
                  .fallback = 0.02,
                  .min = 0,
                  .max = 1,
                  .larger = "finds more of the mistakes, with more false alarms",
                  .smaller = "names only the clearest"}},
      .synonyms = {"wrong_labels", "label_noise", "confident_learning"},
      .source = "Northcutt, Jiang & Chuang, Confident Learning, JAIR 2021 (the idea)",
  };
  return spec;
}

constexpr size_t kFewest = 20;

struct Judged {
  std::vector<int64_t> positions;
  std::vector<int32_t> label;
  std::vector<int64_t> group;
  Matrix features;
};

std::vector<int64_t> PositionsToJudge(const AuditContext& context, const Codes& classes) {
  const int64_t n = context.data.size();
  std::vector<int64_t> order(static_cast<size_t>(n));
  std::iota(order.begin(), order.end(), 0);
  if (n > context.sample) order = Permutation(n, context.seed, Purpose::kSample, 2);
  std::vector<int64_t> out;
  for (const int64_t position : order) {
    if (classes.code[static_cast<size_t>(position)] < 0) continue;
    out.push_back(position);
    if (static_cast<int64_t>(out.size()) == context.sample) break;
  }
  std::ranges::sort(out);
  return out;
}

Matrix PictureMatrix(const std::vector<PictureScan>& scans, std::vector<int64_t>* positions) {
  std::erase_if(*positions, [&](int64_t p) { return !scans[static_cast<size_t>(p)].readable; });
  Matrix out(static_cast<int64_t>(positions->size()), kPictureFeatures);
  for (size_t i = 0; i < positions->size(); ++i) {
    const std::vector<float>& features = scans[static_cast<size_t>((*positions)[i])].features;
    std::copy(features.begin(), features.end(), out.row(static_cast<int64_t>(i)));
  }
  return out;
}

Judged MakeJudged(const AuditContext& context, const Codes& classes) {
  const Dataset& data = context.data;
  Judged judged;
  judged.positions = PositionsToJudge(context, classes);
  if (data.HasPictures()) {
    judged.features = PictureMatrix(*ScanPictures(data), &judged.positions);
  } else {
    judged.features = EncodeRows(data, judged.positions);
  }
  const std::vector<int64_t>& group = context.shared.DuplicatesOfData().group;
  for (const int64_t position : judged.positions) {
    judged.label.push_back(classes.code[static_cast<size_t>(position)]);
    judged.group.push_back(group[static_cast<size_t>(position)]);
  }
  return judged;
}

struct Suspect {
  size_t index = 0;  // into Judged
  int32_t better = 0;
  double given = 0, other = 0;
};

std::vector<Suspect> SuspectsOf(const AuditContext& context, const Judged& judged,
                                const LabelScores& scores) {
  const double doubt = context.settings.at("doubt").get<double>();
  const double sure = context.settings.at("sure").get<double>();
  std::vector<Suspect> suspects;
  for (size_t i = 0; i < judged.positions.size(); ++i) {
    const float* p = scores.probability.row(static_cast<int64_t>(i));
    const int64_t best = std::max_element(p, p + scores.probability.columns) - p;
    const double given = p[judged.label[i]];
    if (best == judged.label[i] || given >= doubt || p[best] < sure) continue;
    suspects.push_back({i, static_cast<int32_t>(best), given, p[best]});
  }
  std::ranges::stable_sort(suspects, {}, [](const Suspect& s) { return s.given - s.other; });
  return suspects;
}

void Report(const AuditContext& context, const Codes& classes, const Judged& judged,
            const LabelScores& scores, const Suspect& suspect, bool trusted, Findings& findings) {
  const Dataset& data = context.data;
  const int64_t position = judged.positions[suspect.index];
  const std::string& given = classes.values[static_cast<size_t>(judged.label[suspect.index])];
  const std::string& better = classes.values[static_cast<size_t>(suspect.better)];
  Finding& finding = findings.Add(
      trusted ? Severity::kWarning : Severity::kInfo, PlaceOf(data, position, TargetIndex(data)),
      NameRow(data, position) + " is labelled " + Quote(given) + " but " +
          (data.HasPictures() ? "looks" : "reads") + " like " + Quote(better) + " (" +
          FormatPercent(suspect.other, 0) + " against " + FormatPercent(suspect.given, 0) + ")",
      trusted ? "look at it; if the label is wrong, correct it to " + Quote(better)
              : "look at it if labels are cheap to check: it may just be unusual");
  finding.confidence =
      std::clamp(scores.balanced_accuracy * (suspect.other - suspect.given), 0.0, 0.99);
  finding.detail = {{"given", given},
                    {"suggested", better},
                    {"given_probability", suspect.given},
                    {"suggested_probability", suspect.other},
                    {"neighbor_share", scores.neighbor_share[suspect.index]}};
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  if (!IsClassTarget(data)) {
    findings.Skip(TargetIndex(data) < 0 ? "no column is the target" : "the target is a number");
    return;
  }
  const Codes& classes = context.shared.CodesOfColumn(TargetIndex(data));
  const int k = static_cast<int>(classes.values.size());
  if (k < 2 || k > 1000 || data.size() < 50) {
    findings.Skip(k < 2 ? "there is only one class"
                        : (k > 1000 ? "there are over 1,000 classes" : "fewer than 50 rows"));
    return;
  }
  const Judged judged = MakeJudged(context, classes);
  if (judged.features.columns == 0 || judged.positions.size() < 50) {
    findings.Skip("there are no columns that rows could be compared by");
    return;
  }
  LabelScoreOptions options{.seed = context.seed};
  options.neighbors = context.settings.at("neighbors").get<int>();
  const LabelScores scores = ScoreLabels(judged.features, judged.label, k, judged.group, options);
  std::vector<float> sound(static_cast<size_t>(data.size()), std::nanf(""));
  for (size_t i = 0; i < judged.positions.size(); ++i) {
    sound[static_cast<size_t>(judged.positions[i])] =
        scores.probability.at(static_cast<int64_t>(i), judged.label[i]);
  }
  findings.Score(std::move(sound));
  const bool trusted = scores.balanced_accuracy >= context.settings.at("accuracy").get<double>();
  std::vector<Suspect> suspects = SuspectsOf(context, judged, scores);
  const double share = context.settings.at("few").get<double>();
  const size_t few =
      std::max(kFewest, static_cast<size_t>(share * static_cast<double>(judged.positions.size())));
  if (!trusted && suspects.size() > few) suspects.resize(few);
  for (const Suspect& suspect : suspects) {
    Report(context, classes, judged, scores, suspect, trusted, findings);
  }
}

}  // namespace

const Check& SuspiciousLabels() {
  static const Check check = {&SuspiciousLabelsSpec, &Run};
  return check;
}

}  // namespace bottega
