#include <gmock/gmock.h>

#include <cstdlib>

#include "audit/check_list.h"
#include "audit/test_audit.h"
#include "data/infer/dates.h"
#include "data/open.h"

namespace bottega {
namespace {

using testing::HasSubstr;

constexpr int64_t kDay = 86'400'000'000;

class ImpossibleDatesTest : public testing::Test {
 protected:
  void SetUp() override { setenv("SOURCE_DATE_EPOCH", "1709251200", 1); }  // 2024-03-01
  void TearDown() override { unsetenv("SOURCE_DATE_EPOCH"); }

  static std::vector<std::optional<int64_t>> Days(int64_t first, int64_t range, int64_t stream) {
    std::vector<std::optional<int64_t>> dates;
    for (const double day : RandomNumbers(200, stream, range)) {
      dates.push_back((first + static_cast<int64_t>(day)) * kDay);
    }
    return dates;
  }
  static int64_t At(const std::string& day) { return *ParseDate(day, "%Y-%m-%d"); }
};

TEST_F(ImpossibleDatesTest, DaysThatDoNotExist) {
  const TemporaryFolder folder;
  std::string csv = "when,y\n";
  for (int i = 0; i < 100; ++i) {
    csv += WriteDate((18'000 + i) * kDay, "%d.%m.%Y") + (i % 2 ? ",a\n" : ",b\n");
  }
  csv += "31.02.2021,a\n00.00.0000,b\nsoon,a\n";
  WriteFileAtomic(folder.path() / "a.csv", csv);
  const auto found =
      FindingsOf("impossible_dates", InferDataset(folder.path() / "a.csv", "y").data);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].detail["count"], 2);
  EXPECT_EQ(found[0].detail["cells"][0]["written"], "31.02.2021");
  EXPECT_EQ(found[0].place.row, 100);
  EXPECT_THAT(found[1].message, HasSubstr("are no dates, as 'soon'"));
}

TEST_F(ImpossibleDatesTest, YearsFarFromAllOthers) {
  auto dates = Days(17'000, 2'000, 1);
  EXPECT_TRUE(FindingsOf("impossible_dates", TestDataset().Dates("seen", dates).Make()).empty());
  dates[3] = At("1800-05-07");
  dates[9] = At("2999-03-04");
  const auto found = FindingsOf("impossible_dates", TestDataset().Dates("seen", dates).Make());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].detail["count"], 2);
  // Plans may lie ahead.
  auto plans = Days(19'000, 2'500, 2);
  EXPECT_TRUE(FindingsOf("impossible_dates", TestDataset().Dates("due", plans).Make()).empty());
}

TEST_F(ImpossibleDatesTest, BirthsAhead) {
  auto dates = Days(-10'000, 25'000, 1);
  dates[4] = At("2031-01-05");
  dates[5] = At("1850-02-03");
  const auto found =
      FindingsOf("impossible_dates", TestDataset().Dates("birth_date", dates).Make());
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_EQ(found[0].place.row, 4);
  EXPECT_EQ(found[1].place.row, 5);
}

TEST_F(ImpossibleDatesTest, EndsBeforeStarts) {
  const auto start = Days(18'000, 900, 1);
  auto end = start;
  for (size_t i = 0; i < end.size(); ++i) *end[i] += static_cast<int64_t>(i % 9) * kDay;
  end[7] = *start[7] - 3 * kDay;
  const auto found = FindingsOf(
      "impossible_dates", TestDataset().Dates("admitted", start).Dates("discharged", end).Make());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_EQ(found[0].place.row, 7);
  EXPECT_EQ(found[0].place.column, "discharged");
  EXPECT_FALSE(found[0].detail.contains("cells"));
  // Columns without an order.
  EXPECT_TRUE(FindingsOf("impossible_dates",
                         TestDataset().Dates("a", start).Dates("b", Days(18'000, 900, 3)).Make())
                  .empty());
}

TEST_F(ImpossibleDatesTest, AnOrderThatIsGiven) {
  const auto a = Days(18'000, 900, 1), b = Days(18'000, 900, 3);
  const Dataset data = TestDataset().Dates("a", a).Dates("b", b).Make();
  const auto found = FindingsOf("impossible_dates", data, "{order: ['a <= b']}");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_GT(found[0].detail["count"], 50);
  EXPECT_THROW(RunOnly("impossible_dates", data, "{order: ['a < c']}"), Error);
}

TEST_F(ImpossibleDatesTest, NothingToLookAt) {
  const Dataset numbers = TestDataset().Number("x", RandomNumbers(9, 1)).Make();
  EXPECT_EQ(SkipReason("impossible_dates", numbers), "no column holds dates");
}

}  // namespace
}  // namespace bottega
