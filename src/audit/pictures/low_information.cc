#include <algorithm>

#include "audit/check_list.h"
#include "audit/pictures/picture_extremes.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& LowInformationSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "low_information",
      .one_line = "pictures that are nearly one plain colour",
      .text =
          "The entropy of the levels of brightness, with the shorter side at 128 pixels, is below "
          "`bits`, and 98 % of the pixels lie within 64 of the 256 levels: a photograph has about "
          "7 bits, a plain surface with little noise below 2, one colour 0. Drawings, digits and "
          "things on a plain ground have few levels too, but far apart, and are not reported. "
          "Where more than `share` of the pictures are plain, one info says so, and only those "
          "that are far plainer than the others are named. Severity: warning.",
      .params = {{.name = "bits",
                  .type = ParamType::kFloat,
                  .what = "entropy below which a picture is reported",
                  .fallback = 3,
                  .min = 0,
                  .max = 8,
                  .unit = "bits",
                  .larger = "reports pictures with large plain areas too",
                  .smaller = "reports only those that are one colour"},
                 ShareParam(0.2, "plain")},
      .synonyms = {"blank_pictures", "uniform_pictures", "entropy"},
      .source = "Shannon, A mathematical theory of communication, 1948 (entropy)",
  };
  return spec;
}

constexpr float kRange = 64;  // levels; within them there is hardly anything to see

double InformationOf(const PictureProperties& p) { return p.p99 - p.p1 >= kRange ? 8 : p.entropy; }

void Run(const AuditContext& context, Findings& findings) {
  const ReadPictures pictures = PicturesToJudge(context, findings);
  const double bits = context.settings.at("bits").get<double>();
  ReportExtremes(context, pictures,
                 {.value = &InformationOf,
                  .limit = bits,
                  .span = std::max(bits, 0.1),
                  .share = context.settings.at("share").get<double>(),
                  .what = "nearly plain",
                  .why =
                      [](const PictureProperties& p) {
                        return "its brightness has " + FormatNumber(p.entropy, 2) +
                               " bits of information, about " + FormatNumber(p.p50, 3) +
                               " of 255 throughout";
                      },
                  .fix = "leave it out unless an empty picture is what it should show"},
                 findings);
}

}  // namespace

const Check& LowInformation() {
  static const Check check = {&LowInformationSpec, &Run};
  return check;
}

}  // namespace bottega
