#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

constexpr int64_t kRows = 300;
constexpr int64_t kDay = 86'400'000'000;

using DateCells = std::vector<std::optional<int64_t>>;

// Days after the first; `later` random days more than row i's own.
DateCells Days(int64_t later) {
  DateCells out;
  for (int64_t i = 0; i < kRows; ++i) {
    const int64_t more = later == 0 ? 0 : 1 + Random(3, Purpose::kSample, later, i).Below(later);
    out.push_back((18'000 + i + more) * kDay);
  }
  return out;
}

TextCells PartsBefore(int64_t train_until, bool reversed) {
  TextCells part;
  for (int64_t i = 0; i < kRows; ++i)
    part.push_back((i < train_until) != reversed ? "train" : "test");
  return part;
}

TEST(TimeTravelTest, TestRowsOfThePast) {
  const auto table = [](const TextCells& part) {
    return TestDataset()
        .Dates("asked", Days(0), Role::kTime)
        .Text("part", part, FeatureType::kCategory, Role::kPart)
        .Make();
  };
  EXPECT_TRUE(FindingsOf("time_travel", table(PartsBefore(200, false))).empty());
  const std::vector<Finding> past = FindingsOf("time_travel", table(PartsBefore(100, true)));
  ASSERT_EQ(past.size(), 1u);
  EXPECT_EQ(past[0].severity, Severity::kError);
  EXPECT_THAT(past[0].message, HasSubstr("100 of 100 rows of test are older than rows that train"));
  TextCells mixed = PartsBefore(200, false);
  for (size_t i = 0; i < mixed.size(); i += 5) mixed[i] = "test";
  const std::vector<Finding> some = FindingsOf("time_travel", table(mixed));
  ASSERT_EQ(some.size(), 1u);
  EXPECT_EQ(some[0].severity, Severity::kWarning);
}

TEST(TimeTravelTest, DatesAfterTheRowsTime) {
  DateCells paid = Days(50);
  TextCells answer;
  for (int64_t i = 0; i < kRows; ++i) {
    answer.push_back(i % 2 == 0 ? "yes" : "no");
    if (i % 2 != 0) paid[static_cast<size_t>(i)] = std::nullopt;
  }
  DateCells fixed = Days(0);
  for (auto& day : fixed) *day += 30 * kDay;
  const Dataset data = TestDataset()
                           .Dates("asked", Days(0), Role::kTime)
                           .Dates("closed_on", Days(90))
                           .Dates("paid_on", paid)
                           .Dates("due_date", Days(40))
                           .Dates("answer_by", fixed)
                           .Text("y", answer, FeatureType::kBinary, Role::kTarget)
                           .Make();
  const std::vector<Finding> found = FindingsOf("time_travel", data);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].place.column, "closed_on");
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[1].place.column, "paid_on");
  EXPECT_EQ(found[1].severity, Severity::kError);
}

TEST(TimeTravelTest, NamesOfTheFuture) {
  std::vector<double> after;
  for (int64_t i = 0; i < kRows; ++i) {
    after.push_back((i < 120 ? 3 : 0) + Random(3, Purpose::kSample, 8, i).Normal());
  }
  const Dataset data = TestDataset()
                           .Number("final_balance", after)
                           .Number("next_of_kin", RandomNumbers(kRows, 2, 3))
                           .Text("y", YesNo(kRows, 120), FeatureType::kBinary, Role::kTarget)
                           .Make();
  const std::vector<Finding> found = FindingsOf("time_travel", data);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].place.column, "final_balance");
  EXPECT_THAT(SkipReason("time_travel", TestDataset().Number("x", {1, 2}).Make()),
              HasSubstr("no column has the role time or target"));
}

}  // namespace
}  // namespace bottega
