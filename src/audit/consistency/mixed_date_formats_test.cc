#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"
#include "data/infer/dates.h"
#include "data/open.h"

namespace bottega {
namespace {

using testing::HasSubstr;

std::string Day(int i, const std::string& format) {
  return WriteDate((18'000 + i * 37 % 1500) * int64_t{86'400'000'000}, format);
}

std::vector<Finding> Of(const std::function<std::string(int)>& cell) {
  const TemporaryFolder folder;
  std::string csv = "when,x,y\n";
  for (int i = 0; i < 200; ++i) {
    csv += "\"" + cell(i) + "\"," + std::to_string(i * 7 % 13) + (i % 2 ? ",a\n" : ",b\n");
  }
  WriteFileAtomic(folder.path() / "a.csv", csv);
  return FindingsOf("mixed_date_formats", InferDataset(folder.path() / "a.csv", "y").data);
}

TEST(MixedDateFormatsTest, OtherFormatsInATextColumn) {
  const auto found = Of([](int i) {
    return Day(i, i % 5 == 0 ? "%d.%m.%Y" : i % 5 == 1 ? "%b %d, %Y" : "%Y-%m-%d");
  });
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].detail["count"], 80);
  EXPECT_EQ(found[0].detail["cells"][0]["after"], Day(0, "%Y-%m-%d"));
}

TEST(MixedDateFormatsTest, AFewInADateColumn) {
  const auto found = Of([](int i) { return Day(i, i % 40 == 0 ? "%Y/%m/%d" : "%d.%m.%Y"); });
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].detail["count"], 5);
  EXPECT_EQ(found[0].detail["cells"][0]["after"], Day(0, "%Y-%m-%d"));
}

TEST(MixedDateFormatsTest, BothOrdersOfDayAndMonth) {
  const auto found = Of([](int i) { return Day(i, i % 30 == 3 ? "%m/%d/%Y" : "%d/%m/%Y"); });
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_THAT(found[0].message, HasSubstr("nobody can tell"));
}

TEST(MixedDateFormatsTest, AnOrderThatNothingTells) {
  const auto found = Of([](int i) {
    const int day = i % 12 + 1, month = i / 12 % 12 + 1;
    return (day < 10 ? "0" : "") + std::to_string(day) + (month < 10 ? "/0" : "/") +
           std::to_string(month) + "/2021";
  });
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
}

TEST(MixedDateFormatsTest, OneFormatIsFine) {
  for (const char* format : {"%Y-%m-%d", "%d/%m/%Y", "%b %d, %Y", "%Y-%m-%d %H:%M:%S"}) {
    EXPECT_TRUE(Of([&](int i) { return Day(i, format); }).empty()) << format;
  }
  // A time of day is no other format.
  EXPECT_TRUE(Of([](int i) { return Day(i, i % 9 ? "%Y-%m-%d" : "%Y-%m-%dT%H:%M:%S"); }).empty());
  const Dataset numbers = TestDataset().Number("x", RandomNumbers(9, 1)).Make();
  EXPECT_EQ(SkipReason("mixed_date_formats", numbers), "no column holds dates");
}

}  // namespace
}  // namespace bottega
