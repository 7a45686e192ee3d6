#include "data/image/picture_tags.h"

#include <gtest/gtest.h>

#include <string>

namespace bottega {
namespace {

std::string Little(uint32_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 255);
  return out;
}

std::string Entry(uint32_t tag, uint32_t type, uint32_t count, const std::string& value) {
  std::string padded = value;
  padded.resize(4);
  return Little(tag, 2) + Little(type, 2) + Little(count, 4) + padded;
}

// Artist, GPS 52 30 0 N, 13 24 36 W in little-endian order.
std::string Tiff() {
  const std::string artist = std::string("Jane Doe\0", 9);
  const size_t gps = 8 + 2 + 2 * 12 + 4, gps_size = 2 + 4 * 12 + 4, data = gps + gps_size;
  std::string out = "II*" + std::string(1, '\0') + Little(8, 4);
  out += Little(2, 2);
  out += Entry(0x013B, 2, 9, Little(static_cast<uint32_t>(data), 4));
  out += Entry(0x8825, 4, 1, Little(static_cast<uint32_t>(gps), 4)) + Little(0, 4);
  out += Little(4, 2) + Entry(1, 2, 2, "N") +
         Entry(2, 5, 3, Little(static_cast<uint32_t>(data + 10), 4)) + Entry(3, 2, 2, "W") +
         Entry(4, 5, 3, Little(static_cast<uint32_t>(data + 34), 4)) + Little(0, 4);
  out += artist + std::string(1, '\0');
  for (const uint32_t number : {52, 30, 0, 13, 24, 36}) out += Little(number, 4) + Little(1, 4);
  return out;
}

std::string Jpeg(const std::string& block) {
  const std::string content = std::string("Exif\0\0", 6) + block;
  const size_t length = content.size() + 2;
  return "\xFF\xD8\xFF\xE1" +
         std::string{static_cast<char>(length >> 8), static_cast<char>(length)} + content +
         "\xFF\xDA";
}

TEST(PictureTags, ReadsPositionAndArtist) {
  const PictureTags tags = ReadPictureTags(Jpeg(Tiff()));
  ASSERT_TRUE(tags.has_position);
  EXPECT_DOUBLE_EQ(tags.latitude, 52.5);
  EXPECT_NEAR(tags.longitude, -13.41, 1e-12);
  ASSERT_EQ(tags.owner.size(), 1u);
  EXPECT_EQ(tags.owner[0].name, "Artist");
  EXPECT_EQ(tags.owner[0].value, "Jane Doe");
}

TEST(PictureTags, ReadsXmp) {
  const std::string xmp =
      "<x:xmpmeta><rdf:Description exif:GPSLatitude=\"52,30N\"><dc:creator><rdf:Seq><rdf:li>M. "
      "Rossi</rdf:li></rdf:Seq></dc:creator></rdf:Description></x:xmpmeta>";
  const std::string webp =
      "RIFF" + Little(100, 4) + "WEBPXMP " + Little(static_cast<uint32_t>(xmp.size()), 4) + xmp;
  const PictureTags tags = ReadPictureTags(webp);
  EXPECT_TRUE(tags.has_position);
  ASSERT_EQ(tags.owner.size(), 1u);
  EXPECT_EQ(tags.owner[0].value, "M. Rossi");
}

TEST(PictureTags, FindsNothingInPicturesWithoutTags) {
  const PictureTags tags =
      ReadPictureTags(Jpeg("II*" + std::string(1, '\0') + Little(8, 4) + Little(0, 2)));
  EXPECT_FALSE(tags.has_position);
  EXPECT_TRUE(tags.owner.empty());
  EXPECT_TRUE(ReadPictureTags("").owner.empty());
}

TEST(PictureTags, SurvivesEveryCutAndChangedByte) {
  const std::string whole = Jpeg(Tiff());
  for (size_t cut = 0; cut < whole.size(); ++cut) ReadPictureTags(whole.substr(0, cut));
  for (size_t at = 0; at < whole.size(); ++at) {
    for (const char byte : {'\0', '\x7F', '\xFF'}) {
      std::string changed = whole;
      changed[at] = byte;
      ReadPictureTags(changed);
    }
  }
}

}  // namespace
}  // namespace bottega
