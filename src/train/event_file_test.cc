#include "train/event_file.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "base/test_folders.h"
#include "train/summaries.h"

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

TEST(Summaries, BytesEqualThoseOfTensorBoardsMessages) {
  const Json reference = ReadJson(TestReference("event_file.json"));
  const std::map<std::string, Json> settings = {{"flag", true},  {"hidden", {8, 4}}, {"lr", 0.001},
                                                {"name", "mlp"}, {"none", nullptr},  {"seed", 7}};
  EXPECT_EQ(SessionStart(settings, 5), FromHex(reference["session_start"].get<std::string>()));
  EXPECT_EQ(SessionEnd(9), FromHex(reference["session_end"].get<std::string>()));
  const at::Tensor values = at::arange(0, 16, at::kFloat).reshape({4, 4});
  EXPECT_EQ(Distributions("weights", {{"a.weight", values}, {"empty", at::empty({0})}}),
            FromHex(reference["distributions"].get<std::string>()));
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
