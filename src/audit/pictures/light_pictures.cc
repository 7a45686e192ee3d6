#include "audit/check_list.h"
#include "audit/pictures/picture_extremes.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& LightPicturesSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "light_pictures",
      .one_line = "pictures that are overexposed or nearly white",
      .text =
          "A picture is too light when 95 % of its pixels are lighter than `level`: a dark object "
          "on "
          "white is not. Where more than `share` of the pictures are, one info says so, and only "
          "those that are far lighter than the others are named. Severity: warning.",
      .params = {{.name = "level",
                  .type = ParamType::kFloat,
                  .what = "brightness, 0 black to 255 white, that all but 5 % of the pixels exceed",
                  .fallback = 191,
                  .min = 1,
                  .max = 254,
                  .larger = "reports only those that are nearly white",
                  .smaller = "reports pale pictures too"},
                 ShareParam(0.2, "light")},
      .synonyms = {"overexposed", "white_pictures", "bright_pictures"},
  };
  return spec;
}

void Run(const AuditContext& context, Findings& findings) {
  const ReadPictures pictures = PicturesToJudge(context, findings);
  const double level = context.settings.at("level").get<double>();
  ReportExtremes(
      context, pictures,
      {.value = [](const PictureProperties& p) { return static_cast<double>(p.p5); },
       .limit = level,
       .below = false,
       .span = 255 - level,
       .share = context.settings.at("share").get<double>(),
       .what = "very light",
       .why =
           [](const PictureProperties& p) {
             return "95 % of it is lighter than " + FormatNumber(p.p5 - 1, 3) + " of 255";
           },
       .fix = "look at it; take it again or leave it out if what it should show is washed out"},
      findings);
}

}  // namespace

const Check& LightPictures() {
  static const Check check = {&LightPicturesSpec, &Run};
  return check;
}

}  // namespace bottega
