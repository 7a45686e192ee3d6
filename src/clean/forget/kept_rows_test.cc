#include "clean/forget/kept_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "base/safetensors_header.h"
#include "run/row_files.h"

namespace bottega {
namespace {

constexpr size_t kFloat = sizeof(float);

// Three rows of two numbers, three targets, and one tensor that is not by row; element i is i.
std::string Weights() {
  SafetensorsHeader header{.tensors = {{.name = "numbers", .dtype = "F32", .shape = {3, 2}},
                                       {.name = "scale", .dtype = "F32", .shape = {3}},
                                       {.name = "target", .dtype = "F32", .shape = {3}}},
                           .metadata = {{kKeptRowsTensors, "numbers target"}, {"format", "pt"}}};
  std::string bytes = MakeSafetensorsHeader(&header);
  for (const TensorEntry& entry : header.tensors) {
    for (size_t i = 0; i < (entry.end - entry.begin) / kFloat; ++i) {
      const auto value = static_cast<float>(i);
      bytes.append(reinterpret_cast<const char*>(&value), kFloat);
    }
  }
  return bytes;
}

std::vector<float> Values(const std::string& bytes, const std::string& name) {
  const SafetensorsHeader header = ParseSafetensorsHeader(bytes, bytes.size(), "w");
  for (const TensorEntry& entry : header.tensors) {
    if (entry.name != name) continue;
    std::vector<float> values((entry.end - entry.begin) / kFloat);
    bytes.copy(reinterpret_cast<char*>(values.data()), entry.end - entry.begin,
               header.data_start + entry.begin);
    return values;
  }
  return {};
}

TEST(SafetensorsWithout, CutsTheRowsOutOfTheNamedTensorsAlone) {
  const std::string left = SafetensorsWithout(Weights(), {1}, "w");
  EXPECT_EQ(Values(left, "numbers"), (std::vector<float>{0, 1, 4, 5}));
  EXPECT_EQ(Values(left, "target"), (std::vector<float>{0, 2}));
  EXPECT_EQ(Values(left, "scale"), (std::vector<float>{0, 1, 2}));
  const SafetensorsHeader header = ParseSafetensorsHeader(left, left.size(), "w");
  EXPECT_EQ(header.metadata.at("format"), "pt");
  EXPECT_EQ(header.tensors.size(), 3u);
}

TEST(SafetensorsWithout, CutsTheFirstTheLastAndAllOfThem) {
  EXPECT_EQ(Values(SafetensorsWithout(Weights(), {0, 2}, "w"), "numbers"),
            (std::vector<float>{2, 3}));
  const std::string none = SafetensorsWithout(Weights(), {0, 1, 2}, "w");
  EXPECT_TRUE(Values(none, "numbers").empty());
  EXPECT_EQ(SafetensorsWithout(Weights(), {}, "w"), Weights());
}

TEST(SafetensorsWithout, NamesATensorThatIsShorterThanItsList) {
  try {
    SafetensorsWithout(Weights(), {3}, "model.safetensors");
    FAIL();
  } catch (const Error& e) {
    EXPECT_THAT(e.message(), ::testing::HasSubstr("fewer rows than its list"));
    EXPECT_EQ(e.place().file, "model.safetensors");
  }
}

}  // namespace
}  // namespace bottega
