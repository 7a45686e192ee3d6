#include <algorithm>
#include <cmath>

#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/pictures/picture_extremes.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& GrayscaleAmongColorSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "grayscale_among_color",
      .one_line = "gray pictures in a set of colour, or coloured ones in a gray set",
      .text =
          "A picture is gray when no pixel has a colour but for the noise of compression, whatever "
          "channels the file has. The rarer kind is reported as long as it is at most `share` of "
          "the "
          "pictures. A model may take the missing colour for a sign of a class. Severity: info.",
      .params = {ShareParam(0.2, "gray")},
      .synonyms = {"black_and_white", "monochrome"},
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
  const int64_t gray =
      std::ranges::count_if(pictures.properties, [](const auto* p) { return p->grayscale; });
  const int64_t all = static_cast<int64_t>(pictures.size());
  const bool gray_is_rare = 2 * gray <= all;
  const double share = static_cast<double>(std::min(gray, all - gray)) / static_cast<double>(all);
  std::vector<float> scores(static_cast<size_t>(data.size()), std::nanf(""));
  const bool rare = share <= context.settings.at("share").get<double>();
  for (size_t i = 0; i < pictures.size(); ++i) {
    const int64_t position = pictures.position[i];
    const bool odd = pictures.properties[i]->grayscale == gray_is_rare && rare && share > 0;
    scores[static_cast<size_t>(position)] = odd ? 0.3F : 1.0F;
    if (!odd) continue;
    Finding& finding = findings.Add(
        Severity::kInfo, PlaceOf(data, position),
        NameRow(data, position) + (gray_is_rare ? " has no colour; " : " has colours; ") +
            FormatPercent(1 - share) + " of the pictures " + (gray_is_rare ? "have" : "have none"),
        gray_is_rare
            ? "leave it out, or train with less weight on colour: augment: [{color_jitter: "
              "{saturation: 1}}]"
            : "make it gray like the others, or leave it out");
    finding.confidence = 0.9;
    finding.detail = {{"colorfulness", pictures.properties[i]->colorfulness}, {"share", share}};
  }
  findings.Score(std::move(scores));
}

}  // namespace

const Check& GrayscaleAmongColor() {
  static const Check check = {&GrayscaleAmongColorSpec, &Run};
  return check;
}

}  // namespace bottega
