// What a picture file tells beside its pixels about people and places: EXIF tags and the XMP
// packet.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bottega {

struct PictureTag {
  std::string name;   // as the standard calls it: "Artist", "CameraOwnerName", "BodySerialNumber"
  std::string value;  // text, shortened to 200 bytes
};

struct PictureTags {
  bool has_position = false;           // there are GPS tags with a position
  double latitude = 0, longitude = 0;  // degrees; 0 where they cannot be read
  std::vector<PictureTag> owner;       // who took it, whose camera it is, which camera it is
};

// Of a JPEG, PNG, WebP or TIFF file's bytes; of a JPEG the beginning up to the scan is enough.
// Never fails: what is damaged is left out. EXIF 2.32, sections 4.6.4 to 4.6.6; XMP part 1, by
// attribute or element name. A position of exactly 0, 0 is no position.
PictureTags ReadPictureTags(std::string_view bytes);

}  // namespace bottega
