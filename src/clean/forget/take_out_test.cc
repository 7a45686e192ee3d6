#include "clean/forget/take_out.h"

#include <arrow/table.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "data/arrow_support.h"
#include "data/io/parquet.h"
#include "split/row_plan.h"

namespace bottega {
namespace {

Json After(const RowChange& change, Json json) {
  TakenOut out;
  TakeOutOfJson(change, &json, &out);
  return json;
}

TEST(TakeOutTest, ElementsAboutARowLeaveTheirArray) {
  const Json json = Json::parse(R"({"findings": [{"place": {"row": 3, "line": 4}, "id": "a"},
      {"place": {"row": 5, "line": 6}, "id": "b"}, {"place": {"row": null}, "id": "c"}]})");
  const Json kept = After({.gone = {3}}, json);
  ASSERT_EQ(kept["findings"].size(), 2);
  EXPECT_EQ(kept["findings"][0]["place"]["row"], 5);
  const Json cut = After({.gone = {3}, .cut = true}, json);
  EXPECT_EQ(cut["findings"][0]["place"]["row"], 4);
  EXPECT_TRUE(cut["findings"][0]["place"]["line"].is_null());
}

TEST(TakeOutTest, ListsOfRowsLoseThemAndTheirOwnerWithTheLast) {
  const Json json =
      Json::parse(R"({"changes": [{"rows": [1, [4, 8]], "n": 1}, {"rows": [5], "n": 2},
      {"rows": 7, "n": 3}]})");
  const Json kept = After({.gone = {5}}, json);
  ASSERT_EQ(kept["changes"].size(), 2);
  EXPECT_EQ(kept["changes"][0]["rows"], Json::parse("[1, 4, [6, 8]]"));
  EXPECT_EQ(kept["changes"][1]["n"], 3);  // a count is no list
  const Json cut = After({.gone = {5}, .cut = true}, json);
  EXPECT_EQ(cut["changes"][0]["rows"], Json::parse("[1, [4, 7]]"));
}

TEST(TakeOutTest, FindingsThatSpeakOfAGoneRowLeave) {
  const auto finding = [](const std::string& message, int64_t other) {
    return Json{{"place", {{"row", 4}}}, {"message", message}, {"detail", {{"rows", {4, other}}}}};
  };
  const Json json = {{"findings",
                      {finding("row 4 and row 7 differ in income (10, 20)", 7),
                       finding("row 4 and row 70 are the same", 70)}}};
  const Json kept = After({.gone = {7}}, json);
  ASSERT_EQ(kept["findings"].size(), 1);
  EXPECT_EQ(kept["findings"][0]["message"], "row 4 and row 70 are the same");
  const Json cut = After({.gone = {7}, .cut = true}, json);
  EXPECT_EQ(cut["findings"][0]["message"], "row 4 and row 69 are the same");
}

TEST(TakeOutTest, SentencesCountThousands) {
  const RowChange change{.gone = {2288}, .cut = true};
  EXPECT_TRUE(NamesGoneRow("as row 89 does row 2,288", change));
  EXPECT_FALSE(NamesGoneRow("arrow 2288, rows 2288, row 22,880", change));
  EXPECT_EQ(SentenceNow("row 3,000, row 12, which", change), "row 2,999, row 12, which");
}

TEST(TakeOutTest, ReasonsTellNothingOfAGoneRow) {
  const TemporaryFolder folder;
  const auto from = folder.path() / "a.csv", to = folder.path() / "b.csv";
  WriteFileAtomic(from, "row,reason\n3,like row 5 (1064)\n4,like row 9\n5,x\n");
  TakeOutOfFile(from, {.gone = {5}, .cut = true}, to);
  EXPECT_EQ(ReadFile(to),
            "row,reason\n3,because of a row that was forgotten since\n4,like row 8\n");
}

TEST(TakeOutTest, AnAuditCountsAgain) {
  const Json json =
      Json::parse(R"({"format": "bottega audit 2", "checks": [{"name": "x", "count": 2}],
      "findings": [{"check": "x", "place": {"row": 1}}, {"check": "x", "place": {"row": 2}}]})");
  EXPECT_EQ(After({.gone = {1}}, json)["checks"][0]["count"], 1);
}

TEST(TakeOutTest, ADocumentAboutOneRowIsNothingWithoutIt) {
  const TemporaryFolder folder;
  WriteFileAtomic(folder.path() / "a.json", "{\"row\": 3, \"label\": \"x\"}");
  const TakenOut out = TakeOutOfFile(folder.path() / "a.json", {.gone = {3}}, folder.path() / "b");
  EXPECT_TRUE(out.nothing_left);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "b"));
}

TEST(TakeOutTest, CsvKeepsTheBytesOfOtherRecords) {
  const TemporaryFolder folder;
  const auto from = folder.path() / "a.csv", to = folder.path() / "b.csv";
  WriteFileAtomic(from, "row,cell\n3,\"a\nb\"\n4,\"c \"\"d\"\"\"\n9,e\n");
  EXPECT_EQ(TakeOutOfFile(from, {.gone = {3}}, to).count, 1);
  EXPECT_EQ(ReadFile(to), "row,cell\n4,\"c \"\"d\"\"\"\n9,e\n");
  TakeOutOfFile(from, {.gone = {3}, .cut = true}, to);
  EXPECT_EQ(ReadFile(to), "row,cell\n3,\"c \"\"d\"\"\"\n8,e\n");
  EXPECT_EQ(HeldAbout(from, {.gone = {4}})[0]["cell"], "c \"d\"");
}

TEST(TakeOutTest, SplitsKeepTheirGroupsWhenTheNamesakeGoes) {
  const TemporaryFolder folder;
  const auto from = folder.path() / "a.parquet", to = folder.path() / "b.parquet";
  WriteRowPlan(from, {.row = {0, 2, 4, 6},
                      .part = {Part::kTrain, Part::kTrain, Part::kTest, Part::kTest},
                      .fold = {-1, 0, -1, -1},
                      .group = {2, 2, -1, -1}});
  TakeOutOfFile(from, {.gone = {0}, .cut = true}, to);
  const RowPlan plan = ReadRowPlan(to);
  EXPECT_EQ(plan.row, (std::vector<int64_t>{1, 3, 5}));
  EXPECT_EQ(plan.group, (std::vector<int64_t>{1, -1, -1}));
  EXPECT_EQ(plan.part[1], Part::kTest);
}

TEST(TakeOutTest, FilesWithoutTheRowsAreNotWritten) {
  const TemporaryFolder folder;
  WriteFileAtomic(folder.path() / "a.csv", "row,cell\n3,a\n");
  WriteFileAtomic(folder.path() / "b.csv", "id,cell\n3,a\n");
  for (const char* name : {"a.csv", "b.csv"}) {
    EXPECT_FALSE(TakeOutOfFile(folder.path() / name, {.gone = {7}}, folder.path() / "c").changed);
  }
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "c"));
}

}  // namespace
}  // namespace bottega
