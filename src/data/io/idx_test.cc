#include "data/io/idx.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "base/error.h"
#include "base/files.h"
#include "data/io/folder.h"

namespace bottega {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string Idx(const std::vector<uint32_t>& shape, const std::string& values, char type = 0x08) {
  std::string bytes = {0, 0, type, static_cast<char>(shape.size())};
  for (const uint32_t size : shape) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(size >> shift & 255);
  }
  return bytes + values;
}

// `n` images of 2 x 3 pixels; pixel j of image i is first + 10 i + j.
std::string Images(uint32_t n, int first) {
  std::string values;
  for (uint32_t i = 0; i < n; ++i) {
    for (int j = 0; j < 6; ++j) {
      values += static_cast<char>(first + 10 * static_cast<int>(i) + j);
    }
  }
  return Idx({n, 2, 3}, values);
}

std::string Labels(const std::string& values) {
  return Idx({static_cast<uint32_t>(values.size())}, values);
}

class IdxTest : public testing::Test {
 protected:
  fs::path Write(const std::string& name, const std::string& bytes) {
    WriteFileAtomic(Path(name), bytes);
    return Path(name);
  }
  fs::path WritePacked(const std::string& name, const std::string& bytes) {
    gzFile file = gzopen(Path(name).c_str(), "wb");
    gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
    gzclose(file);
    return Path(name);
  }
  fs::path Path(const std::string& name) const { return folder_.path() / name; }
  const fs::path& Root() const { return folder_.path(); }

  template <class Call>
  static Error ErrorOf(Call call) {
    try {
      call();
    } catch (const Error& error) {
      return error;
    }
    ADD_FAILURE() << "no error";
    return Error(ErrorKind::kInternal, "none");
  }

  TemporaryFolder folder_;
};

TEST_F(IdxTest, PlainAndPackedArraysAreTheSame) {
  const std::string bytes = Idx({2, 2, 2}, "abcdefgh");
  for (const fs::path& path : {Write("plain", bytes), WritePacked("packed", bytes)}) {
    const IdxArray array = ReadIdxArray(path);
    EXPECT_EQ(array.shape, (std::vector<int64_t>{2, 2, 2}));
    EXPECT_EQ(std::string(array.values.begin(), array.values.end()), "abcdefgh");
  }
  EXPECT_EQ(ReadIdxArray(Write("none", Idx({0, 28, 28}, ""))).shape[0], 0);
}

TEST_F(IdxTest, WhatIsNoIdxArrayIsAnErrorWithItsFile) {
  EXPECT_EQ(ErrorOf([&] { ReadIdxArray(Path("absent")); }).kind(), ErrorKind::kMissing);
  const std::string good = Idx({2, 2, 2}, "abcdefgh");
  const std::vector<std::string> bad = {
      "",
      "x" + good.substr(1),
      good.substr(0, 7),
      good.substr(0, good.size() - 1),
      good + "i",
      Idx({2, 2, 2}, "abcdefgh", 0x0D),
      Idx({}, "abcdefgh"),
      Idx({UINT32_MAX, UINT32_MAX, UINT32_MAX}, "abcdefgh"),
      Idx({1U << 31, 1U << 31, 4}, ""),
      std::string("\0\0\x08\x09", 4) + std::string(60, '\0'),
  };
  for (const std::string& bytes : bad) {
    const Error error = ErrorOf([&] { ReadIdxArray(Write("bad", bytes)); });
    EXPECT_EQ(error.kind(), ErrorKind::kData) << bytes.size();
    EXPECT_EQ(error.place().file, Path("bad").string());
  }
  WritePacked("cut.gz", std::string(5000, 'x') + good);
  const std::string packed = ReadFile(Path("cut.gz"));
  Write("cut.gz", packed.substr(0, packed.size() / 2));
  EXPECT_EQ(ErrorOf([&] { ReadIdxArray(Path("cut.gz")); }).kind(), ErrorKind::kData);
}

TEST_F(IdxTest, TrainingAndTestPairsAreParts) {
  WritePacked("t10k-images-idx3-ubyte.gz", Images(2, 100));
  WritePacked("t10k-labels-idx1-ubyte.gz", Labels(std::string("\1\0", 2)));
  Write("train-images-idx3-ubyte", Images(3, 0));
  Write("train-labels-idx1-ubyte", Labels(std::string("\7\1\1", 3)));
  ASSERT_TRUE(LooksLikeIdx(Root()));
  const Dataset data = ReadIdx(Root(), Json::object());
  EXPECT_EQ(data.rows, (std::vector<int64_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(*TextsOf(data, data.Find("picture"))[4], "#4");
  const Codes labels = CodesOf(data, data.RoleIndex(Role::kTarget));
  EXPECT_EQ(labels.values, (std::vector<std::string>{"0", "1", "7"}));
  EXPECT_EQ(labels.code, (std::vector<int32_t>{2, 1, 1, 1, 0}));
  const auto parts = TextsOf(data, data.RoleIndex(Role::kPart));
  EXPECT_EQ(*parts[2], "train");
  EXPECT_EQ(*parts[3], "test");
  EXPECT_TRUE(data.issues.empty());

  const auto pictures = OpenPictures(data);
  const Picture picture = pictures->Load("#4", {});
  EXPECT_EQ(picture.width, 3);
  EXPECT_EQ(picture.height, 2);
  EXPECT_EQ(picture.rgb[0], 110);
  EXPECT_EQ(picture.rgb[2], 110);
  EXPECT_EQ(picture.rgb[17], 115);
  EXPECT_EQ(pictures->Info("#0").format, "idx");
  EXPECT_EQ(pictures->Info("#0").width, 3);
  for (const char* cell : {"#5", "#-1", "4", "#", "#1x"}) {
    EXPECT_EQ(ErrorOf([&] { pictures->Load(cell, {}); }).kind(), ErrorKind::kMissing) << cell;
  }
}

TEST_F(IdxTest, OnePairByItsPrefixOrItsFile) {
  Write("t10k-images-idx3-ubyte", Images(2, 100));
  Write("t10k-labels-idx1-ubyte", Labels(std::string("\1\0", 2)));
  Write("train-images-idx3-ubyte", Images(3, 0));
  Write("train-labels-idx1-ubyte", Labels(std::string("\7\1\1", 3)));
  for (const char* name : {"t10k", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}) {
    EXPECT_TRUE(LooksLikeIdx(Path(name))) << name;
    const Dataset data = ReadIdx(Path(name), Json::object());
    EXPECT_EQ(data.size(), 2) << name;
    EXPECT_EQ(data.RoleIndex(Role::kPart), -1);
    EXPECT_EQ(OpenPictures(data)->Load("#0", {}).rgb[0], 100);
  }
}

TEST_F(IdxTest, ColorPictures) {
  std::string values;
  for (int i = 0; i < 24; ++i) values += static_cast<char>(i);
  Write("images-idx4-ubyte", Idx({2, 2, 2, 3}, values));
  Write("labels-idx1-ubyte", Labels(std::string("\0\1", 2)));
  const auto pictures = OpenPictures(ReadIdx(Root(), Json::object()));
  EXPECT_EQ(pictures->Info("#1").channels, 3);
  EXPECT_EQ(pictures->Load("#1", {}).rgb[0], 12);
  EXPECT_EQ(pictures->Load("#1", {}).rgb[11], 23);
}

TEST_F(IdxTest, CountsThatDisagreeKeepTheNumbersOfTheImages) {
  Write("train-images-idx3-ubyte", Images(4, 0));
  Write("train-labels-idx1-ubyte", Labels(std::string("\0\1", 2)));
  Write("t10k-images-idx3-ubyte", Images(2, 100));
  Write("t10k-labels-idx1-ubyte", Labels(std::string("\0\1\1", 3)));
  const Dataset data = ReadIdx(Root(), Json::object());
  EXPECT_EQ(data.rows, (std::vector<int64_t>{0, 1, 4, 5}));
  ASSERT_EQ(data.issues.size(), 2u);
  EXPECT_EQ(data.issues[0].kind, "ragged_row");
  EXPECT_EQ(data.issues[0].place.file, Path("train-labels-idx1-ubyte").string());
  EXPECT_THAT(data.issues[0].message, HasSubstr("2 labels for 4 images"));
  EXPECT_EQ(OpenPictures(data)->Load(*TextsOf(data, 0)[2], {}).rgb[0], 100);
}

TEST_F(IdxTest, PairsThatAreNoneAreErrors) {
  Write("train-images-idx3-ubyte", Images(2, 0));
  const auto read = [&] { ReadIdx(Root(), Json::object()); };
  const Error alone = ErrorOf(read);
  EXPECT_EQ(alone.kind(), ErrorKind::kData);
  EXPECT_THAT(alone.hint(), HasSubstr("train-labels-idx1-ubyte"));
  Write("train-labels-idx1-ubyte", Images(2, 0));
  EXPECT_THAT(ErrorOf(read).message(), HasSubstr("does not hold labels"));
  Write("train-labels-idx1-ubyte", Labels("aa"));
  EXPECT_THAT(ErrorOf(read).message(), HasSubstr("same label"));
  Write("train-labels-idx1-ubyte", Labels("ab"));
  EXPECT_EQ(ReadIdx(Root(), Json::object()).size(), 2);
  for (const std::string& images :
       {Labels("ab"), Idx({2, 0, 3}, ""), Idx({2, 1, 1, 2}, "abcd"), Idx({1, 1, 1, 1, 1}, "a")}) {
    Write("train-images-idx3-ubyte", images);
    EXPECT_THAT(ErrorOf(read).message(), HasSubstr("does not hold images"));
  }
  Write("train-images-idx3-ubyte", Idx({0, 2, 3}, ""));
  EXPECT_EQ(ErrorOf(read).kind(), ErrorKind::kData);
}

TEST_F(IdxTest, OtherFilesAreNoIdx) {
  Write("images.csv", "a,b\n1,2\n");
  Write("labels.csv", "a,b\n1,2\n");
  EXPECT_FALSE(LooksLikeIdx(Root()));
  EXPECT_FALSE(LooksLikeIdx(Path("images.csv")));
  EXPECT_FALSE(LooksLikeIdx(Path("absent")));
  Write("images.idx", "a,b\n1,2\n");
  EXPECT_FALSE(LooksLikeIdx(Root()));
  EXPECT_EQ(ErrorOf([&] { ReadIdx(Path("absent"), Json::object()); }).kind(), ErrorKind::kMissing);
  const TemporaryFolder empty;
  EXPECT_EQ(ErrorOf([&] { ReadIdx(empty.path(), Json::object()); }).kind(), ErrorKind::kData);
}

}  // namespace
}  // namespace bottega
