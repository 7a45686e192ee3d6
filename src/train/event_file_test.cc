#include "train/event_file.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "base/test_folders.h"

namespace bottega {
namespace {

std::string FromHex(const std::string& hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

// Test vectors of RFC 3720, B.4.
TEST(Crc32c, Rfc3720) {
  EXPECT_EQ(Crc32c(std::string(32, '\0')), 0x8A9136AAU);
  EXPECT_EQ(Crc32c(std::string(32, '\xff')), 0x62A8AB43U);
  EXPECT_EQ(Crc32c("123456789"), 0xE3069283U);
}

TEST(EventFile, BytesEqualThoseOfTensorBoardsWriter) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "events";
  {
    EventFile file(path, -1, 1700000000.25);
    file.Scalars(3, 1700000001.5, {{"train.loss", 0.5}, {"validation.f1", 0.75}});
    file.Scalars(300, 1700000002.5, {{"train.loss", 0.25}});
  }
  const Json reference = ReadJson(TestReference("event_file.json"));
  EXPECT_EQ(ReadFile(path), FromHex(reference["hex"].get<std::string>()));
}

TEST(EventFile, ResumeCutsWhatCameAfterTheCheckpoint) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "events";
  int64_t kept = 0;
  {
    EventFile file(path, -1, 1);
    file.Scalars(1, 1, {{"a", 1}});
    kept = file.Offset();
    file.Scalars(2, 1, {{"a", 2}});
  }
  const std::string before = ReadFile(path);
  {
    EventFile file(path, kept, 1);
    EXPECT_EQ(file.Offset(), kept);
    file.Scalars(2, 1, {{"a", 2}});
  }
  EXPECT_EQ(ReadFile(path), before);
}

}  // namespace
}  // namespace bottega
