#include <algorithm>
#include <cmath>
#include <set>

#include "audit/check_list.h"
#include "audit/pictures/picture_extremes.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& TruncatedPicturesSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "truncated_pictures",
      .one_line = "pictures whose file ends before the picture does",
      .text =
          "Files that end early, as after a broken download: what is missing is gray. And pictures "
          "of which at least `bottom` of the height, at the lower end, is the mid-gray that "
          "decoders "
          "fill in: such a picture was saved again after it had been cut short. Severity: warning "
          "for files that end early, info for pictures saved again.",
      .params = {{.name = "bottom",
                  .type = ParamType::kFloat,
                  .what =
                      "share of the height that has to be gray in a picture that was saved again",
                  .fallback = 0.06,
                  .min = 0.01,
                  .max = 0.99,
                  .larger = "misses pictures of which little is gone",
                  .smaller = "takes gray margins for a missing part"}},
      .synonyms = {"truncated", "cut_short", "incomplete_download"},
  };
  return spec;
}

constexpr const char* kFix = "copy the file again from its source, or delete it";

void AddCut(Findings& findings, const Place& place) {
  Finding& finding = findings.Add(Severity::kWarning, place,
                                  place.file + " ends early: the rest of the picture is missing",
                                  std::string(kFix) + "; until then the missing part is gray");
  finding.detail = {{"kind", "truncated_file"}};
}

void AddSavedAgain(const AuditContext& context, const PictureScan& scan, int64_t position,
                   Findings& findings) {
  const Place place = PlaceOf(context.data, position);
  const double bottom = scan.properties.gray_bottom;
  Finding& finding = findings.Add(
      Severity::kInfo, place,
      place.file + ": the lower " + FormatPercent(bottom, 0) +
          " are plain mid-gray, as when a picture is saved again after its file was cut short",
      kFix);
  finding.confidence = 0.85;
  finding.detail = {{"kind", "gray_bottom"}, {"share", bottom}};
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  std::set<std::string> known;
  for (const ReadIssue& issue : data.issues) {
    if (issue.kind != "truncated_file" || !known.insert(issue.place.file).second) continue;
    AddCut(findings, issue.place);
  }
  if (!data.HasPictures() || data.size() == 0) {
    if (known.empty()) findings.Skip("the data hold no pictures");
    return;
  }
  const auto scans = ScanPictures(data);
  const float bottom = context.settings.at("bottom").get<float>();
  const auto gray = [&](const PictureScan& scan) {
    const float share = scan.properties.gray_bottom;
    return !scan.truncated && share >= bottom && share < 0.97F;
  };
  const auto many = std::ranges::count_if(*scans, gray);
  // Where gray below is common, it is a margin that somebody added.
  const bool margins = many > 2 && 5 * many > static_cast<int64_t>(scans->size());
  std::vector<float> scores(scans->size(), 1);
  for (size_t i = 0; i < scans->size(); ++i) {
    const PictureScan& scan = (*scans)[i];
    const int64_t position = static_cast<int64_t>(i);
    if (!scan.readable) {
      scores[i] = std::nanf("");
    } else if (scan.truncated) {
      scores[i] = 0;
      const Place place = PlaceOf(data, position);
      if (!known.contains(place.file)) AddCut(findings, place);
    } else if (!margins && gray(scan)) {
      scores[i] = 0.3F;
      AddSavedAgain(context, scan, position, findings);
    }
  }
  findings.Score(std::move(scores));
}

}  // namespace

const Check& TruncatedPictures() {
  static const Check check = {&TruncatedPicturesSpec, &Run};
  return check;
}

}  // namespace bottega
