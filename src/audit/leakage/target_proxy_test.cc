#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using testing::HasSubstr;

constexpr int64_t kRows = 400;

// "approved": yes in the first 150 rows.
TestDataset Loans() {
  return TestDataset()
      .Text("approved", YesNo(kRows, 150), FeatureType::kBinary, Role::kTarget)
      .Number("income", RandomNumbers(kRows, 1));
}

TEST(TargetProxyTest, ColumnsThatTellAlone) {
  TextCells code, contract(kRows), hint;
  for (int64_t i = 0; i < kRows; ++i) {
    const bool yes = i < 150;
    Random random(3, Purpose::kSample, 2, i);
    code.push_back((yes ? "A" : "N") + std::to_string(random.Below(3)));
    if (yes && random.Chance(0.6))
      contract[static_cast<size_t>(i)] = "c" + std::to_string(random.Below(5));
    hint.push_back(random.Chance(0.88) == yes ? "up" : "down");
  }
  const Dataset data =
      Loans().Text("code", code).Text("contract", contract).Text("approval_hint", hint).Make();
  const std::vector<Finding> found = FindingsOf("target_proxy", data);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].place.column, "code");
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_THAT(found[0].message, HasSubstr("'code' alone tells 'approved' nearly always"));
  EXPECT_THAT(found[0].fix, HasSubstr("data.roles: {code: ignored}"));
  EXPECT_EQ(found[1].severity, Severity::kError);
  EXPECT_THAT(found[1].message, HasSubstr("'contract' is filled in "));
  EXPECT_EQ(found[1].detail["class"], "yes");
  EXPECT_EQ(found[2].severity, Severity::kWarning);
  EXPECT_THAT(found[2].message, HasSubstr("its name speaks of the outcome"));
}

TEST(TargetProxyTest, PartsOfANumber) {
  const std::vector<double> a = RandomNumbers(kRows, 1, 500), b = RandomNumbers(kRows, 2, 500);
  std::vector<double> total;
  for (size_t i = 0; i < a.size(); ++i) total.push_back(a[i] + b[i]);
  const Dataset data = TestDataset()
                           .Number("casual", a)
                           .Number("registered", b)
                           .Number("wind", RandomNumbers(kRows, 3))
                           .Number("count", total, Role::kTarget)
                           .Make();
  const std::vector<Finding> found = FindingsOf("target_proxy", data);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_THAT(found[0].message, HasSubstr("count = casual + registered"));
}

TEST(TargetProxyTest, HonestColumnsAreLeftAlone) {
  std::vector<double> strong;
  TextCells gap = RandomTexts(kRows, 5, {"x", "y"});
  for (int64_t i = 0; i < kRows; ++i) {
    strong.push_back((i < 150 ? 2 : 0) + Random(3, Purpose::kSample, 4, i).Normal());
    if (i % 3 == 0) gap[static_cast<size_t>(i)] = std::nullopt;
  }
  EXPECT_TRUE(
      FindingsOf("target_proxy", Loans().Number("strong", strong).Text("gap", gap).Make()).empty());
  EXPECT_EQ(SkipReason("target_proxy", TestDataset().Number("x", RandomNumbers(80, 1)).Make()),
            "no column is the target");
}

}  // namespace
}  // namespace bottega
