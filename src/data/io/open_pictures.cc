#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "base/error.h"
#include "data/image/picture_file.h"
#include "data/io/folder.h"
#include "data/io/idx.h"

namespace bottega {

namespace {

namespace fs = std::filesystem;

class FilePictures : public PictureSource {
 public:
  explicit FilePictures(fs::path root) : root_(std::move(root)) {}
  Picture Load(const std::string& cell, const DecodeOptions& options) const override {
    return DecodePicture(ReadPictureFile(root_ / cell).bytes, options, cell);
  }
  Picture LoadCrop(const std::string& cell, const ChooseCrop& choose, int out_width,
                   int out_height) const override {
    return DecodeCrop(ReadPictureFile(root_ / cell).bytes, choose, out_width, out_height, cell);
  }
  PictureInfo Info(const std::string& cell) const override {
    return ReadPictureInfo(ReadPictureFile(root_ / cell).bytes, cell);
  }

 private:
  fs::path root_;
};

}  // namespace

std::shared_ptr<PictureSource> OpenPictures(const Dataset& data) {
  if (!data.HasPictures()) {
    throw Error(ErrorKind::kData, "the data have no column of pictures",
                {.file = data.source.string()});
  }
  if (data.reading.is_object() && data.reading.value("format", "") == "idx") {
    return OpenIdxPictures(data.source);
  }
  return std::make_shared<FilePictures>(data.root);
}

}  // namespace bottega
