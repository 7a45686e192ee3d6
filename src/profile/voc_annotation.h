// Annotation files of object detection in Pascal VOC's form (Everingham et al., "The PASCAL Visual
// Object Classes challenge", IJCV 2010): one XML file a picture, with its size and named boxes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bottega {

struct AnnotatedBox {
  std::string name;                                // "" where there is none
  std::optional<double> left, top, right, bottom;  // pixels, as written
  bool whole() const { return left && top && right && bottom; }
};

struct VocAnnotation {
  std::optional<double> width, height;  // of the picture, as written
  std::vector<AnnotatedBox> boxes;
};

// nullopt where there is no <annotation>. Time is linear in the text; entities of names are left as
// they are written.
std::optional<VocAnnotation> ParseVocAnnotation(std::string_view xml);

}  // namespace bottega
