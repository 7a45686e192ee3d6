#include <algorithm>
#include <cstdio>
#include <fstream>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "base/threads.h"
#include "data/image/picture_file.h"
#include "data/image/picture_tags.h"
#include "profile/personal/personal_data.h"

namespace bottega {
namespace {

const Spec& PictureMetadataSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "picture_metadata",
      .one_line = "picture files that tell where they were taken, by whom, with which camera",
      .text =
          "EXIF (JPEG, PNG, WebP) and XMP: GPS position, artist, owner, copyright and serial "
          "numbers. Training reads pixels alone, but copies of the files, quarantine and anything "
          "published carry the tags along. One finding a file. Severity: warning for a position, "
          "an owner or a camera's serial number; info where there is a copyright note alone.",
      .synonyms = {"exif", "gps", "geotag", "xmp"},
      .source = "CIPA DC-008, EXIF 2.32",
  };
  return spec;
}

// Tags stand before the scan of a JPEG: its beginning is enough.
PictureTags TagsOf(const std::filesystem::path& path) {
  constexpr size_t kHead = size_t{1} << 20;
  std::ifstream file(path, std::ios::binary);
  std::string head(kHead, '\0');
  file.read(head.data(), static_cast<std::streamsize>(kHead));
  head.resize(static_cast<size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  if (head.starts_with("\xFF\xD8\xFF") || head.size() < kHead) return ReadPictureTags(head);
  file.close();
  return ReadPictureTags(ReadPictureFile(path).bytes);
}

std::string Degrees(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.0f", value);
  return buffer;
}

// "the position (near 52, 13)", "Artist ('J*** D***')".
std::vector<std::string> WordsOf(const PictureTags& tags) {
  std::vector<std::string> words;
  if (tags.has_position) {
    const bool known = tags.latitude != 0 || tags.longitude != 0;
    words.push_back("its position" + (known ? " (near " + Degrees(tags.latitude) + ", " +
                                                  Degrees(tags.longitude) + " degrees)"
                                            : std::string()));
  }
  for (const PictureTag& tag : tags.owner) {
    const bool serial = tag.name.ends_with("SerialNumber");
    const PersonalKind kind = serial ? PersonalKind::kVehiclePlate : PersonalKind::kPersonName;
    words.push_back(tag.name + " " + Quote(MaskPersonal(tag.value, kind)));
  }
  return words;
}

void Report(const Dataset& data, int64_t row, const PictureTags& tags, Findings* findings) {
  const bool copyright_only =
      !tags.has_position && tags.owner.size() == 1 && tags.owner[0].name == "Copyright";
  Json names = Json::array();
  if (tags.has_position) names.push_back("GPS");
  for (const PictureTag& tag : tags.owner) names.push_back(tag.name);
  Finding& finding = findings->Add(
      copyright_only ? Severity::kInfo : Severity::kWarning, PlaceOf(data, row),
      "the file tells " + Join(WordsOf(tags), ", "),
      "write the file again without metadata, as with `exiftool -all= FILE`; pixels stay as they "
      "are");
  finding.detail = {{"tags", names}};
  finding.confidence = 0.99;
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  const int column = data.PictureIndex();
  if (column < 0) {
    findings.Skip("there are no pictures");
    return;
  }
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  std::vector<PictureTags> tags(static_cast<size_t>(cells.distinct()));
  constexpr int64_t kChunk = 16;
  ParallelFor(cells.distinct(), kChunk, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const std::string& path = cells.text[static_cast<size_t>(i)];
      if (!path.empty() && path[0] != '#') tags[static_cast<size_t>(i)] = TagsOf(data.root / path);
    }
  });
  std::vector<float> scores(cells.code.size(), 1.0F);
  for (size_t i = 0; i < cells.code.size(); ++i) {
    if (cells.code[i] < 0) continue;
    const PictureTags& found = tags[static_cast<size_t>(cells.code[i])];
    if (!found.has_position && found.owner.empty()) continue;
    scores[i] = 0;
    Report(data, static_cast<int64_t>(i), found, &findings);
  }
  findings.Score(std::move(scores));
}

}  // namespace

const Check& PictureMetadata() {
  static const Check check = {&PictureMetadataSpec, &Run};
  return check;
}

}  // namespace bottega
