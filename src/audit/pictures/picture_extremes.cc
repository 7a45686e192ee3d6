#include "audit/pictures/picture_extremes.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "profile/quantiles.h"

namespace bottega {
namespace {

// A fallback limit for sets in which the first one is ordinary.
double FarOut(const std::vector<double>& values, const ExtremeRule& rule) {
  std::vector<double> sorted = values;
  std::ranges::sort(sorted);
  const double median = Quantile(sorted, 0.5);
  for (double& value : sorted) value = std::abs(value - median);
  std::ranges::sort(sorted);
  const double reach = 6 * Quantile(sorted, 0.5);
  return rule.below ? std::min(rule.limit, median - reach) : std::max(rule.limit, median + reach);
}

constexpr double kNature = 0.9;  // above it nobody needs to be told

void ReportNature(const AuditContext& context, const ExtremeRule& rule, int64_t many, size_t all,
                  Findings& findings) {
  const Dataset& data = context.data;
  Finding& finding =
      findings.Add(Severity::kInfo, PlaceOfColumn(data, data.PictureIndex()),
                   FormatCount(many) + " of " + CountOf(data, static_cast<int64_t>(all)) + " are " +
                       rule.what + ": that is how this set is, unless they were taken wrongly",
                   "see that the pictures which the model will meet are like these");
  finding.confidence = 0.5;
  finding.detail = {{"pictures", many}};
}

double ScoreOf(double value, const ExtremeRule& rule) {
  const double inside = rule.below ? value - rule.limit : rule.limit - value;
  return std::clamp(0.5 + inside / (2 * rule.span), 0.0, 1.0);
}

}  // namespace

ReadPictures PicturesToJudge(const AuditContext& context, Findings& findings) {
  ReadPictures pictures;
  if (!context.data.HasPictures()) {
    findings.Skip("the data hold no pictures");
    return pictures;
  }
  pictures.scans = ScanPictures(context.data);
  for (size_t i = 0; i < pictures.scans->size(); ++i) {
    if (!(*pictures.scans)[i].readable) continue;
    pictures.position.push_back(static_cast<int64_t>(i));
    pictures.properties.push_back(&(*pictures.scans)[i].properties);
  }
  if (pictures.size() == 0) findings.Skip("no picture can be read");
  return pictures;
}

void ReportExtremes(const AuditContext& context, const ReadPictures& pictures,
                    const ExtremeRule& rule, Findings& findings) {
  if (pictures.size() == 0) return;
  const Dataset& data = context.data;
  std::vector<double> values;
  for (const PictureProperties* properties : pictures.properties) {
    values.push_back(rule.value(*properties));
  }
  const auto beyond = [&](double value, double limit) {
    return rule.below ? value < limit : value > limit;
  };
  double limit = rule.limit;
  const int64_t many = std::ranges::count_if(values, [&](double v) { return beyond(v, limit); });
  const double share = static_cast<double>(many) / static_cast<double>(values.size());
  if (many > 2 && share > rule.share) {
    limit = FarOut(values, rule);
    if (share < kNature) ReportNature(context, rule, many, values.size(), findings);
  }
  std::vector<float> scores(static_cast<size_t>(data.size()), std::nanf(""));
  for (size_t i = 0; i < values.size(); ++i) {
    const int64_t position = pictures.position[i];
    const bool bad = beyond(values[i], limit);
    const double score = ScoreOf(values[i], rule);
    scores[static_cast<size_t>(position)] =
        static_cast<float>(bad || !beyond(values[i], rule.limit) ? score : 0.5);
    if (!bad) continue;
    Finding& finding = findings.Add(
        rule.severity, PlaceOf(data, position),
        NameRow(data, position) + " is " + rule.what + ": " + rule.why(*pictures.properties[i]),
        rule.fix);
    finding.confidence = std::clamp(0.95 - score, 0.5, 0.95);
    finding.detail = {{"value", values[i]}, {"limit", limit}};
  }
  findings.Score(std::move(scores));
}

Fences FencesOf(std::vector<double> values, double reach, double least) {
  std::ranges::sort(values);
  const double q1 = Quantile(values, 0.25), q3 = Quantile(values, 0.75);
  const double distance = std::max(q3 - q1, least);
  return {q1 - reach * distance, q3 + reach * distance, Quantile(values, 0.5)};
}

Param ShareParam(double fallback, const std::string& what) {
  return {.name = "share",
          .type = ParamType::kFloat,
          .what = "share of the pictures above which being " + what + " is how the set is",
          .fallback = fallback,
          .min = 0,
          .max = 1,
          .larger = "names pictures one by one even where many are like that",
          .smaller = "names only the few that stand out"};
}

}  // namespace bottega
