#include "audit/run_audit.h"

#include <gtest/gtest.h>

#include <new>
#include <stdexcept>

#include "audit/audit_section.h"
#include "audit/check.h"
#include "audit/result_json.h"
#include "split/test_dataset.h"

namespace bottega {
namespace {

TEST(RunAuditTest, SectionRunsEveryCheckThatExists) {
  std::vector<std::string> names;
  for (const Spec* spec : CheckSpecs()) names.push_back(spec->name);
  EXPECT_EQ(AuditSection().Find("checks")->fallback.get<std::vector<std::string>>(), names);
}

TEST(RunAuditTest, SpecsSayHowGraveTheirFindingsAre) {
  for (const Spec* spec : CheckSpecs()) {
    EXPECT_EQ(spec->kind, "check");
    EXPECT_NE(spec->text.find("Severity"), std::string::npos) << spec->name;
    for (const Param& param : spec->params) EXPECT_FALSE(param.what.empty()) << spec->name;
  }
}

TEST(RunAuditTest, ResultsSurviveTheRoundTripThroughJson) {
  AuditResult result{.checks = {{.name = "missing_values", .count = 3},
                                {.name = "exact_duplicates",
                                 .ran = false,
                                 .reason = "no memory",
                                 .fault = ErrorKind::kInternal}},
                     .rows = 5,
                     .source = "a.csv",
                     .sha256 = "00"};
  for (int i = 0; i < 3; ++i) {
    result.findings.push_back({.id = "missing_values-" + std::to_string(i + 1),
                               .check = "missing_values",
                               .severity = Severity::kError,
                               .confidence = 0.5,
                               .place = {.file = "a.csv", .row = i},
                               .message = "m",
                               .fix = "f",
                               .detail = {{"n", i}}});
  }
  result.findings[0].waived = {"twins", "Ada", "2027-01-31"};
  CountOutcomes(&result);
  const Json json = AuditToJson(result, 1);
  EXPECT_EQ(json["findings"].size(), 1u);
  const AuditResult back = AuditFromJson(json, "audit.json");
  EXPECT_EQ(back.source, "a.csv");
  EXPECT_EQ(back.checks[0].count, 3);
  EXPECT_EQ(back.checks[0].waived, 1);
  EXPECT_EQ(back.checks[0].open, (SeverityCounts{0, 0, 2}));
  EXPECT_EQ(back.checks[0].further,
            (std::vector<std::string>{"missing_values-2", "missing_values-3"}));
  EXPECT_EQ(back.checks[1].fault, ErrorKind::kInternal);
  EXPECT_EQ(back.findings[0].waived->by, "Ada");
  EXPECT_EQ(AuditToJson(back, 1), json);
  EXPECT_EQ(back.findings[0].place.row, 0);
  EXPECT_EQ(back.findings[0].place.line, -1);
  EXPECT_EQ(back.findings[0].severity, Severity::kError);
  EXPECT_TRUE(FailsGate(back, "error"));
  EXPECT_FALSE(FailsGate(back, "none"));
}

TEST(RunAuditTest, JsonListsTheIdsBeyondTheFirstFindingsBehindQuietChecks) {
  AuditResult result;
  for (int i = 0; i < 40; ++i)
    result.checks.push_back({.name = "quiet_check_" + std::to_string(i)});
  result.checks.push_back({.name = "missing_values", .count = 3});
  for (const char* id : {"a", "b", "c"}) {
    result.findings.push_back({.id = id, .check = "missing_values"});
  }
  const Json checks = AuditToJson(result, 1)["checks"];
  EXPECT_EQ(checks.back()["further"], Json({"b", "c"}));
  for (size_t i = 0; i + 1 < checks.size(); ++i) EXPECT_TRUE(checks[i]["further"].empty());
}

TEST(RunAuditTest, GatesAndConditionsLeaveWaivedAndKnownFindingsOut) {
  AuditResult result{.checks = {{.name = "missing_values", .count = 2}}};
  result.findings = {{.check = "missing_values", .severity = Severity::kError},
                     {.check = "missing_values", .severity = Severity::kWarning}};
  CountOutcomes(&result);
  EXPECT_TRUE(FailsGate(result, "error"));
  result.findings[0].waived = Waived{};
  CountOutcomes(&result);
  EXPECT_FALSE(FailsGate(result, "error"));
  EXPECT_TRUE(FailsGate(result, "warning"));
  result.findings[1].known = true;
  CountOutcomes(&result);
  EXPECT_FALSE(FailsGate(result, "info"));
  EXPECT_EQ(result.checks[0].known, 1);
}

const Spec& BrokenSpec() {
  static const Spec spec = {.kind = "check", .name = "broken"};
  return spec;
}

// What RunCheck makes of a check that throws `fault`.
template <class Fault>
CheckRun RunBroken() {
  const Dataset data = TestDataset().Text("a", {"x", "y"}).Make();
  AuditShared shared(data);
  const Json settings = Json::object();
  const Check check = {&BrokenSpec, [](const AuditContext&, Findings& findings) {
                         findings.Add(Severity::kError, {}, "half a finding", "");
                         throw Fault::Make();
                       }};
  return RunCheck(check, {data, settings, settings, settings, nullptr, shared});
}

struct NoMemory {
  static std::bad_alloc Make() { return {}; }
};
struct NoFile {
  static Error Make() { return Error(ErrorKind::kMissing, "there is no such file", {"a.csv"}); }
};
struct WrongSetting {
  static Error Make() { return Error(ErrorKind::kRecipe, "there is no such column"); }
};
struct AnyFault {
  static std::out_of_range Make() { return std::out_of_range("vector::at"); }
};

TEST(RunAuditTest, AFaultEndsOneCheckAndIsNamed) {
  const CheckRun memory = RunBroken<NoMemory>();
  EXPECT_EQ(memory.fault, ErrorKind::kInternal);
  EXPECT_EQ(memory.findings.skipped(), "it ran out of memory");
  CheckRun other = RunBroken<AnyFault>();
  EXPECT_EQ(other.findings.skipped(), "a fault of ours: vector::at");
  EXPECT_TRUE(other.findings.items().empty());
  EXPECT_EQ(RunBroken<NoFile>().fault, ErrorKind::kMissing);
  EXPECT_THROW(RunBroken<WrongSetting>(), Error);
}

TEST(RunAuditTest, FaultsMakeOneErrorThatSaysHowToGoOn) {
  AuditResult result{.checks = {{.name = "a"}}};
  EXPECT_FALSE(FaultOf(result, "bottega audit"));
  result.checks.push_back(
      {.name = "b", .ran = false, .reason = "no memory", .fault = ErrorKind::kInternal});
  result.checks.push_back(
      {.name = "c", .ran = false, .reason = "gone", .fault = ErrorKind::kMissing});
  const std::optional<Error> fault = FaultOf(result, "bottega audit x.csv");
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind(), ErrorKind::kInternal);
  EXPECT_EQ(fault->message(), "the check b (and 1 other check) did not run: no memory");
  EXPECT_EQ(fault->hint(),
            "the other checks ran; `bottega audit x.csv --skip b,c` leaves them out");
}

}  // namespace
}  // namespace bottega
