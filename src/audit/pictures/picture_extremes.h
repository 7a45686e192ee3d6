// What the checks of single pictures share: a measure, a limit that a person would set, and the
// look at the whole set that tells a defect from the nature of the set.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "audit/check.h"
#include "profile/picture_scan.h"

namespace bottega {

// The readable pictures of the data: positions, and their properties.
struct ReadPictures {
  std::vector<int64_t> position;
  std::vector<const PictureProperties*> properties;
  std::shared_ptr<const std::vector<PictureScan>> scans;  // keeps the properties

  size_t size() const { return position.size(); }
};

// Empty, with the reason told to `findings`, where there is no picture to look at.
ReadPictures PicturesToJudge(const AuditContext& context, Findings& findings);

struct ExtremeRule {
  std::function<double(const PictureProperties&)> value;
  double limit = 0;
  bool below = true;  // values below the limit are bad, else those above
  double span = 0;    // distance of the limit from the worst possible value
  // Where more than this share of the pictures lies beyond the limit, that is how the set is: one
  // info says so (unless nearly all do), and only pictures that are far out even among these are
  // named (beyond the limit and further from the median than six times the median deviation).
  double share = 0.2;
  Severity severity = Severity::kWarning;
  std::string what;                                          // "dark"
  std::function<std::string(const PictureProperties&)> why;  // "95 % of it is darker than ..."
  std::string fix;
};

// One finding a picture, the worst first in detail; scores fall from 1 through 0.5 at the limit to
// 0.
void ReportExtremes(const AuditContext& context, const ReadPictures& pictures,
                    const ExtremeRule& rule, Findings& findings);

// Quartiles of values, and what lies `reach` times the distance between them outside; that distance
// counts as at least `least`. As Tukey's fences, "Exploratory Data Analysis", 1977.
struct Fences {
  double low = 0, high = 0, median = 0;

  // For Findings::Score: 1 at the median, 0.5 at a fence, 0 twice as far.
  float Soundness(double value) const {
    const double room = value < median ? median - low : high - median;
    return static_cast<float>(std::max(0.0, 1 - std::abs(value - median) / room / 2));
  }
};
Fences FencesOf(std::vector<double> values, double reach, double least);

// The parameter `share` of the checks above.
Param ShareParam(double fallback, const std::string& what);

}  // namespace bottega
