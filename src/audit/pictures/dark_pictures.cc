#include <algorithm>

#include "audit/check_list.h"
#include "audit/pictures/picture_extremes.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& DarkPicturesSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "dark_pictures",
      .one_line = "pictures in which nearly nothing can be seen for darkness",
      .text =
          "A picture is dark when 95 % of its pixels are darker than `level` and 99 % darker than "
          "twice that: bright strokes on black are not. Where more than `share` of the pictures "
          "are dark, one info says so, and only "
          "those that are far darker than the others are named. Severity: warning.",
      .params = {{.name = "level",
                  .type = ParamType::kFloat,
                  .what =
                      "brightness, 0 black to 255 white, that all but 5 % of the pixels stay below",
                  .fallback = 64,
                  .min = 1,
                  .max = 254,
                  .larger = "reports dim pictures too",
                  .smaller = "reports only those that are nearly black"},
                 ShareParam(0.2, "dark")},
      .synonyms = {"underexposed", "black_pictures"},
  };
  return spec;
}

// The quantile below which 95 % lie, or half of that below which 99 % lie: light strokes on black,
// stars and lamps are no darkness.
double DarknessOf(const PictureProperties& p) { return std::max(p.p95, p.p99 / 2); }

void Run(const AuditContext& context, Findings& findings) {
  const ReadPictures pictures = PicturesToJudge(context, findings);
  const double level = context.settings.at("level").get<double>();
  ReportExtremes(context, pictures,
                 {.value = &DarknessOf,
                  .limit = level,
                  .span = level,
                  .share = context.settings.at("share").get<double>(),
                  .what = "dark",
                  .why =
                      [](const PictureProperties& p) {
                        return "95 % of it is darker than " + FormatNumber(p.p95 + 1, 3) +
                               " of 255";
                      },
                  .fix = "look at it; brighten it if there is something to see, else leave it out"},
                 findings);
}

}  // namespace

const Check& DarkPictures() {
  static const Check check = {&DarkPicturesSpec, &Run};
  return check;
}

}  // namespace bottega
