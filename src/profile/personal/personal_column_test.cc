#include "profile/personal/personal_column.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/random.h"
#include "profile/test_cells.h"

namespace bottega {
namespace {

CellColumn Numbers(const std::vector<double>& numbers) {
  CellColumn cells{.type = FeatureType::kNumber};
  for (const double number : numbers) {
    cells.code.push_back(static_cast<int32_t>(cells.number.size()));
    cells.number.push_back(number);
    cells.count.push_back(1);
  }
  return cells;
}

std::string Digits(int64_t stream, int n) {
  Random random(3, Purpose::kGenerate, 1, stream);
  std::string out(1, static_cast<char>('1' + random.Below(9)));
  for (int i = 1; i < n; ++i) out += static_cast<char>('0' + random.Below(10));
  return out;
}

// A PESEL of the given serial.
std::string Pesel(int serial) {
  std::string number = "800312" + std::to_string(1000 + serial);
  constexpr int kWeights[] = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3};
  int sum = 0;
  for (size_t i = 0; i < 10; ++i) sum += kWeights[i] * (number[i] - '0');
  return number + static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::vector<std::string> KindsOf(const PersonalColumn& column) {
  std::vector<std::string> kinds;
  for (const PersonalInColumn& found : column.found) {
    kinds.push_back((found.whole ? "is " : "mentions ") +
                    std::string(PersonalKindName(found.kind)));
  }
  return kinds;
}

using Kinds = std::vector<std::string>;

TEST(PersonalColumn, ProvesAnUnnamedIdentifierByAllItsCells) {
  std::vector<std::string> cells;
  for (int i = 0; i < 100; ++i) cells.push_back(Pesel(i * 37));
  EXPECT_EQ(KindsOf(FindPersonalInColumn("reference", TextCellsOf(cells), 1 << 20)),
            Kinds{"is national_id"});
  cells.resize(10);
  EXPECT_EQ(KindsOf(FindPersonalInColumn("reference", TextCellsOf(cells), 1 << 20)), Kinds{});
}

TEST(PersonalColumn, RefutesNumbersThatPassByChance) {
  std::vector<std::string> parcels, batches;
  for (int i = 0; i < 2000; ++i) {
    parcels.push_back(Digits(i, 16));
    batches.push_back(Digits(i, 9));
  }
  EXPECT_EQ(KindsOf(FindPersonalInColumn("parcel", TextCellsOf(parcels), 1 << 20)), Kinds{});
  EXPECT_EQ(KindsOf(FindPersonalInColumn("batch", TextCellsOf(batches), 1 << 20)), Kinds{});
}

TEST(PersonalColumn, ReadsNumbersThatTheNameAnnounces) {
  const CellColumn phones = Numbers({2053258100, 2563418020, 3347938701});
  const PersonalColumn found = FindPersonalInColumn("PhoneNumber", phones, 1 << 20);
  EXPECT_EQ(KindsOf(found), Kinds{"is phone"});
  EXPECT_EQ(found.found[0].rows, 3);
  EXPECT_EQ(found.found[0].example, "********00");
  EXPECT_EQ(KindsOf(FindPersonalInColumn("weight", phones, 1 << 20)), Kinds{});
  EXPECT_EQ(KindsOf(FindPersonalInColumn("lat", Numbers({48.85661, 52.52001, -3.12345}), 1 << 20)),
            Kinds{"is coordinates"});
  EXPECT_EQ(KindsOf(FindPersonalInColumn("lat", Numbers({948.85661, 52.5}), 1 << 20)), Kinds{});
}

TEST(PersonalColumn, KnowsColumnsOfNamesAndNotTownsOfThatName) {
  const std::vector<std::string> people = {"Braund, Mr. Owen Harris", "Heikkinen, Miss. Laina",
                                           "Xqzw Vbnm", "Anna Kowalska"};
  EXPECT_EQ(KindsOf(FindPersonalInColumn("Name", TextCellsOf(people), 1 << 20)),
            Kinds{"is person_name"});
  std::vector<std::string> towns;
  for (int i = 0; i < 40; ++i)
    towns.push_back("Town " + std::string(1, static_cast<char>('a' + i % 26)));
  towns.push_back("Victoria Martin");
  EXPECT_EQ(KindsOf(FindPersonalInColumn("city", TextCellsOf(towns), 1 << 20)), Kinds{});
  EXPECT_EQ(KindsOf(FindPersonalInColumn("beer_name", TextCellsOf(towns), 1 << 20)), Kinds{});
}

TEST(PersonalColumn, CountsTextsThatMentionThem) {
  const PersonalColumn found =
      FindPersonalInColumn("note",
                           TextCellsOf({"nothing to see", "write to jane.doe@example.org today",
                                        "all well", "write to jane.doe@example.org today"}),
                           1 << 20);
  ASSERT_EQ(KindsOf(found), Kinds{"mentions email"});
  EXPECT_EQ(found.found[0].rows, 2);
  EXPECT_EQ(found.found[0].codes, std::vector<int32_t>{1});
  EXPECT_EQ(found.found[0].example, "j***@e***.org");
}

TEST(PersonalColumn, ReadsNoMoreBytesThanItMay) {
  std::vector<std::string> cells;
  for (int i = 0; i < 1000; ++i) cells.push_back("cell number " + std::to_string(i) + " of many");
  const PersonalColumn found = FindPersonalInColumn("note", TextCellsOf(cells), 2000);
  EXPECT_TRUE(found.cut);
  EXPECT_LT(found.cells, 120);
  EXPECT_GT(found.cells, 60);
}

TEST(PersonalColumn, PassesEmptyColumns) {
  EXPECT_TRUE(FindPersonalInColumn("email", CellColumn(), 1 << 20).found.empty());
  CellColumn missing;
  missing.code = {-1, -1};
  missing.missing = 2;
  EXPECT_TRUE(FindPersonalInColumn("email", missing, 1 << 20).found.empty());
}

}  // namespace
}  // namespace bottega
