#include <algorithm>
#include <cmath>

#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/pictures/picture_extremes.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& OddAspectSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "odd_aspect",
      .one_line = "pictures much wider or taller than the others",
      .text =
          "The logarithm of width by height is compared over the set: a picture is reported when "
          "it "
          "lies more than `reach` quartile distances beyond the quartiles, a quartile distance "
          "counting for at least a factor of 1.15 (so that it takes a factor of 1.5 in a set of "
          "one "
          "shape). Resized to a square, such pictures are distorted or lose their ends. Severity: "
          "warning from 3 to 1 on, else info.",
      .params = {{.name = "reach",
                  .type = ParamType::kFloat,
                  .what = "quartile distances beyond the quartiles",
                  .fallback = 3,
                  .min = 0.5,
                  .max = 100,
                  .larger = "reports only the most extreme shapes",
                  .smaller = "reports shapes that are just uncommon"}},
      .synonyms = {"aspect_ratio", "panoramas"},
      .source = "Tukey, Exploratory Data Analysis, 1977 (fences)",
  };
  return spec;
}

constexpr size_t kFewest = 10;
constexpr double kExtreme = 4;  // so much wider than tall is odd in any set of ordinary pictures

std::string Shape(const PictureProperties& p) {
  const bool wide = p.width >= p.height;
  const double ratio = wide ? p.aspect() : 1 / p.aspect();
  return FormatNumber(ratio, 2) + " times as " + (wide ? "wide as tall" : "tall as wide");
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  const ReadPictures pictures = PicturesToJudge(context, findings);
  if (pictures.size() == 0) return;
  if (pictures.size() < kFewest) {
    findings.Skip("fewer than 10 pictures do not show what is usual");
    return;
  }
  std::vector<double> logs;
  for (const PictureProperties* p : pictures.properties) logs.push_back(std::log2(p->aspect()));
  Fences fences = FencesOf(logs, context.settings.at("reach").get<double>(), 0.2);
  // Where upright and wide pictures mix, the fences are far; what is extreme stays so.
  const double extreme = std::log2(kExtreme);
  if (std::abs(fences.median) < extreme / 2) {
    fences.low = std::max(fences.low, -extreme);
    fences.high = std::min(fences.high, extreme);
  }
  std::vector<float> scores(static_cast<size_t>(data.size()), std::nanf(""));
  for (size_t i = 0; i < logs.size(); ++i) {
    const int64_t position = pictures.position[i];
    scores[static_cast<size_t>(position)] = fences.Soundness(logs[i]);
    if (logs[i] >= fences.low && logs[i] <= fences.high) continue;
    const PictureProperties& p = *pictures.properties[i];
    Finding& finding =
        findings.Add(std::abs(logs[i]) >= std::log2(3) ? Severity::kWarning : Severity::kInfo,
                     PlaceOf(data, position),
                     NameRow(data, position) + " (" + std::to_string(p.width) + " x " +
                         std::to_string(p.height) + ") is " + Shape(p) + ", unlike the others",
                     "crop it to what it should show; look whether it lies on its side");
    finding.confidence = 0.9;
    finding.detail = {{"width", p.width}, {"height", p.height}, {"aspect", p.aspect()}};
  }
  findings.Score(std::move(scores));
}

}  // namespace

const Check& OddAspect() {
  static const Check check = {&OddAspectSpec, &Run};
  return check;
}

}  // namespace bottega
