#include "data/image/picture_tags.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "base/text.h"

namespace bottega {

namespace {

constexpr size_t kEntryBytes = 12, kMostEntries = 512, kMostText = 200;

// Unsigned numbers of a TIFF block in either byte order; 0 beyond its end.
class Tiff {
 public:
  explicit Tiff(std::string_view bytes) : bytes_(bytes), little_(bytes.starts_with("II")) {}

  bool valid() const { return (little_ || bytes_.starts_with("MM")) && Number(2, 2) == 42; }
  uint32_t Number(size_t offset, size_t width) const {
    if (offset > bytes_.size() || bytes_.size() - offset < width) return 0;
    uint32_t value = 0;
    for (size_t i = 0; i < width; ++i) {
      value = value << 8 | static_cast<uint8_t>(bytes_[offset + (little_ ? width - 1 - i : i)]);
    }
    return value;
  }
  std::string_view Bytes(size_t offset, size_t length) const {
    return offset < bytes_.size() ? bytes_.substr(offset, length) : std::string_view();
  }

 private:
  std::string_view bytes_;
  bool little_;
};

struct Entry {
  uint32_t tag = 0, type = 0, count = 0;
  size_t at = 0;  // of the value
};

std::vector<Entry> ReadDirectory(const Tiff& tiff, size_t offset) {
  constexpr std::array<size_t, 13> kWidths = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
  std::vector<Entry> entries;
  const size_t count = std::min<size_t>(tiff.Number(offset, 2), kMostEntries);
  for (size_t i = 0; i < count; ++i) {
    const size_t at = offset + 2 + i * kEntryBytes;
    Entry entry{tiff.Number(at, 2), tiff.Number(at + 2, 2), tiff.Number(at + 4, 4), at + 8};
    if (entry.type == 0 || entry.type >= kWidths.size()) continue;
    if (uint64_t{entry.count} * kWidths[entry.type] > 4) entry.at = tiff.Number(at + 8, 4);
    entries.push_back(entry);
  }
  return entries;
}

std::string Cleaned(std::string text) {
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  const std::string_view trimmed = Trim(text);
  return FirstInvalidUtf8(trimmed) < 0 ? std::string(trimmed.substr(0, kMostText)) : "not readable";
}

std::string TextOf(const Tiff& tiff, const Entry& entry) {
  const std::string_view raw = tiff.Bytes(entry.at, std::min<size_t>(entry.count, 4 * kMostText));
  std::string text;
  if (entry.type == 1) {  // XP tags: UTF-16, little endian
    for (size_t i = 0; i + 1 < raw.size() && (raw[i] != 0 || raw[i + 1] != 0); i += 2) {
      text += raw[i + 1] == 0 && static_cast<unsigned char>(raw[i]) < 0x80 ? raw[i] : '?';
    }
  } else if (entry.type == 2) {
    text = std::string(raw.substr(0, raw.find('\0')));
  }
  return Cleaned(text);
}

double Rational(const Tiff& tiff, size_t at) {
  const uint32_t below = tiff.Number(at + 4, 4);
  return below == 0 ? NAN : static_cast<double>(tiff.Number(at, 4)) / below;
}

// Three rationals: degrees, minutes, seconds.
double Degrees(const Tiff& tiff, const Entry& entry, char negative, char side) {
  if (entry.type != 5 || entry.count < 1) return NAN;
  double degrees = 0, unit = 1;
  for (size_t i = 0; i < std::min<size_t>(entry.count, 3); ++i, unit *= 60) {
    const double part = Rational(tiff, entry.at + 8 * i);
    if (i == 0 || !std::isnan(part)) degrees += part / unit;
  }
  return side == negative ? -degrees : degrees;
}

void ReadPosition(const Tiff& tiff, size_t directory, PictureTags* tags) {
  constexpr uint32_t kLatitudeSide = 1, kLatitude = 2, kLongitudeSide = 3, kLongitude = 4;
  const std::vector<Entry> entries = ReadDirectory(tiff, directory);
  const auto find = [&](uint32_t tag) {
    const auto at = std::ranges::find(entries, tag, &Entry::tag);
    return at == entries.end() ? Entry{} : *at;
  };
  const auto side = [&](uint32_t tag) {
    const std::string_view letter = tiff.Bytes(find(tag).at, 1);
    return letter.empty() ? '\0' : letter[0];
  };
  const double latitude = Degrees(tiff, find(kLatitude), 'S', side(kLatitudeSide));
  const double longitude = Degrees(tiff, find(kLongitude), 'W', side(kLongitudeSide));
  const bool known = std::abs(latitude) <= 90 && std::abs(longitude) <= 180;
  if (!known || (latitude == 0 && longitude == 0)) return;
  tags->has_position = true;
  tags->latitude = latitude;
  tags->longitude = longitude;
}

struct OwnerTag {
  uint32_t tag;
  const char* name;
};
constexpr OwnerTag kOwnerTags[] = {{0x013B, "Artist"},           {0x8298, "Copyright"},
                                   {0x9C9D, "XPAuthor"},         {0x013C, "HostComputer"},
                                   {0xA430, "CameraOwnerName"},  {0xA431, "BodySerialNumber"},
                                   {0xA435, "LensSerialNumber"}, {0xC62F, "CameraSerialNumber"}};

void AddOwner(const std::string& name, const std::string& value, PictureTags* tags) {
  if (value.empty()) return;
  const bool known =
      std::ranges::any_of(tags->owner, [&](const PictureTag& tag) { return tag.name == name; });
  if (!known) tags->owner.push_back({name, value});
}

void ReadExif(std::string_view block, PictureTags* tags) {
  if (block.starts_with(std::string_view("Exif\0\0", 6))) block.remove_prefix(6);
  const Tiff tiff(block);
  if (!tiff.valid()) return;
  constexpr uint32_t kExifDirectory = 0x8769, kGpsDirectory = 0x8825;
  std::vector<Entry> entries = ReadDirectory(tiff, tiff.Number(4, 4));
  for (const Entry& entry : std::vector<Entry>(entries)) {
    if (entry.tag == kGpsDirectory) ReadPosition(tiff, tiff.Number(entry.at, 4), tags);
    if (entry.tag != kExifDirectory) continue;
    const std::vector<Entry> more = ReadDirectory(tiff, tiff.Number(entry.at, 4));
    entries.insert(entries.end(), more.begin(), more.end());
  }
  for (const OwnerTag& wanted : kOwnerTags) {
    const auto found = std::ranges::find(entries, wanted.tag, &Entry::tag);
    if (found != entries.end()) AddOwner(wanted.name, TextOf(tiff, *found), tags);
  }
}

// The value of name="..." or the text inside <name>...</name>, tags in it left out.
std::string XmpValue(std::string_view xmp, std::string_view name) {
  const std::string attribute = std::string(name) + "=\"", element = "<" + std::string(name) + ">";
  if (const size_t at = xmp.find(attribute); at != std::string_view::npos) {
    const size_t begin = at + attribute.size();
    return Cleaned(
        std::string(xmp.substr(begin, xmp.find('"', begin) - begin).substr(0, kMostText)));
  }
  const size_t at = xmp.find(element);
  if (at == std::string_view::npos) return "";
  const size_t begin = at + element.size();
  const size_t end = xmp.find("</" + std::string(name), begin);
  std::string text;
  bool inside = false;
  for (const char c : xmp.substr(begin, end - begin).substr(0, 10 * kMostText)) {
    if (c == '<') inside = true;
    if (!inside) text += c;
    if (c == '>') inside = false;
  }
  return Cleaned(text);
}

void ReadXmp(std::string_view xmp, PictureTags* tags) {
  constexpr std::array<std::pair<std::string_view, const char*>, 5> kNames = {
      {{"dc:creator", "Artist"},
       {"dc:rights", "Copyright"},
       {"aux:OwnerName", "CameraOwnerName"},
       {"aux:SerialNumber", "BodySerialNumber"},
       {"exifEX:BodySerialNumber", "BodySerialNumber"}}};
  for (const auto& [name, known_as] : kNames) AddOwner(known_as, XmpValue(xmp, name), tags);
  if (!XmpValue(xmp, "exif:GPSLatitude").empty()) tags->has_position = true;
}

uint32_t Big(std::string_view bytes, size_t at, size_t width) {
  uint32_t value = 0;
  for (size_t i = 0; i < width; ++i) value = value << 8 | static_cast<uint8_t>(bytes[at + i]);
  return value;
}

void ReadJpeg(std::string_view bytes, PictureTags* tags) {
  constexpr std::string_view kXmp("http://ns.adobe.com/xap/1.0/\0", 29);
  size_t at = 2;
  while (at + 4 <= bytes.size() && bytes[at] == '\xFF') {
    const auto marker = static_cast<uint8_t>(bytes[at + 1]);
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    if (marker == 0xDA || marker == 0xD9) return;
    const size_t length = Big(bytes, at + 2, 2);
    if (length < 2) return;
    const std::string_view content = bytes.substr(at + 4, length - 2);
    if (marker == 0xE1 && content.starts_with("Exif")) ReadExif(content, tags);
    if (marker == 0xE1 && content.starts_with(kXmp)) ReadXmp(content.substr(kXmp.size()), tags);
    at += 2 + length;
  }
}

void ReadPng(std::string_view bytes, PictureTags* tags) {
  size_t at = 8;
  while (at + 12 <= bytes.size()) {
    const size_t length = Big(bytes, at, 4);
    const std::string_view type = bytes.substr(at + 4, 4), content = bytes.substr(at + 8, length);
    if (type == "eXIf") ReadExif(content, tags);
    if (type == "iTXt" && content.starts_with("XML:com.adobe.xmp")) ReadXmp(content, tags);
    const std::string_view keyword = content.substr(0, content.find('\0'));
    if ((type == "tEXt" || type == "iTXt") && (keyword == "Author" || keyword == "Copyright")) {
      const size_t skip = type == "tEXt" ? keyword.size() + 1 : content.rfind('\0') + 1;
      AddOwner(keyword == "Author" ? "Artist" : "Copyright",
               Cleaned(std::string(content.substr(std::min(skip, content.size())))), tags);
    }
    if (length > bytes.size() - at - 12) return;
    at += 12 + length;
  }
}

void ReadWebp(std::string_view bytes, PictureTags* tags) {
  size_t at = 12;
  while (at + 8 <= bytes.size()) {
    size_t length = 0;
    for (size_t i = 4; i-- > 0;) length = length << 8 | static_cast<uint8_t>(bytes[at + 4 + i]);
    const std::string_view name = bytes.substr(at, 4), content = bytes.substr(at + 8, length);
    if (name == "EXIF") ReadExif(content, tags);
    if (name == "XMP ") ReadXmp(content, tags);
    if (length > bytes.size() - at - 8) return;
    at += 8 + length + (length & 1);
  }
}

}  // namespace

PictureTags ReadPictureTags(std::string_view bytes) {
  PictureTags tags;
  if (bytes.starts_with("\xFF\xD8\xFF")) ReadJpeg(bytes, &tags);
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) ReadPng(bytes, &tags);
  if (bytes.starts_with("RIFF") && bytes.size() > 12 && bytes.substr(8).starts_with("WEBP"))
    ReadWebp(bytes, &tags);
  if (bytes.starts_with("II*") || bytes.starts_with("MM")) ReadExif(bytes, &tags);
  return tags;
}

}  // namespace bottega
