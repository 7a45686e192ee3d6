#include "metric/condition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"

namespace bottega {
namespace {

using Bound = Condition::Bound;
using Op = Condition::Op;

const Json kMetrics = Json::parse(R"({"test": {
  "accuracy": {"value": 0.91, "low": 0.88, "high": 0.93},
  "roc_auc": {"value": null, "low": null, "high": null},
  "rows": 120,
  "baseline": {"accuracy": {"value": 0.6}},
  "per_class": {"a.b": {"f1": {"value": 0.7, "low": 0.6, "high": 0.8}},
                "a": {"f1": {"value": 0.5, "low": 0.4, "high": 0.6}}}}})");
const Json kFairness = Json::parse(R"({"equalized_odds_gap": {"value": 0.08, "low": 0.04,
  "high": 0.12, "column": "sex"}})");
const Json kAudit =
    Json::parse(R"({"checks": [{"name": "exact_duplicates", "ran": true, "count": 4, "waived": 1,
    "open": {"info": 1, "warning": 2, "error": 0}},
  {"name": "class_balance", "ran": false, "count": 0, "waived": 0,
    "open": {"info": 0, "warning": 0, "error": 0}}]})");
const ResultFiles kFiles{&kMetrics, &kFairness, &kAudit};

std::string MessageOf(const std::string& left, const std::string& right) {
  try {
    ParseCondition(left, right);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kRecipe);
    return error.message();
  }
  return "";
}

double Value(const std::string& left) { return *Lookup(ParseCondition(left, ">= 0"), kFiles); }

TEST(ConditionTest, ParsesBothForms) {
  const Condition gate = ParseCondition("upper( fairness.equalized_odds_gap )", "<=0.10");
  EXPECT_EQ(gate.bound, Bound::kUpper);
  EXPECT_EQ(gate.path, "fairness.equalized_odds_gap");
  EXPECT_EQ(gate.op, Op::kLessEqual);
  EXPECT_EQ(gate.number, 0.1);
  EXPECT_EQ(gate.ToString(), "upper(fairness.equalized_odds_gap) <= 0.1");
  const Condition one = ParseCondition("lower(test.per_class.<=50K.f1) > 0.5");
  EXPECT_EQ(one.path, "test.per_class.<=50K.f1");
  EXPECT_EQ(one.op, Op::kGreater);
  EXPECT_EQ(ParseCondition("test.f1 != -1e-3").number, -0.001);
}

TEST(ConditionTest, SaysWhatIsWrong) {
  EXPECT_EQ(MessageOf("test.f1", "0.6"),
            "'test.f1: 0.6' is no condition: '0.6' does not begin with >=, >, <=, <, == or !=");
  EXPECT_EQ(MessageOf("test.f1", ">= high"),
            "'test.f1: >= high' is no condition: 'high' is no number");
  EXPECT_EQ(MessageOf("lower(test.f1", ">= 1"),
            "'lower(test.f1: >= 1' is no condition: the bracket after lower is not closed");
  EXPECT_EQ(MessageOf("lower()", ">= 1"), "'lower(): >= 1' is no condition: the path is missing");
  EXPECT_THROW(ParseCondition("test.f1"), Error);
  EXPECT_THROW(ParseCondition(">= 3"), Error);
}

TEST(ConditionTest, LooksUpValuesAndBounds) {
  EXPECT_EQ(Value("test.accuracy"), 0.91);
  EXPECT_EQ(Value("test.accuracy.value"), 0.91);
  EXPECT_EQ(Value("lower(test.accuracy)"), 0.88);
  EXPECT_EQ(Value("upper(test.accuracy)"), 0.93);
  EXPECT_EQ(Value("test.rows"), 120);
  EXPECT_EQ(Value("test.baseline.accuracy"), 0.6);
  EXPECT_EQ(Value("fairness.equalized_odds_gap"), 0.08);
  EXPECT_EQ(Value("audit.exact_duplicates"), 3);
}

TEST(ConditionTest, ClassNamesMayHoldDots) {
  EXPECT_EQ(Value("test.per_class.a.b.f1"), 0.7);
  EXPECT_EQ(Value("test.per_class.a.f1"), 0.5);
}

TEST(ConditionTest, UndefinedIsNotZero) {
  EXPECT_FALSE(Lookup(ParseCondition("test.roc_auc", ">= 0"), kFiles).has_value());
  EXPECT_FALSE(Lookup(ParseCondition("audit.class_balance", "<= 0"), kFiles).has_value());
}

TEST(ConditionTest, UnknownPathsNameTheNearest) {
  try {
    Value("test.acuracy");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), "there is no result 'test.acuracy'");
    EXPECT_EQ(error.hint(), "there are: accuracy");
  }
  EXPECT_THROW(Value("lower(test.rows)"), Error);
  EXPECT_THROW(Value("lower(test.baseline.accuracy)"), Error);
  EXPECT_THROW(Value("test.per_class"), Error);
}

TEST(GatesTest, EachKnownGateHasAnOutcome) {
  const Json gates = Json::parse(R"j({"audit": "error", "test.accuracy": ">= 0.95",
    "upper(fairness.equalized_odds_gap)": "<= 0.15", "test.roc_auc": "> 0.5"})j");
  const auto outcomes = EvaluateGates(gates, kFiles);
  ASSERT_EQ(outcomes.size(), 4u);
  EXPECT_TRUE(outcomes[0].passed);
  EXPECT_EQ(outcomes[0].message, "no finding of severity error");
  EXPECT_FALSE(outcomes[1].passed);
  EXPECT_EQ(outcomes[1].message, "test.accuracy is 0.91, needed >= 0.95");
  EXPECT_TRUE(outcomes[2].passed);
  EXPECT_FALSE(outcomes[3].passed);
  EXPECT_EQ(outcomes[3].message, "test.roc_auc is undefined, needed > 0.5");
}

TEST(GatesTest, GatesOfFilesThatAreNotThereWait) {
  const Json gates = {{"audit", "warning"}, {"test.accuracy", ">= 0.95"}};
  const auto outcomes = EvaluateGates(gates, {.audit = &kAudit});
  ASSERT_EQ(outcomes.size(), 1u);
  EXPECT_FALSE(outcomes[0].passed);
  EXPECT_EQ(outcomes[0].message, "2 findings of severity warning or graver");
  EXPECT_TRUE(EvaluateGates({{"audit", "none"}}, kFiles)[0].passed);
}

TEST(GatesTest, AllMistakesAreListedAtOnce) {
  try {
    CheckGates({{"audit", "fatal"}, {"test.f1", 0.5}, {"test.accuracy", ">= 0.5"}});
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.message(), testing::HasSubstr("gate 'audit: fatal' names no severity"));
    EXPECT_THAT(error.message(), testing::HasSubstr("'test.f1: 0.5' is no condition"));
  }
}

}  // namespace
}  // namespace bottega
