#include "data/io/folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>

#include "base/error.h"
#include "base/files.h"

namespace bottega {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

Picture Drawing(int width, int height) {
  Picture picture{.width = width, .height = height};
  for (int i = 0; i < width * height * 3; ++i) {
    picture.rgb.push_back(static_cast<uint8_t>(i * 37 % 256));
  }
  return picture;
}

// A small file whose header claims another size.
std::string PngThatClaims(uint32_t width, uint32_t height) {
  std::string png = EncodePng(Drawing(4, 4));
  const auto put = [&](size_t at, uint32_t value) {
    for (size_t i = 0; i < 4; ++i) png[at + i] = static_cast<char>(value >> (24 - 8 * i) & 255);
  };
  put(16, width);
  put(20, height);
  put(29, static_cast<uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(&png[12]), 17)));
  return png;
}

class FolderTest : public testing::Test {
 public:
  FolderTest& File(const std::string& path, const std::string& bytes) {
    WriteFileAtomic(Root() / path, bytes);
    return *this;
  }
  FolderTest& Jpeg(const std::string& path, int width = 12, int height = 10) {
    return File(path, EncodeJpeg(Drawing(width, height), 90));
  }
  const fs::path& Root() const { return folder_.path(); }
  Dataset Read(const Json& settings = Json::object()) const {
    return ReadPictureFolder(Root(), settings);
  }
  Error ErrorOf(const fs::path& root) const {
    try {
      ReadPictureFolder(root, Json::object());
    } catch (const Error& error) {
      EXPECT_FALSE(error.hint().empty()) << error.message();
      return error;
    }
    ADD_FAILURE() << "no error";
    return Error(ErrorKind::kInternal, "none");
  }
  static std::vector<std::string> Column(const Dataset& data, const std::string& name) {
    std::vector<std::string> out;
    for (const auto& cell : TextsOf(data, data.Find(name))) out.push_back(cell.value_or("(none)"));
    return out;
  }
  static std::vector<std::string> IssuesOf(const Dataset& data) {
    std::vector<std::string> out;
    for (const ReadIssue& issue : data.issues) out.push_back(issue.kind + " " + issue.place.file);
    return out;
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(FolderTest, ClassFoldersInByteOrder) {
  Jpeg("b/1.jpg").Jpeg("a/2.jpeg", 30, 20).File("a b/3.png", EncodePng(Drawing(5, 7)));
  Jpeg("a/deep/er/4.jpg");
  EXPECT_TRUE(LooksLikePictureFolder(Root()));
  const Dataset data = Read();
  EXPECT_EQ(Column(data, "picture"),
            (std::vector<std::string>{"a b/3.png", "a/2.jpeg", "a/deep/er/4.jpg", "b/1.jpg"}));
  EXPECT_EQ(Column(data, "label"), (std::vector<std::string>{"a b", "a", "a", "b"}));
  EXPECT_EQ(data.rows, (std::vector<int64_t>{0, 1, 2, 3}));
  EXPECT_EQ(NumbersOf(data, data.Find("width")), (std::vector<double>{5, 30, 12, 12}));
  EXPECT_EQ(NumbersOf(data, data.Find("height")), (std::vector<double>{7, 20, 10, 10}));
  EXPECT_EQ(data.TargetColumn()->name, "label");
  EXPECT_EQ(data.TargetColumn()->type, FeatureType::kCategory);
  EXPECT_EQ(data.RoleIndex(Role::kPart), -1);
  EXPECT_TRUE(data.issues.empty());
  EXPECT_EQ(data.reading["format"], "pictures");
}

TEST_F(FolderTest, TwoClassesAreBinary) {
  Jpeg("no/1.jpg").Jpeg("yes/1.jpg");
  EXPECT_EQ(Read().TargetColumn()->type, FeatureType::kBinary);
}

TEST_F(FolderTest, FirstFoldersMayBeParts) {
  Jpeg("Train/a/1.jpg").Jpeg("Train/b/1.jpg").Jpeg("val/a/1.jpg").Jpeg("test/b/1.jpg");
  Jpeg("test/stray.jpg");
  const Dataset data = Read();
  EXPECT_EQ(Column(data, "part"),
            (std::vector<std::string>{"train", "train", "test", "validation"}));
  EXPECT_EQ(Column(data, "label"), (std::vector<std::string>{"a", "b", "b", "a"}));
  EXPECT_EQ(data.rows, (std::vector<int64_t>{0, 1, 2, 4}));
  EXPECT_EQ(data.columns[static_cast<size_t>(data.Find("part"))].role, Role::kPart);
  EXPECT_EQ(IssuesOf(data), (std::vector<std::string>{"foreign_file test/stray.jpg"}));
  const Dataset classes = Read({{"part", false}});
  EXPECT_EQ(classes.Find("part"), -1);
  EXPECT_EQ(Column(classes, "label"),
            (std::vector<std::string>{"Train", "Train", "test", "test", "val"}));
}

TEST_F(FolderTest, ClassesMayBeCalledLikeParts) {
  Jpeg("train/1.jpg").Jpeg("test/1.jpg");
  EXPECT_EQ(Column(Read(), "label"), (std::vector<std::string>{"test", "train"}));
  Jpeg("bus/1.jpg").Jpeg("train/old/2.jpg");
  const Dataset data = Read();
  EXPECT_EQ(data.Find("part"), -1);
  EXPECT_EQ(Column(data, "label"), (std::vector<std::string>{"bus", "test", "train", "train"}));
}

TEST_F(FolderTest, BadFilesAreIssuesAndKeepTheirNumbers) {
  const std::string jpeg = EncodeJpeg(Drawing(40, 40), 90);
  File("a/0.jpg", "").File("a/1.jpg", "no picture").File("a/2.txt", "notes");
  File("a/3.jpg", EncodePng(Drawing(3, 3))).File("a/4.jpg", jpeg.substr(0, jpeg.size() / 2));
  File("a/5.jpg", jpeg.substr(0, 30)).File("a/6.png", PngThatClaims(20'000, 6'000));
  File("a/7.png", PngThatClaims(10'000, 10'000)).File("a/8.gif", "GIF89a");
  File("b/1.png", EncodePng(Drawing(1, 1)));
  const Dataset data = Read();
  EXPECT_EQ(Column(data, "picture"),
            (std::vector<std::string>{"a/3.jpg", "a/4.jpg", "a/7.png", "b/1.png"}));
  EXPECT_EQ(data.rows, (std::vector<int64_t>{3, 4, 7, 9}));
  EXPECT_EQ(NumbersOf(data, data.Find("width")), (std::vector<double>{3, 40, 10'000, 1}));
  EXPECT_EQ(IssuesOf(data),
            (std::vector<std::string>{"unreadable_file a/0.jpg", "unreadable_file a/1.jpg",
                                      "foreign_file a/2.txt", "misnamed_file a/3.jpg",
                                      "truncated_file a/4.jpg", "unreadable_file a/5.jpg",
                                      "too_large a/6.png", "unreadable_file a/8.gif"}));
  for (const ReadIssue& issue : data.issues) EXPECT_GE(issue.place.row, 0) << issue.message;
  EXPECT_THAT(data.issues[0].message, HasSubstr("the file is empty"));
  EXPECT_THAT(data.issues[6].message, HasSubstr("120,000,000"));
}

TEST_F(FolderTest, BytesBehindTheEndOfAJpegAreAllowed) {
  const std::string jpeg = EncodeJpeg(Drawing(40, 40), 90);
  File("a/1.jpg", jpeg + std::string(10'000, '\0')).File("b/1.jpg", jpeg + "camera");
  const Dataset data = Read();
  EXPECT_EQ(data.size(), 2);
  EXPECT_TRUE(data.issues.empty());
}

TEST_F(FolderTest, WhatIsNotInAClassFolderHasNoNumber) {
  Jpeg("b/1.jpg").Jpeg("c/1.jpg").Jpeg("loose.jpg").File("README.md", "x");
  File("a-papers/licence.txt", "x").File("truth/labels.json", "{}").File(".git/x.jpg", "x");
  Jpeg("b/.hidden.jpg").Jpeg(".thumbs/1.jpg");
  const Dataset data = Read();
  EXPECT_EQ(Column(data, "picture"), (std::vector<std::string>{"b/1.jpg", "c/1.jpg"}));
  EXPECT_EQ(data.rows, (std::vector<int64_t>{0, 1}));
  EXPECT_TRUE(data.issues.empty());
}

TEST_F(FolderTest, LinksInACircleEndAndLinksToFilesAreFollowed) {
  Jpeg("a/1.jpg").Jpeg("b/1.jpg").Jpeg("loose.jpg");
  fs::create_directory_symlink("..", Root() / "a" / "up");
  fs::create_symlink("itself.jpg", Root() / "a" / "itself.jpg");
  fs::create_symlink("nowhere.jpg", Root() / "a" / "broken.jpg");
  fs::create_symlink("../loose.jpg", Root() / "b" / "2.jpg");
  EXPECT_TRUE(LooksLikePictureFolder(Root()));
  EXPECT_EQ(Column(Read(), "picture"), (std::vector<std::string>{"a/1.jpg", "b/1.jpg", "b/2.jpg"}));
}

TEST_F(FolderTest, FoldersThatCannotBeLearnedFromAreErrors) {
  EXPECT_EQ(ErrorOf(Root() / "absent").kind(), ErrorKind::kMissing);
  EXPECT_EQ(ErrorOf(Root()).kind(), ErrorKind::kData);
  EXPECT_FALSE(LooksLikePictureFolder(Root()));
  Jpeg("loose.jpg");
  EXPECT_FALSE(LooksLikePictureFolder(Root()));
  EXPECT_EQ(ErrorOf(Root()).kind(), ErrorKind::kData);
  EXPECT_EQ(ErrorOf(Root() / "loose.jpg").kind(), ErrorKind::kData);
  File("a/1.jpg", "no picture").File("b/1.jpg", "");
  EXPECT_FALSE(LooksLikePictureFolder(Root()));
  EXPECT_THAT(ErrorOf(Root()).message(), HasSubstr("none of the folder's pictures can be used"));
  Jpeg("a/2.jpg");
  EXPECT_THAT(ErrorOf(Root()).message(), HasSubstr("one class, 'a'"));
  Jpeg("b/2.jpg");
  EXPECT_EQ(Read().size(), 2);
}

TEST_F(FolderTest, ClassesOneFolderDeeperAreHintedAt) {
  Jpeg("my data/a/1.jpg").Jpeg("my data/b/1.jpg");
  const Error error = ErrorOf(Root());
  EXPECT_EQ(error.kind(), ErrorKind::kData);
  EXPECT_THAT(error.hint(), HasSubstr("bottega init '" + (Root() / "my data").string() + "'"));
}

TEST_F(FolderTest, ATableBesideThePicturesAddsColumns) {
  Jpeg("a/1.jpg").Jpeg("b/1.jpg").Jpeg("b/2.jpg");
  File("info.csv",
       "file,ripeness,label,width\nb/1.jpg,0.5,wrong,7\na/1.jpg,0.25,wrong,7\nb/2.jpg,,wrong,7\n");
  const Dataset data = Read();
  EXPECT_EQ(Column(data, "label"), (std::vector<std::string>{"a", "b", "b"}));
  const std::vector<double> ripeness = NumbersOf(data, data.Find("ripeness"));
  EXPECT_EQ(ripeness[0], 0.25);
  EXPECT_EQ(ripeness[1], 0.5);
  EXPECT_TRUE(std::isnan(ripeness[2]));
  EXPECT_EQ(NumbersOf(data, data.Find("width"))[0], 12);
  EXPECT_EQ(data.Find("file"), -1);
}

TEST_F(FolderTest, PicturesAreOpenedByTheirCells) {
  const Picture drawing = Drawing(6, 4);
  File("a/1.png", EncodePng(drawing)).Jpeg("b/1.jpg");
  const Dataset data = Read();
  const auto pictures = OpenPictures(data);
  EXPECT_EQ(pictures->Load("a/1.png", {}).rgb, drawing.rgb);
  EXPECT_EQ(pictures->Info("b/1.jpg").format, "jpeg");
  const Picture part =
      pictures->LoadCrop("a/1.png", [](int, int) { return CropBox{1, 1, 3, 2}; }, 3, 2);
  EXPECT_EQ(part.rgb, ResizeCrop(drawing, {1, 1, 3, 2}, 3, 2).rgb);
  try {
    pictures->Load("a/2.png", {});
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kMissing);
  }
  EXPECT_THROW(OpenPictures(Dataset{}), Error);
}

TEST_F(FolderTest, AProjectThatLivesInItsSourceIsNoPartOfIt) {
  Jpeg("a/1.jpg").Jpeg("b/1.jpg").Jpeg("runs/1.jpg");
  EXPECT_EQ(Read().size(), 3);
  File("bottega.yaml", "x").File("runs/20260101-000000-abcd/recipe.resolved.yaml", "x");
  Jpeg("runs/20260101-000000-abcd/quarantine/1.jpg");
  EXPECT_EQ(Column(Read(), "picture"),
            (std::vector<std::string>{"a/1.jpg", "b/1.jpg", "runs/1.jpg"}));
}

}  // namespace
}  // namespace bottega
