#include <algorithm>
#include <cmath>

#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/pictures/picture_extremes.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& OddSizeSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "odd_size",
      .one_line = "pictures with far fewer or far more pixels than the others",
      .text =
          "The logarithm of width times height is compared over the set: a picture is reported "
          "when "
          "it lies more than `reach` quartile distances beyond the quartiles, a quartile distance "
          "counting for at least a factor of 1.4 (so that it takes three times fewer or more "
          "pixels "
          "in a set of one size). Thumbnails among photographs lose what must be learned when they "
          "are "
          "enlarged. Severity: warning for small ones, info for large ones.",
      .params = {{.name = "reach",
                  .type = ParamType::kFloat,
                  .what = "quartile distances beyond the quartiles",
                  .fallback = 3,
                  .min = 0.5,
                  .max = 100,
                  .larger = "reports only the most extreme sizes",
                  .smaller = "reports sizes that are just uncommon"}},
      .synonyms = {"image_size", "thumbnails", "resolution"},
      .source = "Tukey, Exploratory Data Analysis, 1977 (fences)",
  };
  return spec;
}

constexpr size_t kFewest = 10;

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  const ReadPictures pictures = PicturesToJudge(context, findings);
  if (pictures.size() == 0) return;
  if (pictures.size() < kFewest) {
    findings.Skip("fewer than 10 pictures do not show what is usual");
    return;
  }
  std::vector<double> logs;
  for (const PictureProperties* p : pictures.properties) {
    logs.push_back(std::log2(static_cast<double>(p->width) * p->height));
  }
  const double reach = context.settings.at("reach").get<double>();
  const Fences fences = FencesOf(logs, reach, 0.5);
  std::vector<float> scores(static_cast<size_t>(data.size()), std::nanf(""));
  for (size_t i = 0; i < logs.size(); ++i) {
    const int64_t position = pictures.position[i];
    scores[static_cast<size_t>(position)] = fences.Soundness(logs[i]);
    if (logs[i] >= fences.low && logs[i] <= fences.high) continue;
    const bool small = logs[i] < fences.low;
    const PictureProperties& p = *pictures.properties[i];
    const double factor = std::exp2(std::abs(logs[i] - fences.median));
    Finding& finding =
        findings.Add(small ? Severity::kWarning : Severity::kInfo, PlaceOf(data, position),
                     NameRow(data, position) + " is " + std::to_string(p.width) + " x " +
                         std::to_string(p.height) + ": " + FormatNumber(factor, 2) + " times " +
                         (small ? "fewer" : "more") + " pixels than is usual here",
                     small ? "replace it by the full picture, or leave it out"
                           : "make it as small as the others if it takes long to read");
    finding.confidence = 0.9;
    finding.detail = {{"width", p.width}, {"height", p.height}, {"factor", factor}};
  }
  findings.Score(std::move(scores));
}

}  // namespace

const Check& OddSize() {
  static const Check check = {&OddSizeSpec, &Run};
  return check;
}

}  // namespace bottega
