#include <algorithm>
#include <cmath>
#include <limits>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/embedding.h"
#include "audit/groups.h"
#include "base/text.h"
#include "learn/off_topic.h"
#include "learn/row_outliers.h"
#include "profile/picture_scan.h"
#include "profile/picture_traits.h"

namespace bottega {
namespace {

const Spec& OffTopicRowsSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "off_topic_rows",
      .one_line = "texts and pictures that belong to another topic than the rest",
      .text =
          "A text is foreign when it is made of words that the others do not use, or when the "
          "words "
          "that it shares are those of foreign texts only; a picture, when its gradients and "
          "colours (with `--model RUN`, that model's embedding) are far from those of the others, "
          "or when its contrast, detail and colour are "
          "of "
          "another kind (a page among photographs). Each view is measured against its own tail, "
          "so "
          "that the number of items so foreign that a collection of one topic holds is known. "
          "Another language, code, error messages and mixed-up sources show here; short texts are "
          "not judged. Severity: warning; one info where over `share` of the rows are foreign, "
          "which is a second topic.",
      .params = {{.name = "expected",
                  .type = ParamType::kFloat,
                  .what = "items so foreign that a collection of one topic holds",
                  .fallback = 0.1,
                  .min = 0,
                  .max = 1000,
                  .min_open = true,
                  .larger = "reports milder ones, with more false alarms",
                  .smaller = "reports only what is very foreign"},
                 {.name = "company",
                  .type = ParamType::kFloat,
                  .what = "share of the pictures that a foreign group must stay below to be seen",
                  .fallback = 0.03,
                  .min = 0.001,
                  .max = 0.3,
                  .larger = "finds larger foreign groups; rare classes may be taken for one",
                  .smaller = "finds single foreign pictures only"},
                 {.name = "share",
                  .type = ParamType::kFloat,
                  .what = "share of foreign rows from which on they are reported only once",
                  .fallback = 0.05,
                  .min = 0,
                  .max = 1}},
      .synonyms = {"off_topic", "out_of_distribution", "foreign", "irrelevant"},
  };
  return spec;
}

// Per row, from the texts of a column.
std::vector<double> OfTexts(const CellColumn& cells) {
  const Foreignness of_text = ForeignTexts(cells.text);
  std::vector<double> out;
  for (const int32_t code : cells.code) {
    out.push_back(code < 0 ? std::numeric_limits<double>::infinity()
                           : of_text[static_cast<size_t>(code)]);
  }
  return out;
}

// How many pictures of so unusual traits are expected: a page of text among photographs.
std::vector<double> OfAnotherKind(const std::vector<PictureScan>& scans,
                                  const std::vector<size_t>& rows, const AuditContext& context) {
  std::vector<CellColumn> traits(kPictureTraits, CellColumn{.type = FeatureType::kNumber});
  for (size_t i = 0; i < rows.size(); ++i) {
    const auto values = PictureTraits(scans[rows[i]].gray, scans[rows[i]].layout);
    for (size_t t = 0; t < traits.size(); ++t) {
      traits[t].code.push_back(static_cast<int32_t>(i));
      traits[t].count.push_back(1);
      traits[t].number.push_back(values[t]);
    }
  }
  std::vector<const CellColumn*> columns;
  for (const CellColumn& trait : traits) columns.push_back(&trait);
  // Pairs of values say little of continuous traits: none is rare enough.
  const RowOutliers found = FindRowOutliers(columns, {.rare = 1e-9, .seed = context.seed});
  std::vector<double> out(rows.size(), std::numeric_limits<double>::infinity());
  for (size_t i = 0; i < found.expected.size(); ++i) out[i] = found.expected[i];
  return out;
}

Matrix FeaturesOf(const AuditContext& context, const std::vector<PictureScan>& scans,
                  const std::vector<size_t>& rows) {
  if (context.embedding != nullptr) {
    return TakeMatrixRows(context.embedding->of_row, {rows.begin(), rows.end()});
  }
  Matrix features(static_cast<int64_t>(rows.size()), kPictureFeatures);
  for (size_t i = 0; i < rows.size(); ++i) {
    std::ranges::copy(scans[rows[i]].features, features.row(static_cast<int64_t>(i)));
  }
  return features;
}

std::vector<double> OfPictures(const AuditContext& context) {
  const auto scans = ScanPictures(context.data);
  const Embedding* embedding = context.embedding;
  std::vector<size_t> rows;
  for (size_t i = 0; i < scans->size(); ++i) {
    const bool known = embedding == nullptr || embedding->has(static_cast<int64_t>(i));
    if ((*scans)[i].readable && known) rows.push_back(i);
  }
  const Foreignness by_features =
      ForeignRows(FeaturesOf(context, *scans, rows), context.settings.at("company").get<double>(),
                  context.seed);
  const std::vector<double> by_kind = OfAnotherKind(*scans, rows, context);
  std::vector<double> out(scans->size(), std::numeric_limits<double>::infinity());
  for (size_t i = 0; i < rows.size(); ++i) out[rows[i]] = 2 * std::min(by_features[i], by_kind[i]);
  return out;
}

void Report(const AuditContext& context, int column, const std::vector<double>& expected,
            Findings& findings) {
  const Dataset& data = context.data;
  const double limit = context.settings.at("expected").get<double>();
  std::vector<int64_t> foreign;
  for (size_t i = 0; i < expected.size(); ++i) {
    if (expected[i] < limit) foreign.push_back(static_cast<int64_t>(i));
  }
  const std::string what = data.HasPictures() ? "looks" : "reads";
  const double share = static_cast<double>(foreign.size()) / static_cast<double>(data.size());
  if (share > context.settings.at("share").get<double>() && foreign.size() > 5) {
    const int64_t count = static_cast<int64_t>(foreign.size());
    Finding& finding = findings.Add(Severity::kInfo, PlaceOfColumn(data, column),
                                    FormatCount(count) + " of " + CountOf(data, data.size()) +
                                        " are unlike the rest: a second topic, not stray ones",
                                    "see whether both belong to the task; score each on its own");
    finding.confidence = 0.6;
    finding.detail = {{"count", count}};
    return;
  }
  std::ranges::stable_sort(foreign, {},
                           [&](int64_t i) { return expected[static_cast<size_t>(i)]; });
  for (const int64_t row : foreign) {
    const double e = expected[static_cast<size_t>(row)];
    Finding& finding = findings.Add(
        Severity::kWarning, PlaceOf(data, row, data.HasPictures() ? -1 : column),
        NameRow(data, row) + " " + what + " unlike the rest: it may belong to another topic",
        "look at it; set it aside if it has nothing to do with the task");
    finding.confidence = std::clamp(1 - e, 0.5, 0.9);
    finding.detail = {{"expected", e}};
  }
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  std::vector<int> texts;
  for (const int column : FeatureColumns(data)) {
    if (data.columns[static_cast<size_t>(column)].type == FeatureType::kText)
      texts.push_back(column);
  }
  if ((!data.HasPictures() && texts.empty()) || data.size() < 50) {
    findings.Skip(data.size() < 50 ? "there are fewer than 50 rows"
                                   : "no column holds texts or pictures");
    return;
  }
  std::vector<float> sound(static_cast<size_t>(data.size()), std::nanf(""));
  const auto judge = [&](int column, const std::vector<double>& expected) {
    Report(context, column, expected, findings);
    for (size_t i = 0; i < expected.size(); ++i) {
      if (std::isfinite(expected[i])) {
        const float score = static_cast<float>(std::min(1.0, expected[i]));
        sound[i] = std::isnan(sound[i]) ? score : std::min(sound[i], score);
      }
    }
  };
  if (data.HasPictures()) judge(data.PictureIndex(), OfPictures(context));
  for (const int column : texts) judge(column, OfTexts(context.shared.CellsOfColumn(column)));
  findings.Score(std::move(sound));
}

}  // namespace

const Check& OffTopicRows() {
  static const Check check = {&OffTopicRowsSpec, &Run};
  return check;
}

}  // namespace bottega
