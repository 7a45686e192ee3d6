// One pass over all pictures: content, perceptual hashes, features and properties. Shared by
// duplicates, label and picture checks, scenarios and the report.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "profile/picture_features.h"
#include "profile/picture_properties.h"

namespace bottega {

struct PictureScan {
  bool readable = false;
  bool truncated = false;        // the file ends early; the rest of the picture is gray
  std::string error;             // why it is not readable
  uint64_t content[2] = {0, 0};  // of the file's bytes (of the pixels in an IDX file)
  uint64_t cosine = 0, gradient = 0;
  GrayThumbnail gray{};
  ColorLayout layout{};
  std::vector<float> features;   // kPictureFeatures; empty when not readable
  PictureProperties properties;  // of the file where its header is readable
};

// One entry a row of the Dataset (missing cells are not readable). Decodes in parallel at reduced
// size, with a progress bar. The result is kept for the last data set of this process as long as
// the files keep their sizes and times. Error kData when there is no picture column.
std::shared_ptr<const std::vector<PictureScan>> ScanPictures(const Dataset& data);

}  // namespace bottega
