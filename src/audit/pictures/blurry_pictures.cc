#include <algorithm>

#include "audit/check_list.h"
#include "audit/pictures/picture_extremes.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& BlurryPicturesSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "blurry_pictures",
      .one_line = "pictures out of focus, shaken or enlarged from too few pixels",
      .text =
          "How little a small mean over neighbours changes the picture (Crete et al., SPIE 2007), "
          "with the shorter side at 128 pixels, from 0 to 1, whatever its contrast: sharp "
          "photographs have 0.35 to 0.55. A picture is reported above `blur`, or above 0.45 where "
          "it is beyond the upper quartile of the set by four quartile distances (a shaken picture "
          "among very sharp ones), and never unless it is beyond by one (scans and enlarged "
          "pictures are all soft). Pictures without contrast are left to `low_information`. "
          "Severity: warning.",
      .params = {{.name = "blur",
                  .type = ParamType::kFloat,
                  .what = "blur above which a picture is reported",
                  .fallback = 0.66,
                  .min = 0,
                  .max = 1,
                  .larger = "reports only what cannot be recognised",
                  .smaller = "reports soft pictures too"},
                 ShareParam(0.2, "blurred")},
      .synonyms = {"out_of_focus", "sharpness", "laplacian"},
      .source =
          "Crete et al., The blur effect: perception and estimation with a new no-reference "
          "perceptual "
          "blur metric, SPIE 2007",
  };
  return spec;
}

constexpr double kSoft = 0.45;         // nothing below it is called blurred
constexpr double kLeastSpread = 0.03;  // between quartiles
constexpr float kLeastContrast = 4;    // levels; below it noise is all there is

double BlurOf(const PictureProperties& p) { return p.contrast < kLeastContrast ? 0 : p.blur; }

void Run(const AuditContext& context, Findings& findings) {
  const ReadPictures pictures = PicturesToJudge(context, findings);
  if (pictures.size() == 0) return;
  std::vector<double> values;
  for (const PictureProperties* p : pictures.properties) values.push_back(BlurOf(*p));
  const double near = FencesOf(values, 1, kLeastSpread).high;
  const double far = std::max(kSoft, FencesOf(values, 4, kLeastSpread).high);
  const double limit =
      std::min(0.99, std::max(near, std::min(context.settings.at("blur").get<double>(), far)));
  ReportExtremes(
      context, pictures,
      {.value = &BlurOf,
       .limit = limit,
       .below = false,
       .span = 1 - limit,
       .share = context.settings.at("share").get<double>(),
       .what = "blurred",
       .why =
           [](const PictureProperties& p) {
             return "smoothing takes away hardly any detail (blur " + FormatNumber(p.blur, 2) +
                    " of 1)";
           },
       .fix = "take it again, or leave it out unless the model will meet blurred pictures"},
      findings);
}

}  // namespace

const Check& BlurryPictures() {
  static const Check check = {&BlurryPicturesSpec, &Run};
  return check;
}

}  // namespace bottega
