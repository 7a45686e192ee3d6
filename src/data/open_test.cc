#include "data/open.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "data/data_section_spec.h"
#include "data/io/csv_writer.h"
#include "data/io/parquet.h"
#include "spec/resolve.h"

namespace bottega {
namespace {

Json Defaults(const Spec& spec) {
  return Resolve(Catalog(), spec, SourceNode{.kind = SourceNode::Kind::kMap}, "test").value;
}

namespace fs = std::filesystem;
using testing::ElementsAre;

// 60 people of an Adult-like table, without header, ", " between cells.
std::string People() {
  std::string csv;
  for (int i = 0; i < 60; ++i) {
    csv += std::to_string(20 + i * 7 % 50) + ", " +
           (i % 5 == 0 ? "?"
            : i % 2    ? "Private"
                       : "State-gov") +
           ", " + (i % 3 ? "Male" : "Female") + ", " + (i % 4 ? "<=50K" : ">50K") + "\n";
  }
  return csv;
}

class OpenTest : public testing::Test {
 protected:
  fs::path Write(const std::string& name, const std::string& bytes) {
    WriteFileAtomic(folder_.path() / name, bytes);
    return folder_.path() / name;
  }
  TemporaryFolder folder_;
};

TEST_F(OpenTest, InfersAnAdultLikeTable) {
  const Inference inference = InferDataset(Write("adult.data", People()), "-1");
  EXPECT_EQ(inference.target, "c4");
  EXPECT_EQ(inference.task, "classification");
  EXPECT_EQ(inference.positive, ">50K");
  EXPECT_THAT(inference.sensitive, ElementsAre("c3"));
  EXPECT_EQ(inference.data.columns[0].type, FeatureType::kNumber);
  EXPECT_EQ(inference.data.columns[2].type, FeatureType::kBinary);
  EXPECT_EQ(*TextsOf(inference.data, 2)[1], "Male");
  EXPECT_FALSE(TextsOf(inference.data, 1)[0].has_value());
  EXPECT_EQ(inference.data.reading["header"], false);
}

TEST_F(OpenTest, OpensLikeTheTrainingDataByPositionWithLabelsNormalized) {
  const Inference train = InferDataset(Write("adult.data", People()), "-1");
  const fs::path test = Write(
      "adult.test", "age, work, sex, income\n25, Private, Male, <=50K.\n38, ?, Female, >50K.\n");
  const Dataset like = OpenLike(test, train.data.columns, {"<=50K", ">50K"}, train.data.reading);
  EXPECT_EQ(like.columns.size(), 4u);
  EXPECT_EQ(*TextsOf(like, 3)[1], ">50K");
  EXPECT_EQ(NumbersOf(like, 0)[1], 38);
  std::vector<std::string> kinds;
  for (const ReadIssue& issue : like.issues) kinds.push_back(issue.kind);
  EXPECT_THAT(kinds, ElementsAre("mapped_by_position", "normalized_label", "normalized_label"));
}

TEST_F(OpenTest, OpensLikeByNameInAnyOrderAndWithoutTarget) {
  const Inference train = InferDataset(
      Write("t.csv", "age,city,pays\n20,Rome,yes\n31,Bari,no\n44,Rome,yes\n28,Bari,no\n"), "pays");
  const Dataset like = OpenLike(Write("n.csv", "City,extra,age\nRome,1,50\nBari,2,60\n"),
                                train.data.columns, {"no", "yes"}, train.data.reading);
  EXPECT_EQ(*TextsOf(like, 1)[1], "Bari");
  EXPECT_EQ(NumbersOf(like, 0)[0], 50);
  EXPECT_FALSE(TextsOf(like, 2)[0].has_value());
  EXPECT_EQ(like.issues[0].kind, "renamed_column");
  EXPECT_THROW(OpenLike(Write("w.csv", "city\nRome\nBari\n"), train.data.columns, {"no", "yes"},
                        train.data.reading),
               Error);
}

TEST_F(OpenTest, GradesAreAQuantityUnlessTheRecipeSaysOtherwise) {
  std::string csv = "\"alcohol\";\"quality\"\n";
  for (int i = 0; i < 90; ++i)
    csv += std::to_string(9 + i % 4) + ".5;" + std::to_string(3 + i % 6) + "\n";
  const fs::path wine = Write("wine.csv", csv);
  EXPECT_EQ(InferDataset(wine, "").task, "regression");
  EXPECT_EQ(InferDataset(wine, "").target, "quality");
  Json section = Defaults(DataSection());
  section["source"] = "wine.csv";
  section["task"] = "classification";
  const Dataset data = OpenDataset(section, folder_.path());
  EXPECT_EQ(data.TargetColumn()->type, FeatureType::kCategory);
  EXPECT_EQ(*TextsOf(data, 1)[0], "3");
}

TEST_F(OpenTest, DeclarationsWinOverInference) {
  Write("d.csv", "zone,age,sex,y\n1,30,m,a\n2,40,f,b\n3,50,m,a\n1,60,f,b\n");
  Json section = Defaults(DataSection());
  section["source"] = "d.csv";
  section["target"] = "y";
  section["types"] = {{"zone", "category"}};
  section["roles"] = {{"age", "weight"}};
  section["sensitive"] = Json::array({"age"});
  const Dataset data = OpenDataset(section, folder_.path());
  EXPECT_EQ(data.columns[0].type, FeatureType::kCategory);
  EXPECT_EQ(data.columns[1].role, Role::kWeight);
  EXPECT_TRUE(data.columns[1].sensitive);
  EXPECT_FALSE(data.columns[2].sensitive);
  section["types"] = {{"zonne", "category"}};
  try {
    OpenDataset(section, folder_.path());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kRecipe);
    EXPECT_THAT(error.hint(), testing::HasSubstr("'zone'"));
  }
}

TEST_F(OpenTest, JsonLinesAndParquetGiveTheSameTableAsCsv) {
  std::string csv = "age,city,pays\n";
  std::string lines;
  for (int i = 0; i < 50; ++i) {
    const std::string age = std::to_string(20 + i * 7 % 40);
    const std::string city = i % 2 ? "Rome" : "Bari, \\\"x\\\"";
    const std::string pays = i % 3 ? "yes" : "no";
    csv += age + "," + (i % 2 ? "Rome" : "\"Bari, \"\"x\"\"\"") + "," + pays + "\n";
    lines += "{\"age\": " + age + ", \"city\": \"" + city + "\", \"pays\": \"" + pays + "\"}\n";
  }
  const Inference a = InferDataset(Write("a.csv", csv), "");
  const Inference b = InferDataset(Write("a.jsonl", lines), "");
  WriteParquet(folder_.path() / "a.parquet", *a.data.table);
  const Inference c = InferDataset(folder_.path() / "a.parquet", "");
  EXPECT_EQ(CsvText(*a.data.table), CsvText(*b.data.table));
  EXPECT_EQ(CsvText(*a.data.table), CsvText(*c.data.table));
  EXPECT_EQ(a.target, "pays");
  EXPECT_EQ(b.target, "pays");
}

TEST_F(OpenTest, EncodingsGiveTheSameTable) {
  const std::string utf8 = "stadt;y\nZ\xC3\xBCrich;1\nBern;2\nGen\xC3\xA8ve;3\nBern;4\n";
  std::string latin = "stadt;y\nZ\xFCrich;1\nBern;2\nGen\xE8ve;3\nBern;4\n";
  std::string utf16 = "\xFF\xFE";
  for (const char16_t c :
       std::u16string(u"stadt;y\nZ\u00FCrich;1\nBern;2\nGen\u00E8ve;3\nBern;4\n")) {
    utf16 += static_cast<char>(c & 0xFF);
    utf16 += static_cast<char>(c >> 8);
  }
  const auto texts = [&](const std::string& bytes) {
    return TextsOf(InferDataset(Write("e.csv", bytes), "y").data, 0);
  };
  EXPECT_EQ(*texts(utf8)[0], "Z\xC3\xBCrich");
  EXPECT_EQ(texts("\xEF\xBB\xBF" + utf8), texts(utf8));
  EXPECT_EQ(texts(latin), texts(utf8));
  EXPECT_EQ(texts(utf16), texts(utf8));
}

}  // namespace
}  // namespace bottega
