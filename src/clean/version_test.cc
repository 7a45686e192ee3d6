#include "clean/version.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/hash.h"
#include "base/random.h"
#include "clean/fixes.h"
#include "clean/repaired_file.h"
#include "clean/test_source.h"

namespace bottega {
namespace {

namespace fs = std::filesystem;

const std::string kPlain =
    "id,town,share,day\r\n"
    "1,Rome,0.5,2024-01-01\r\n"
    "2,\"Rome \",5%,2024-01-02\r\n"
    "3,\"Bari, sul mare\",0.25,2024-01-03\r\n"
    "4,ROME,?,2024-01-04\r\n"
    "5,Rome,0.75,2024-01-05\r\n"
    "6,\"Rome\nnord\",1,2024-01-06\r\n"
    "7,Rome,0.5,2024-01-07";

// The same table as bytes of many kinds.
std::vector<std::pair<std::string, std::string>> Sources() {
  std::string utf16 = "\xff\xfe";
  for (const char c : kPlain) utf16 += std::string{c, '\0'};
  std::string latin = kPlain;
  latin.replace(latin.find("Bari"), 4, "B\xe0ri");
  std::string broken = kPlain;
  broken.replace(broken.find("Bari"), 4, "B\xff\xfe");
  std::string tabs = kPlain;
  std::ranges::replace(tabs, ',', '\t');
  std::string semicolons = kPlain;
  std::ranges::replace(semicolons, ',', ';');
  std::string old_mac;
  for (const char c : kPlain) old_mac += c == '\r' ? "\r" : c == '\n' ? "" : std::string(1, c);
  return {{"plain.csv", kPlain},
          {"bom.csv", "\xef\xbb\xbf" + kPlain},
          {"utf16.csv", utf16},
          {"latin.csv", latin},
          {"broken.csv", broken},
          {"tabs.tsv", tabs},
          {"semicolons.csv", semicolons},
          {"mac.csv", old_mac},
          {"blank_lines.csv", "\n\n" + kPlain + "\n\n\n"},
          {"ragged.csv", kPlain + "\n8,Rome\n9,Rome,1,2024-01-09,x\n10,Rome,1,2024-01-10\n"},
          {"lines.jsonl",
           "{\"id\": 1, \"town\": \"Rome \", \"x\": 1.0}\n{\"id\": 2, \"town\": \"Rome\"}\r\n\n"
           "{\"id\": 3, \"town\": \"Bari\", \"x\": null}\n{\"id\": 4, \"town\": \" Bari\"}"},
          {"list.json",
           "[ {\"town\": \"Rome \", \"x\": 1.50},\n  {\"town\": \"Rome\", \"x\": 2}, "
           "{\"town\": \"Bari\", \"x\": 7} ]"}};
}

TEST(VersionTest, TheSourceComesBackToTheByteWhateverItIs) {
  int checked = 0;
  for (const auto& [name, bytes] : Sources()) {
    const TestSource source(name, bytes);
    const RepairPlan plan = source.Plan(
        "repairs: [strip_spaces, mark_missing, plain_numbers, "
        "merge_spellings]");
    EXPECT_FALSE(Chosen(plan).repairs.empty()) << name;
    const Version version = WriteVersion(source.folder(), source.data(), Sha256Hex(bytes), plan);
    EXPECT_GT(version.cells, 0) << name;
    EXPECT_NE(ReadFile(version.folder / version.file), bytes) << name;
    EXPECT_EQ(ReadFile(source.folder() / name), bytes) << name;
    fs::remove(source.folder() / name);  // the version and its undo log are all that is needed
    EXPECT_EQ(RestoreSource(version), bytes) << name;
    ++checked;
  }
  EXPECT_EQ(checked, 12);
}

// What a person reads in the version is what later stages see of the source with the repairs.
TEST(VersionTest, TheFileHoldsWhatTheRepairedDataHold) {
  for (const auto& [name, bytes] : Sources()) {
    const TestSource source(name, bytes);
    const RepairPlan plan = source.Plan("repairs: [strip_spaces, mark_missing, plain_numbers]");
    const Dataset repaired = ApplyRepairs(source.data(), plan);
    const Version version = WriteVersion(source.folder(), source.data(), Sha256Hex(bytes), plan);
    Json types = Json::object();
    for (const Column& column : repaired.columns) types[column.name] = FeatureTypeName(column.type);
    const Json section = ResolveSection(
        DataSection(), "source: " + version.file + "\ntypes: " + types.dump() + "\n");
    const Dataset again = OpenDataset(section, version.folder);
    for (const Column& column : repaired.columns) {
      EXPECT_EQ(ColumnTexts(again, column.name), ColumnTexts(repaired, column.name))
          << name << " " << column.name;
    }
  }
}

TEST(VersionTest, OnlyTheRepairedCellsDiffer) {
  const TestSource source("plain.csv", kPlain);
  const RepairPlan plan =
      source.Plan("repairs: [strip_spaces, mark_missing, plain_numbers, merge_spellings]");
  const Version version = WriteVersion(source.folder(), source.data(), Sha256Hex(kPlain), plan);
  EXPECT_EQ(ReadFile(version.folder / version.file),
            "id,town,share,day\r\n"
            "1,Rome,0.5,2024-01-01\r\n"
            "2,\"Rome\",5%,2024-01-02\r\n"
            "3,\"Bari, sul mare\",0.25,2024-01-03\r\n"
            "4,Rome,,2024-01-04\r\n"
            "5,Rome,0.75,2024-01-05\r\n"
            "6,\"Rome\nnord\",1,2024-01-06\r\n"
            "7,Rome,0.5,2024-01-07");
}

TEST(VersionTest, VersionsAreListedFoundUndoneAndTakenUpAgain) {
  const TestSource source("plain.csv", kPlain);
  const std::string hash = Sha256Hex(kPlain);
  EXPECT_TRUE(ListVersions(source.folder()).empty());
  EXPECT_THROW(FindVersion(source.folder(), "newest"), Error);
  const RepairPlan plan = source.Plan("repairs: [strip_spaces, merge_spellings]");
  const Version first = WriteVersion(source.folder(), source.data(), hash, plan);
  EXPECT_EQ(WriteVersion(source.folder(), source.data(), hash, plan).name, first.name);
  RepairPlan other = plan;
  SetApplied({"merge_spellings"}, false, &other);
  const Version second = WriteVersion(source.folder(), source.data(), hash, other);
  EXPECT_EQ(second.number, 2);
  EXPECT_EQ(VersionOf(ListVersions(source.folder()), hash)->name, second.name);
  EXPECT_FALSE(VersionOf(ListVersions(source.folder()), "another"));
  EXPECT_EQ(FindVersion(source.folder(), "1").name, first.name);
  EXPECT_EQ(FindVersion(source.folder(), "newest").name, second.name);
  MarkUndone(second, true);
  EXPECT_EQ(FindVersion(source.folder(), "newest").name, first.name);
  EXPECT_TRUE(FindVersion(source.folder(), second.name).undone);
  EXPECT_EQ(RepairsToJson(ReadRepairs(second.folder / "repairs.json")), RepairsToJson(other));
}

TEST(VersionTest, AChangedFileOrUndoLogIsNoticed) {
  const TestSource source("plain.csv", kPlain);
  const Version version = WriteVersion(source.folder(), source.data(), Sha256Hex(kPlain),
                                       source.Plan("repairs: [strip_spaces]"));
  const std::string data = ReadFile(version.folder / version.file);
  const std::string undo = ReadFile(version.folder / "undo.zst");
  WriteFileAtomic(version.folder / version.file, data + "8,x,1,2024-01-08\r\n");
  EXPECT_THROW(RestoreSource(version), Error);
  WriteFileAtomic(version.folder / version.file, data);
  WriteFileAtomic(version.folder / "undo.zst", undo.substr(0, undo.size() - 1));
  EXPECT_THROW(RestoreSource(version), Error);
  WriteFileAtomic(version.folder / "undo.zst", undo);
  EXPECT_EQ(RestoreSource(version), kPlain);
}

TEST(VersionTest, RowsThatWereSetAsideLeaveTheFileAndStandInQuarantine) {
  const TestSource source("plain.csv", kPlain, "target: share");
  const RepairPlan plan = source.Plan("repairs: [set_aside]");
  const Version version = WriteVersion(source.folder(), source.data(), Sha256Hex(kPlain), plan);
  EXPECT_EQ(version.rows_after, version.rows_before - 1);
  EXPECT_EQ(ReadFile(version.folder / version.file).find("4,ROME"), std::string::npos);
  EXPECT_THAT(ReadFile(version.folder / "quarantine" / "rows.csv"), testing::HasSubstr("ROME"));
  EXPECT_EQ(RestoreSource(version), kPlain);
}

}  // namespace
}  // namespace bottega
