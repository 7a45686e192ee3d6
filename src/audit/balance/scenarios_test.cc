#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/collect.h"
#include "audit/test_audit.h"
#include "profile/association.h"

namespace bottega {
namespace {

using testing::HasSubstr;

Dataset Drives() {
  std::vector<double> lux = RandomNumbers(400, 1, 400);
  for (double& value : lux) value += 10;
  for (int i = 0; i < 30; ++i) lux[static_cast<size_t>(i)] = 5;
  TextCells weather = RandomTexts(400, 2, {"sun", "rain"}), label = YesNo(400, 200);
  for (size_t i = 0; i < 400; ++i) {
    if (weather[i] == "rain") label[i] = "no";
  }
  return TestDataset()
      .Number("lux", lux)
      .Text("weather", weather)
      .Text("brake", label, FeatureType::kBinary, Role::kTarget)
      .Make();
}

Json Section(const std::string& scenarios) {
  return ResolveSection(AuditSection(), "{checks: [scenarios], scenarios: " + scenarios + "}",
                        {CheckSpecs()});
}

std::vector<Finding> Found(const std::string& scenarios) {
  const AuditResult result = RunAudit(Drives(), Section(scenarios));
  EXPECT_TRUE(result.checks[0].ran) << result.checks[0].reason;
  return result.findings;
}

TEST(ScenariosTest, MissingAndThinOnes) {
  const std::vector<Finding> found =
      Found("{night: 'lux < 8', snow: \"weather = 'snow'\", day: 'lux >= 8'}");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].detail["scenario"], "night");
  EXPECT_EQ(found[0].detail["rows"], 30);
  EXPECT_THAT(found[0].message, HasSubstr("has 30 rows of 400 (7.5 %)"));
  EXPECT_THAT(found[0].fix, HasSubstr("gather 351 more"));
  EXPECT_EQ(found[1].severity, Severity::kError);
  EXPECT_THAT(found[1].message, HasSubstr("'weather' is never 'snow'"));
}

TEST(ScenariosTest, ClassesWithinThem) {
  const std::vector<Finding> found = Found("{wet: \"weather = 'rain'\"}");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].message, "scenario 'wet' has no 'yes'");
  EXPECT_EQ(found[0].detail["classes"]["yes"], 0);
}

TEST(ScenariosTest, MistakesNameTheScenario) {
  try {
    Found("{night: 'luz < 8'}");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.place().file, "audit.scenarios.night");
    EXPECT_THAT(error.hint(), HasSubstr("did you mean 'lux'"));
  }
  EXPECT_THROW(Found("{night: [lux]}"), Error);
  EXPECT_THAT(SkipReason("scenarios", Drives()), HasSubstr("no scenarios are declared"));
}

TEST(CollectTest, EveryKindOfRowThatIsShort) {
  Dataset data = Drives();
  MakeSensitive(&data, "weather");
  const CollectPlan plan = PlanCollection(data, Section("{night: 'lux < 8'}"));
  EXPECT_EQ(plan.needed, RowsForMargin(0.05, 0.95));
  std::map<std::string, int64_t> gather;
  for (const CollectPlan::Line& line : plan.lines) {
    EXPECT_EQ(line.gather, plan.needed - line.cell.rows);
    EXPECT_EQ(static_cast<int64_t>(RowCondition::Parse(line.cell.condition).Positions(data).size()),
              line.cell.rows)
        << line.cell.condition;
    gather[line.cell.kind + " " + line.cell.name] = line.gather;
  }
  EXPECT_EQ(gather["scenario night"], plan.needed - 30);
  EXPECT_TRUE(gather.contains("scenario night and 'yes'"));
  EXPECT_TRUE(gather.contains("class 'yes'"));
  EXPECT_TRUE(gather.contains("group weather 'rain'"));
  EXPECT_EQ(plan.lines[0].cell.kind, "scenario");
  EXPECT_EQ(CollectToJson(plan)["lines"].size(), plan.lines.size());
}

}  // namespace
}  // namespace bottega
