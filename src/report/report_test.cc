#include "report/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "report/test_facts.h"

namespace bottega {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::vector<std::string> kFruit = {"Apple", "Banana", "Cherry"};

TEST(ReportTest, IsOneFileThatLoadsNothing) {
  const std::string html = RenderReport(MadeFacts({.classes = kFruit, .pictures = true}));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("http")));
  EXPECT_THAT(html, Not(HasSubstr("@import")));
  EXPECT_THAT(html, Not(HasSubstr("url(")));
  EXPECT_THAT(html, HasSubstr("src=\"data:image/jpeg;base64,/9j/"));
  EXPECT_LT(html.size(), 400'000u);
}

TEST(ReportTest, EverySectionHasItsPlace) {
  const std::string html = RenderReport(MadeFacts({.classes = {"no", "yes"}}));
  size_t last = 0;
  for (const char* id : {"overview", "data", "audit", "repairs", "curves", "scores", "confusion",
                         "mistakes", "groups", "calibration", "reproduce"}) {
    const size_t at = html.find("<section id=\"" + std::string(id) + "\">");
    ASSERT_NE(at, std::string::npos) << id;
    EXPECT_GT(at, last) << id;
    last = at;
  }
}

TEST(ReportTest, TextFromDataIsEscaped) {
  const std::string evil = "<script>alert(1)</script>";
  Json facts = MadeFacts({.classes = {evil, "b\"><i>"}});
  facts["recipe"]["use"]["purpose"] = evil;
  facts["recipe"]["data"]["source"] = evil;
  facts["audit"]["findings"][0]["message"] = evil;
  facts["audit"]["checks"][2]["reason"] = evil;
  facts["split"]["notes"] = {evil};
  facts["manifest"]["command"] = evil;
  facts["worst"]["note"] = evil;
  facts["refused"][0]["column"] = evil;
  facts["run"] = evil;
  const std::string html = RenderReport(facts);
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("<i>\"")));
  EXPECT_THAT(html, Not(HasSubstr("<b>clerk")));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

TEST(ReportTest, MissingFilesAreMissingSections) {
  const TemporaryFolder folder;
  MakeFolders(folder.path() / "runs/r1");
  const RunFolder run(folder.path() / "runs/r1");
  const Json facts = GatherFacts(run);
  EXPECT_EQ(facts, Json({{"run", "r1"}}));
  const std::string html = RenderReport(facts);
  EXPECT_THAT(html, HasSubstr("has not been evaluated yet"));
  EXPECT_THAT(html, Not(HasSubstr("<section id=\"scores\">")));
  EXPECT_THAT(SummaryText(facts), HasSubstr("has not been evaluated yet"));
}

TEST(ReportTest, ReadsTheFilesOfARun) {
  const TemporaryFolder folder;
  MakeFolders(folder.path() / "runs/r1");
  const RunFolder run(folder.path() / "runs/r1");
  const MadeRun made{.classes = {"no", "yes"}};
  const Json from = MadeFacts(made);
  Json manifest = from.at("manifest");
  manifest["recipe"] = from.at("recipe");
  run.Write("manifest.json", manifest);
  for (const char* name : {"metrics", "fairness", "audit", "split", "plan"}) {
    run.Write(std::string(name) + ".json", from.at(name));
  }
  WritePredictions(run.File("predictions.parquet"), MadePredictions(made));
  std::string log;
  for (const Json& record : from.at("curve")) log += record.dump() + "\n";
  WriteFileAtomic(run.File("log.jsonl"), log);
  const Json facts = GatherFacts(run);
  EXPECT_EQ(facts.at("curve"), from.at("curve"));
  EXPECT_EQ(facts.at("recipe"), from.at("recipe"));
  EXPECT_EQ(facts.at("worst").at("rows").size(), 12u);
  EXPECT_THAT(facts.at("worst").at("note").get<std::string>(), HasSubstr("not shown"));
  EXPECT_THAT(RenderReport(facts), HasSubstr("12 epochs"));
}

TEST(ReportTest, EveryFileMayBeMissing) {
  const Json facts = MadeFacts({.classes = {"no", "yes"}});
  for (const auto& [key, value] : facts.items()) {
    Json without = facts, alone = Json::object();
    without.erase(key);
    alone[key] = value;
    EXPECT_NO_THROW(RenderReport(without)) << key;
    EXPECT_NO_THROW(RenderReport(alone)) << key;
    EXPECT_NO_THROW(SummaryText(without)) << key;
    EXPECT_NO_THROW(SummaryText(alone)) << key;
  }
}

TEST(ReportTest, ADamagedFileIsNamed) {
  const TemporaryFolder folder;
  MakeFolders(folder.path() / "r1");
  WriteFileAtomic(folder.path() / "r1/metrics.json", "{\"test\": ");
  EXPECT_THROW(GatherFacts(RunFolder(folder.path() / "r1")), Error);
}

TEST(SummaryTest, FitsEightyColumns) {
  const std::string text = SummaryText(MadeFacts({.classes = kFruit, .pictures = true}));
  for (const std::string& line : Split(text, '\n')) EXPECT_LE(DisplayWidth(line), 80) << line;
  EXPECT_THAT(text, HasSubstr("balanced_accuracy"));
  EXPECT_THAT(text, HasSubstr("validation"));
  EXPECT_THAT(text, HasSubstr("fill in the use section"));
}

}  // namespace
}  // namespace bottega
