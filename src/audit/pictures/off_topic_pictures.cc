#include <algorithm>
#include <cmath>

#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/pictures/picture_extremes.h"
#include "base/random.h"
#include "base/text.h"
#include "learn/neighbors.h"
#include "profile/quantiles.h"

namespace bottega {
namespace {

const Spec& OffTopicPicturesSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "off_topic_pictures",
      .one_line = "pictures that look like none of the others: logos, charts, screenshots, noise",
      .text =
          "Gradients and colours of each picture, every value brought to the same spread over the "
          "set, are compared with those of up to 2,000 others. The distance to the nearest ones "
          "(the twentieth or so: a handful of strays that resemble each other still stand out) is "
          "judged on a logarithmic scale against the whole set, in median deviations; so are the "
          "fineness of the texture and its sameness all over, which tell text and noise from "
          "photographs. What is reported lies `reach` of them above the median. Without a network "
          "this sees the look of a picture, not its subject: a photograph of something else among "
          "photographs is found only when it is composed differently. Where more than `share` "
          "stand out, the set has several kinds of pictures, and one info says so. Severity: "
          "warning.",
      .params = {{.name = "reach",
                  .type = ParamType::kFloat,
                  .what = "deviations (1.48 times the median one) above the median",
                  .fallback = 3.6,
                  .min = 1,
                  .max = 100,
                  .larger = "names only what is clearly of another kind",
                  .smaller = "finds more strays, with more false alarms"},
                 {.name = "share",
                  .type = ParamType::kFloat,
                  .what = "share of the pictures above which standing out is how the set is",
                  .fallback = 0.1,
                  .min = 0,
                  .max = 1,
                  .larger = "names pictures one by one even where many stand out",
                  .smaller = "names them only where they are few"}},
      .synonyms = {"outlier_pictures", "irrelevant_pictures", "out_of_distribution"},
      .source =
          "Ramaswamy, Rastogi & Shim, Efficient algorithms for mining outliers from large data "
          "sets, SIGMOD 2000 (distance to the k-th neighbour)",
  };
  return spec;
}

constexpr size_t kFewest = 50;
constexpr int64_t kReferences = 2000;
constexpr float kClip = 4;  // no single value decides

// Every feature to mean 0 and deviation 1 over the set.
Matrix Standardized(const ReadPictures& pictures) {
  const int64_t n = static_cast<int64_t>(pictures.size());
  Matrix out(n, kPictureFeatures);
  std::vector<double> sum(kPictureFeatures, 0), squares(kPictureFeatures, 0);
  for (int64_t i = 0; i < n; ++i) {
    const std::vector<float>& features =
        (*pictures.scans)[static_cast<size_t>(pictures.position[static_cast<size_t>(i)])].features;
    std::ranges::copy(features, out.row(i));
    for (size_t f = 0; f < features.size(); ++f) {
      sum[f] += features[f];
      squares[f] += static_cast<double>(features[f]) * features[f];
    }
  }
  for (size_t f = 0; f < sum.size(); ++f) {
    const double mean = sum[f] / static_cast<double>(n);
    const double deviation =
        std::sqrt(std::max(0.0, squares[f] / static_cast<double>(n) - mean * mean));
    for (int64_t i = 0; i < n; ++i) {
      float& value = out.row(i)[f];
      value = deviation < 1e-6
                  ? 0
                  : std::clamp(static_cast<float>((value - mean) / deviation), -kClip, kClip);
    }
  }
  return out;
}

// Deviations above the median, in units of 1.4826 times the median absolute deviation.
std::vector<double> Deviations(std::vector<double> values) {
  std::vector<double> sorted = values;
  std::ranges::sort(sorted);
  const double median = Quantile(sorted, 0.5);
  for (double& value : sorted) value = std::abs(value - median);
  std::ranges::sort(sorted);
  const double unit = std::max(1.4826 * Quantile(sorted, 0.5), 1e-3);
  for (double& value : values) value = (value - median) / unit;
  return values;
}

struct Distances {
  std::vector<double> log;  // of the distance to the k-th neighbour
  int k = 0;
};

Distances DistancesOf(const AuditContext& context, const Matrix& features) {
  Matrix references = features;
  std::vector<int64_t> reference_group, group(static_cast<size_t>(features.rows));
  for (size_t i = 0; i < group.size(); ++i) group[i] = static_cast<int64_t>(i);
  reference_group = group;
  if (features.rows > kReferences) {
    reference_group = Permutation(features.rows, context.seed, Purpose::kSample, 3);
    reference_group.resize(kReferences);
    references = Matrix(kReferences, features.columns);
    for (int64_t i = 0; i < kReferences; ++i) {
      const float* row = features.row(reference_group[static_cast<size_t>(i)]);
      std::copy(row, row + features.columns, references.row(i));
    }
  }
  Distances out;
  out.k = static_cast<int>(std::clamp<int64_t>(references.rows / 25, 8, 30));
  const Neighbors near = NearestNeighbors(references, features, out.k, reference_group, group);
  for (int64_t i = 0; i < features.rows; ++i) {
    const double distance = near.distance[static_cast<size_t>((i + 1) * out.k - 1)];
    out.log.push_back(std::log(std::max(distance, 1e-6)));
  }
  return out;
}

// Of the variance of the Laplacian by that of brightness: how fine the texture is.
std::vector<double> FinenessOf(const ReadPictures& pictures) {
  std::vector<double> out;
  for (const PictureProperties* p : pictures.properties) {
    out.push_back(std::log((p->sharpness + 0.5) / (p->contrast * p->contrast + 5)));
  }
  return out;
}

// Of the contrast by what is left of it in 8 x 8 cells: how much the picture is the same all over.
std::vector<double> SamenessOf(const ReadPictures& pictures) {
  std::vector<double> out;
  for (size_t i = 0; i < pictures.size(); ++i) {
    const ColorLayout& layout = (*pictures.scans)[static_cast<size_t>(pictures.position[i])].layout;
    double sum = 0, squares = 0;
    for (size_t cell = 0; cell < layout.size(); cell += 3) {
      const double gray =
          0.299 * layout[cell] + 0.587 * layout[cell + 1] + 0.114 * layout[cell + 2];
      sum += gray;
      squares += gray * gray;
    }
    const double coarse = std::sqrt(std::max(0.0, squares / 64 - sum / 64 * (sum / 64)));
    out.push_back(std::log((pictures.properties[i]->contrast + 2) / (coarse + 2)));
  }
  return out;
}

struct Odd {
  double distance = 0, fineness = 0, sameness = 0;  // in deviations

  // Sameness has a long tail: fur and grass fill whole photographs.
  double texture() const { return std::max(fineness, sameness / 2); }
  double most() const { return std::max(distance, texture()); }
};

void Report(const AuditContext& context, int64_t position, const Odd& odd, double reach,
            Findings& findings) {
  const Dataset& data = context.data;
  const bool texture = odd.texture() > odd.distance;
  Finding& finding =
      findings.Add(Severity::kWarning, PlaceOf(data, position),
                   NameRow(data, position) +
                       (texture ? " has a texture unlike that of the others, as noise or text has"
                                : " looks like none of the others") +
                       " (" + FormatNumber(odd.most(), 2) + " deviations from what is usual)",
                   "look at it; leave it out if it does not show what the set is about");
  finding.confidence = std::clamp(0.5 + 0.1 * (odd.most() - reach), 0.5, 0.9);
  finding.detail = {
      {"distance", odd.distance}, {"fineness", odd.fineness}, {"sameness", odd.sameness}};
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  const ReadPictures pictures = PicturesToJudge(context, findings);
  if (pictures.size() == 0) return;
  if (pictures.size() < kFewest) {
    findings.Skip("fewer than 50 pictures do not show what is usual");
    return;
  }
  const std::vector<double> distance = Deviations(DistancesOf(context, Standardized(pictures)).log);
  const std::vector<double> fineness = Deviations(FinenessOf(pictures));
  const std::vector<double> sameness = Deviations(SamenessOf(pictures));
  const double reach = context.settings.at("reach").get<double>();
  std::vector<float> scores(static_cast<size_t>(data.size()), std::nanf(""));
  std::vector<Odd> odds;
  std::vector<size_t> odd;
  for (size_t i = 0; i < pictures.size(); ++i) {
    odds.push_back({distance[i], fineness[i], sameness[i]});
    const double most = odds.back().most();
    scores[static_cast<size_t>(pictures.position[i])] =
        static_cast<float>(1 / (1 + std::exp(1.5 * (most - reach))));
    if (most > reach) odd.push_back(i);
  }
  findings.Score(std::move(scores));
  const double share = static_cast<double>(odd.size()) / static_cast<double>(pictures.size());
  if (share > context.settings.at("share").get<double>()) {
    Finding& finding =
        findings.Add(Severity::kInfo, PlaceOfColumn(data, data.PictureIndex()),
                     CountOf(data, static_cast<int64_t>(odd.size())) +
                         " look unlike the others: the set seems to hold pictures of several kinds",
                     "see whether all kinds belong to it");
    finding.confidence = 0.5;
    return;
  }
  for (const size_t i : odd) {
    Report(context, pictures.position[i], odds[i], reach, findings);
  }
}

}  // namespace

const Check& OffTopicPictures() {
  static const Check check = {&OffTopicPicturesSpec, &Run};
  return check;
}

}  // namespace bottega
