#include "model/weights/safetensors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "base/files.h"
#include "base/safetensors_header.h"
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

NamedTensors ReferenceTensors() {
  return {{"b.weight", at::arange(6, at::kFloat).reshape({2, 3}) / 4},
          {"a.count", at::scalar_tensor(7, at::kLong)},
          {"c.half", at::tensor({1.0F, -2.0F}).to(at::kBFloat16)},
          {"d.double", at::full({1}, 0.1, at::kDouble)},
          {"e.mask", at::tensor({1, 0, 1}).to(at::kBool)},
          {"f.empty", at::zeros({0, 4})},
          {"g.byte", at::tensor({1, 2, 255}).to(at::kByte)}};
}

std::string WithHeader(const std::string& json, size_t data) {
  std::string bytes(8, '\0');
  for (size_t i = 0; i < 8; ++i) bytes[i] = static_cast<char>(json.size() >> (8 * i));
  return bytes + json + std::string(data, 'x');
}

void ExpectRefused(const std::string& bytes, const std::string& why) {
  try {
    ParseSafetensorsHeader(bytes, bytes.size(), "w.safetensors");
    ADD_FAILURE() << "accepted: " << bytes;
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kData);
    EXPECT_EQ(e.place().file, "w.safetensors");
    EXPECT_THAT(e.message(), testing::HasSubstr(why));
  }
}

TEST(Safetensors, BytesEqualThoseOfTheReferencePackage) {
  const TemporaryFolder folder;
  const std::string wanted =
      FromHex(ReadJson(TestReference("safetensors.json"))["hex"].get<std::string>());
  WriteSafetensors(folder.path() / "w.safetensors", ReferenceTensors(), {{"format", "pt"}});
  EXPECT_EQ(ReadFile(folder.path() / "w.safetensors"), wanted);
}

TEST(Safetensors, TensorsComeBackEqual) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "w.safetensors";
  NamedTensors tensors = ReferenceTensors();
  tensors.emplace_back("transposed", at::arange(12, at::kFloat).reshape({3, 4}).t());
  WriteSafetensors(path, tensors, {{"step", "12"}});
  const SafetensorsFile file = ReadSafetensors(path);
  EXPECT_EQ(file.metadata.at("step"), "12");
  EXPECT_EQ(ReadSafetensorsMetadata(path), file.metadata);
  ASSERT_EQ(file.tensors.size(), tensors.size());
  for (const auto& [name, tensor] : tensors) {
    const at::Tensor read = file.Find(name);
    ASSERT_TRUE(read.defined()) << name;
    EXPECT_EQ(read.scalar_type(), tensor.scalar_type());
    EXPECT_TRUE(read.equal(tensor)) << name;
  }
}

TEST(Safetensors, RefusesNamesSavedTwiceAndTypesThatTheFormatLacks) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "w.safetensors";
  EXPECT_THROW(WriteSafetensors(path, {{"a", at::zeros(1)}, {"a", at::zeros(1)}}), Error);
  EXPECT_THROW(WriteSafetensors(path, {{"a", at::zeros(1, at::kComplexFloat)}}), Error);
  EXPECT_THROW(ReadSafetensors(path), Error);
}

TEST(SafetensorsHeader, RefusesWhatDoesNotHoldTogether) {
  const auto entry = [](const std::string& type, const std::string& shape,
                        const std::string& range) {
    return "{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":" + range + "}";
  };
  ExpectRefused("", "shorter than 8 bytes");
  ExpectRefused(std::string(8, '\xff'), "longer than the file");
  ExpectRefused(WithHeader("[]", 0), "begin with {");
  ExpectRefused(WithHeader("{", 0), "is not JSON");
  ExpectRefused(WithHeader("{\"a\":1}", 0), "lacks dtype");
  ExpectRefused(WithHeader("{\"a\":" + entry("F33", "[1]", "[0,4]") + "}", 4), "unknown dtype");
  ExpectRefused(WithHeader("{\"a\":" + entry("F32", "[-1]", "[0,4]") + "}", 4), "no size");
  ExpectRefused(WithHeader("{\"a\":" + entry("F32", "[2]", "[0,4]") + "}", 4), "does not fit");
  ExpectRefused(WithHeader("{\"a\":" + entry("F32", "[1]", "[4,0]") + "}", 4), "does not fit");
  ExpectRefused(WithHeader("{\"a\":" + entry("F32", "[1]", "[4,8]") + "}", 8),
                "hole or an overlap");
  ExpectRefused(WithHeader("{\"a\":" + entry("F32", "[1]", "[0,4]") + "}", 5), "end elsewhere");
  ExpectRefused(WithHeader("{\"a\":" + entry("F32", "[4611686018427387904,8]", "[0,0]") + "}", 0),
                "does not fit");
  ExpectRefused(WithHeader("{\"a\":" + entry("U8", "[1]", "[0,1]") +
                               ",\"a\":" + entry("U8", "[1]", "[0,1]") + "}",
                           1),
                "named twice");
  ExpectRefused(WithHeader("{\"a\":" + entry("U8", "[2]", "[0,2]") +
                               ",\"b\":" + entry("U8", "[2]", "[1,3]") + "}",
                           3),
                "overlap");
  ExpectRefused(WithHeader("{\"__metadata__\":{\"a\":1}}", 0), "is no text");
  ExpectRefused(WithHeader("{\"a\":[[[[[[1]]]]]]}", 0), "too deeply");
}

}  // namespace
}  // namespace bottega
