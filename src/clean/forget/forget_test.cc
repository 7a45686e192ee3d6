#include "clean/forget/forget.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/review/row_contents.h"
#include "base/hash.h"
#include "clean/forget/forgotten.h"
#include "clean/lawful_rows.h"
#include "clean/test_source.h"

namespace bottega {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

const std::string kPeople =
    "email,town,joined,note\n"
    "anna.rossi@example.org,Rome,2023-01-07,likes tea\n"
    "bruno@example.org,Rome ,2023-02-11,\n"
    "carla@example.org,Bari,2023-02-19,\"knows Bruno, and Dora\"\n"
    "dora.verdi@example.org, Bari,2023-03-02,?\n"
    "emil@example.org,Rome,2023-03-30,\"he said \"\"no\"\"\"\n"
    "anna.rossi@example.org,Rome,2023-04-01,back again\n";

class ForgetTest : public testing::Test {
 protected:
  const fs::path& project() const { return source_.folder(); }
  fs::path file() const { return project() / "people.csv"; }

  Version Apply() {
    return WriteVersion(project(), source_.data(), Sha256OfFile(file()),
                        source_.Plan("repairs: [strip_spaces, mark_missing]"));
  }
  std::unique_ptr<Forgetting> Find(const std::string& where, bool from_source = false) {
    return std::make_unique<Forgetting>(
        ForgetTask{.project = project(),
                   .source = file(),
                   .section = ResolveSection(DataSection(), "source: people.csv"),
                   .present = &source_.data(),
                   .sha256 = Sha256OfFile(file()),
                   .from_source = from_source,
                   .is_word = [](const std::string& text) { return text == "back again"; }},
        RowCondition::Parse(where));
  }
  Forgot Forget(const std::string& where, bool from_source = false) {
    const auto found = Find(where, from_source);
    found->Stage();
    found->Commit();
    return FinishForgetting(project(), [](const fs::path&) { return std::string("report"); });
  }
  bool Names(const std::string& text) const {
    for (const Holding& holding : ListHoldings(project())) {
      if (ReadFile(project() / holding.path).find(text) != std::string::npos) return true;
    }
    return false;
  }

  TestSource source_{"people.csv", kPeople};
};

TEST_F(ForgetTest, TheVersionAndItsUndoLogLoseTheRows) {
  const Version before = Apply();
  EXPECT_TRUE(Names("anna.rossi@example.org"));
  const Forgot forgot = Forget("email = 'anna.rossi@example.org'");
  EXPECT_THAT(forgot.left, testing::IsEmpty());
  EXPECT_EQ(forgot.receipt.rows, 2);
  EXPECT_FALSE(Names("anna.rossi@example.org"));
  const Version now = FindVersion(project(), before.name);
  const std::string restored = RestoreSource(now);
  EXPECT_EQ(restored, kPeople.substr(0, kPeople.find('\n') + 1) +
                          kPeople.substr(kPeople.find("bruno@"),
                                         kPeople.rfind("anna.") - kPeople.find("bruno@")));
  EXPECT_EQ(ReadFile(file()), kPeople);
  // It is still the version of the source as it lies there, and sets the rows aside.
  EXPECT_EQ(now.source_sha256, Sha256OfFile(file()));
  const RepairPlan plan = ReadRepairs(now.folder / "repairs.json");
  EXPECT_EQ(ForgottenRows(plan), (std::vector<int64_t>{0, 5}));
  EXPECT_EQ(ApplyRepairs(source_.data(), plan).size(), 4);
  EXPECT_EQ(now.rows_after, 4);
}

TEST_F(ForgetTest, RowsAreChosenAsAVersionRepairedThem) {
  Apply();
  const auto found = Find("town = 'Bari' and email contains 'dora'");  // ' Bari' in the source
  EXPECT_EQ(found->states()[0].chosen, (std::vector<int64_t>{3}));
}

TEST_F(ForgetTest, WhatOthersHoldNamesNobody) {
  Apply();
  const auto found = Find("email = 'bruno@example.org'");
  std::vector<std::string> values;
  for (const SoughtValue& value : found->person().values) values.push_back(value.text);
  EXPECT_THAT(values, testing::Contains("bruno@example.org"));
  EXPECT_THAT(values, Not(testing::Contains("Rome")));
}

TEST_F(ForgetTest, ASecondTimeNothingIsLeftToDo) {
  Apply();
  Forget("email contains 'anna'");
  EXPECT_TRUE(Find("email contains 'anna'")->Stage().empty());
}

TEST_F(ForgetTest, TwoPersonsOneAfterTheOther) {
  const Version before = Apply();
  Forget("email contains 'anna'");
  EXPECT_THAT(Forget("email contains 'dora'").left, testing::IsEmpty());
  EXPECT_FALSE(Names("dora.verdi@example.org"));
  const std::string restored = RestoreSource(FindVersion(project(), before.name));
  EXPECT_THAT(restored, Not(HasSubstr("anna.rossi")));
  EXPECT_THAT(restored, Not(HasSubstr("dora.verdi")));
  EXPECT_THAT(restored, HasSubstr("\nbruno@example.org,Rome ,2023-02-11,\ncarla@example.org,Bari"));
  EXPECT_EQ(ListReceipts(project()).size(), 2);
}

TEST_F(ForgetTest, TheSourceLosesThemAndTheVersionFollows) {
  const Version before = Apply();
  Forget("email contains 'anna'", true);
  EXPECT_THAT(ReadFile(file()), Not(HasSubstr("anna")));
  const Version now = FindVersion(project(), before.name);
  EXPECT_EQ(now.source_sha256, Sha256OfFile(file()));
  EXPECT_EQ(RestoreSource(now), ReadFile(file()));
  const Dataset data = OpenDataset(ResolveSection(DataSection(), "source: people.csv"), project());
  const Dataset repaired = ApplyRepairs(data, ReadRepairs(now.folder / "repairs.json"));
  EXPECT_EQ(ColumnTexts(repaired, "town"),
            (std::vector<std::optional<std::string>>{"Rome", "Bari", "Bari", "Rome"}));
}

TEST_F(ForgetTest, VersionsOfAnEarlierSourceLoseThemToo) {
  const Version before = Apply();
  WriteFileAtomic(file(), "email,town,joined,note\nzoe@example.org,Rome,2024-01-01,new\n");
  const Dataset newer = OpenDataset(ResolveSection(DataSection(), "source: people.csv"), project());
  Forgetting found({.project = project(),
                    .source = file(),
                    .section = ResolveSection(DataSection(), "source: people.csv"),
                    .present = &newer,
                    .sha256 = Sha256OfFile(file()),
                    .is_word = [](const std::string&) { return false; }},
                   RowCondition::Parse("email contains 'anna'"));
  EXPECT_EQ(found.chosen(), 2);
  found.Stage();
  found.Commit();
  EXPECT_THAT(FinishForgetting(project(), [](const fs::path&) { return std::string(); }).left,
              testing::IsEmpty());
  EXPECT_FALSE(Names("anna.rossi@example.org"));
  const Version now = FindVersion(project(), before.name);
  EXPECT_EQ(now.source_sha256, now.restores_sha256);
  EXPECT_THAT(RestoreSource(now), HasSubstr("bruno@example.org,Rome "));
}

TEST_F(ForgetTest, ForgottenRowsAreKnownInANewerSource) {
  Apply();
  Forget("email contains 'anna'");
  const TestSource newer("people.csv",
                         "joined,email,town,note\n2024-05-05,zoe@example.org,Rome,x\n"
                         "2024-05-06,ANNA.Rossi@example.org ,Milan,other\n");
  EXPECT_THAT(ForgottenRowsOf(project(), newer.data()), testing::ElementsAre(1));
  EXPECT_THAT(ReadFile(ForgottenFile(project())), Not(HasSubstr("anna")));
}

TEST_F(ForgetTest, ANewVersionNeverHoldsThem) {
  Forget("email contains 'anna'");
  RepairPlan plan = source_.Plan("repairs: [strip_spaces]");
  SetForgottenAside(ForgottenRowsOf(project(), source_.data()), &plan);
  const Version version = WriteVersion(project(), source_.data(), Sha256OfFile(file()), plan);
  EXPECT_FALSE(Names("anna.rossi@example.org"));
  EXPECT_THAT(RestoreSource(version), Not(HasSubstr("anna")));
}

TEST_F(ForgetTest, AKillAfterTheJournalIsEndedByFinishing) {
  Apply();
  Find("email contains 'anna'")->Stage();  // killed before the journal: nothing happened
  EXPECT_FALSE(Staging::IsPending(project()));
  EXPECT_TRUE(Names("anna.rossi@example.org"));
  const auto found = Find("email contains 'anna'", true);
  found->Stage();
  found->Commit();
  Staging::PutInPlace(project());  // killed after it
  WriteFileAtomic(project() / "runs" / ".x.tmp.1-1", "half a file");
  EXPECT_TRUE(Staging::IsPending(project()));
  const auto finish = [&] {
    return FinishForgetting(project(), [](const fs::path&) { return std::string(); });
  };
  EXPECT_THAT(finish().left, testing::IsEmpty());
  EXPECT_FALSE(Names("anna.rossi@example.org"));
  EXPECT_EQ(ListReceipts(project()).size(), 1);
  EXPECT_FALSE(fs::exists(project() / "runs" / ".x.tmp.1-1"));
}

TEST_F(ForgetTest, LeftOversAndReviewsLoseThem) {
  Apply();
  WriteFileAtomic(project() / ".bottega" / ".x.tmp.1-1", "anna.rossi@example.org");
  WriteFileAtomic(project() / "reviews" / "a.json",
                  "{\"decisions\": [{\"row\": 0, \"note\": \"x\"}, {\"row\": 2, \"note\": "
                  "\"asked anna.rossi@example.org\"}]}");
  EXPECT_THAT(Forget("email contains 'anna'").left, testing::IsEmpty());
  EXPECT_FALSE(Names("anna.rossi@example.org"));
  const Json review = ReadJson(project() / "reviews" / "a.json");
  ASSERT_EQ(review["decisions"].size(), 1);
  EXPECT_EQ(review["decisions"][0]["note"], "asked (forgotten)");
}

TEST_F(ForgetTest, LogsOfReviewsLoseTheLinesAboutThem) {
  const RowContents contents(source_.data());
  const auto line = [&](int64_t row, const std::string& data) {
    return Json{{"row", row}, {"content", contents.Of(row)}, {"data", data}}.dump() + "\n";
  };
  const fs::path log = project() / "reviews" / "queue" / "ann.jsonl";
  const std::string kept = line(2, Sha256OfFile(file())) + line(4, "other");
  WriteFileAtomic(log, line(0, Sha256OfFile(file())) + kept + line(5, "other"));
  Forget("email contains 'anna'", true);
  EXPECT_EQ(ReadFile(log), kept);
}

TEST_F(ForgetTest, TheReceiptNamesNobody) {
  Apply();
  const Forgot forgot = Forget("email = 'anna.rossi@example.org' and not town in ['Bari']");
  EXPECT_EQ(forgot.receipt.condition, "email = ... and not town in [ ... ]");
  EXPECT_THAT(forgot.receipt.ToJson().dump(), Not(HasSubstr("anna")));
  for (const ReceiptFile& changed : forgot.receipt.files) {
    EXPECT_NE(changed.before, changed.after) << changed.path;
  }
}

}  // namespace
}  // namespace bottega
