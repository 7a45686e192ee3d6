#include "clean/repairs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/files.h"
#include "clean/clean_section_spec.h"
#include "clean/fixes.h"
#include "clean/repair_kind.h"
#include "clean/steps.h"
#include "split/test_dataset.h"

namespace bottega {
namespace {

using ::testing::HasSubstr;

Json Section(const std::string& yaml = "{}") {
  return ResolveSection(CleanSection(), yaml, {RepairSpecs(), StepSpecs()});
}

Dataset Dirty() {
  std::vector<double> age, x;
  TextCells city, id, same, label;
  for (int i = 0; i < 60; ++i) {
    age.push_back(20 + i);
    x.push_back(i * 1.5);
    city.push_back(i % 2 ? "Rome" : "Milan");
    id.push_back("k" + std::to_string(i));
    same.push_back("s");
    label.push_back(i % 3 ? "yes" : "no");
  }
  age[7] = age[8] = -999;
  age[9] = std::numeric_limits<double>::infinity();
  age[10] = kMissing;
  city[11] = " Rome ";
  city[12] = "  ";
  city[14] = "MILAN";
  label[20] = std::nullopt;
  label[22] = "yes ";
  for (size_t i : {30u, 31u}) {  // copies of row 1, with its label
    age[i] = age[1];
    x[i] = x[1];
    city[i] = city[1];
    label[i] = label[1];
  }
  Dataset data = TestDataset()
                     .Number("age", age)
                     .Number("x", x)
                     .Text("city", city)
                     .Text("id", id, FeatureType::kIdentifier)
                     .Text("same", same)
                     .Text("y", label, FeatureType::kBinary, Role::kTarget)
                     .Make();
  for (int64_t& row : data.rows) row += 100;  // record numbers are not positions
  return data;
}

std::map<std::string, int64_t> RowsByRepair(const RepairPlan& plan) {
  std::map<std::string, int64_t> rows;
  for (const Repair& repair : plan.repairs) {
    rows[repair.repair] += std::max<int64_t>(1, static_cast<int64_t>(repair.rows.size()));
  }
  return rows;
}

std::optional<std::string> Cell(const Dataset& data, int64_t row, const std::string& column) {
  const auto at = std::ranges::find(data.rows, row) - data.rows.begin();
  return TextsOf(data, data.Find(column))[static_cast<size_t>(at)];
}

TEST(RepairsTest, EachRepairDoesItsWork) {
  const Dataset data = Dirty();
  const RepairPlan plan = PlanRepairs(data, Section());
  const std::map<std::string, int64_t> wanted = {{"strip_spaces", 3},      {"merge_spellings", 1},
                                                 {"impossible_values", 2}, {"set_aside", 1},
                                                 {"drop_duplicates", 2},   {"drop_columns", 2}};
  std::map<std::string, int64_t> got = RowsByRepair(plan);
  got["impossible_values"] -= 1;  // infinity: counted below
  EXPECT_EQ(got, wanted) << RepairsToJson(plan).dump(1);
  const Dataset clean = ApplyRepairs(data, plan);
  EXPECT_EQ(clean.size(), 57);
  EXPECT_EQ(Cell(clean, 111, "city"), "Rome");
  EXPECT_EQ(Cell(clean, 112, "city"), std::nullopt);
  EXPECT_EQ(Cell(clean, 114, "city"), "Milan");
  EXPECT_EQ(Cell(clean, 107, "age"), std::nullopt);
  EXPECT_EQ(Cell(clean, 109, "age"), std::nullopt);
  EXPECT_EQ(Cell(clean, 110, "age"), std::nullopt);
  EXPECT_EQ(Cell(clean, 122, "y"), "yes");
  EXPECT_EQ(std::ranges::count(clean.rows, 120), 0);
  EXPECT_EQ(std::ranges::count(clean.rows, 130) + std::ranges::count(clean.rows, 131), 0);
  EXPECT_EQ(clean.columns[static_cast<size_t>(clean.Find("id"))].role, Role::kIgnored);
  EXPECT_EQ(clean.columns[static_cast<size_t>(clean.Find("same"))].role, Role::kIgnored);
  EXPECT_TRUE(PlanRepairs(clean, Section()).repairs.empty());  // nothing is left to do
}

TEST(RepairsTest, EveryRepairAloneAndTogetherIsTakenBackToTheByte) {
  const Dataset data = Dirty();
  const RepairPlan plan = PlanRepairs(data, Section());
  for (size_t k = 0; k < plan.repairs.size(); ++k) {
    const Repair& repair = plan.repairs[k];
    RepairPlan decided = plan;
    EXPECT_EQ(SetApplied({std::to_string(k)}, false, &decided), 1);
    EXPECT_EQ(Decisions(decided), (std::vector<int64_t>{static_cast<int64_t>(k)}));
    const Dataset undone = ApplyRepairs(data, decided);
    for (int64_t row : repair.rows) {
      EXPECT_EQ(std::ranges::count(undone.rows, row), 1) << row;
      if (repair.action == RepairAction::kCell) {
        EXPECT_EQ(Cell(undone, row, repair.column), Cell(data, row, repair.column));
      }
    }
    if (repair.action == RepairAction::kRole) {
      EXPECT_EQ(undone.columns[static_cast<size_t>(undone.Find(repair.column))].role,
                Role::kFeature);
    }
    ForgetDecisions(&decided);
    EXPECT_TRUE(ApplyRepairs(data, decided).table->Equals(*ApplyRepairs(data, plan).table));
  }
  RepairPlan none = plan;
  for (Repair& repair : none.repairs) repair.apply = false;
  EXPECT_TRUE(ApplyRepairs(data, none).table->Equals(*data.table));
  EXPECT_TRUE(Chosen(none).repairs.empty());
}

// "ROME " is stripped, then respelled: without the first, the second has nothing to work on.
TEST(RepairsTest, WhatRestsOnARefusedRepairIsLeftOutWithIt) {
  TextCells city = {"ROME "};
  for (int i = 0; i < 20; ++i) city.push_back(i % 2 ? "Rome" : "Milan");
  const Dataset data = TestDataset().Text("city", city).Make();
  RepairPlan plan = PlanRepairs(data, Section("repairs: [strip_spaces, merge_spellings]"));
  ASSERT_EQ(plan.repairs.size(), 2u);
  EXPECT_EQ(Cell(ApplyRepairs(data, plan), 0, "city"), "Rome");
  SetApplied({"strip_spaces"}, false, &plan);
  EXPECT_EQ(Cell(ApplyRepairs(data, plan), 0, "city"), "ROME ");
  EXPECT_TRUE(Chosen(plan).repairs.empty());
  SetApplied({"0"}, true, &plan);
  SetApplied({"merge_spellings:city"}, false, &plan);
  EXPECT_EQ(Cell(ApplyRepairs(data, plan), 0, "city"), "ROME");
}

TEST(RepairsTest, WhatIsNotSureIsSuggestedAndAppliedWhenAccepted) {
  TextCells city;
  for (int i = 0; i < 40; ++i) city.push_back(i % 2 ? "Birmingham" : "Sheffield");
  city[3] = "Birmingxam";
  const Dataset data = TestDataset().Text("city", city).Make();
  const std::string only = "repairs: [merge_spellings]";
  RepairPlan plan = PlanRepairs(data, Section("sure: 0.99\n" + only));
  ASSERT_EQ(plan.repairs.size(), 1u);
  EXPECT_FALSE(plan.repairs[0].apply);
  EXPECT_EQ(Cell(ApplyRepairs(data, plan), 3, "city"), "Birmingxam");
  SetApplied({"merge_spellings:city"}, true, &plan);
  EXPECT_EQ(Cell(ApplyRepairs(data, plan), 3, "city"), "Birmingham");
  EXPECT_TRUE(PlanRepairs(data, Section("sure: 0.5\n" + only)).repairs[0].apply);
  for (const char* word : {"1", "-1", "0-1", "merge_spelings", "city", ""}) {
    EXPECT_THROW(SetApplied({word}, true, &plan), Error) << word;
  }
}

TEST(RepairsTest, TheFileCarriesThePlan) {
  const TemporaryFolder folder;
  const Dataset data = Dirty();
  const RepairPlan plan = PlanRepairs(data, Section());
  const auto path = folder.path() / "repairs.json";
  WriteRepairs(path, plan);
  const RepairPlan back = ReadRepairs(path);
  EXPECT_EQ(RepairsToJson(back), RepairsToJson(plan));
  EXPECT_TRUE(ApplyRepairs(data, back).table->Equals(*ApplyRepairs(data, plan).table));
  for (
      const char* bad :
      {"[]", "{}", R"({"format": 1})",
       R"({"format":2,"source":"","sha256":"","sure":1,"labels":false,"fixes":3,"refused":[]})",
       R"({"format":2,"source":"","sha256":"","sure":1,"labels":false,"fixes":[{}],"refused":[]})"}) {
    WriteFileAtomic(path, bad);
    EXPECT_THROW(ReadRepairs(path), Error) << bad;
  }
}

TEST(RepairsTest, APlanForOtherDataIsAnError) {
  Dataset data = Dirty();
  const RepairPlan plan = PlanRepairs(data, Section());
  data.rows[11] = 9999;
  try {
    ApplyRepairs(data, plan);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kData);
    EXPECT_THAT(error.hint(), HasSubstr("bottega clean"));
  }
}

TEST(RepairsTest, QuarantineHoldsWhatWasTakenOut) {
  const TemporaryFolder folder;
  const Dataset data = Dirty();
  const RepairPlan plan = PlanRepairs(data, Section());
  EXPECT_EQ(WriteQuarantine(folder.path(), data, plan), 3);
  const std::string rows = ReadFile(folder.path() / "rows.csv");
  EXPECT_THAT(rows, HasSubstr("row,repair,reason,age,x,city,id,same,y\n"));
  EXPECT_THAT(rows, HasSubstr("120,set_aside,the target 'y' is missing,40,30,Milan,k20,s,\n"));
  EXPECT_THAT(rows, HasSubstr("130,drop_duplicates,"));
  const std::string cells = ReadFile(folder.path() / "cells.csv");
  EXPECT_THAT(cells, HasSubstr("107,age,-999,impossible_values,"));
  EXPECT_THAT(cells, HasSubstr("109,age,inf,impossible_values,"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "pictures.txt"));
}

TEST(RepairsTest, LabelsAreNeverChangedAndDroppedOnlyOnRequest) {
  const Dataset data = Dirty();
  AuditResult audit;
  audit.findings.push_back({.check = "suspicious_labels",
                            .confidence = 0.95,
                            .place = {.row = 140},
                            .message = "looks like 'no'"});
  audit.findings.push_back(
      {.check = "suspicious_labels", .confidence = 0.5, .place = {.row = 141}, .message = "?"});
  EXPECT_FALSE(
      RowsByRepair(PlanRepairs(data, Section(), {.audit = &audit})).contains("suspicious_labels"));
  const RepairPlan plan = PlanRepairs(data, Section("labels: drop_suspicious"), {.audit = &audit});
  EXPECT_EQ(RowsByRepair(plan)["suspicious_labels"], 1);
  const Dataset clean = ApplyRepairs(data, plan);
  EXPECT_EQ(std::ranges::count(clean.rows, 140), 0);
  EXPECT_EQ(std::ranges::count(clean.rows, 141), 1);
  const RepairPlan eager =
      PlanRepairs(data, Section("labels: drop_suspicious\nconfidence: 0.4"), {.audit = &audit});
  EXPECT_EQ(std::ranges::count(ApplyRepairs(data, eager).rows, 141), 0)
      << "clean.sure has no say over what clean.confidence let through";
}

TEST(RepairsTest, LabelCorrectionsAreSuggestedOrMadeWhenTheRecipeSaysSo) {
  const Dataset data = Dirty();
  AuditResult audit;
  audit.findings.push_back({.check = "suspicious_labels",
                            .confidence = 0.95,
                            .place = {.row = 140},
                            .message = "looks like 'no'",
                            .detail = {{"given", "yes"}, {"suggested", "no"}}});
  RepairPlan plan = PlanRepairs(data, Section());
  SuggestLabels(ApplyRepairs(data, plan), audit, &plan);
  EXPECT_EQ(plan.repairs.back().repair, "correct_labels");
  EXPECT_EQ(Cell(ApplyRepairs(data, plan), 140, "y"), Cell(data, 140, "y"));
  SetApplied({"correct_labels"}, true, &plan);
  EXPECT_EQ(Cell(ApplyRepairs(data, plan), 140, "y"), "no");
  const RepairPlan told =
      PlanRepairs(data, Section("labels: correct_suspicious"), {.audit = &audit});
  EXPECT_EQ(Cell(ApplyRepairs(data, told), 140, "y"), "no");
}

TEST(RepairsTest, ConflictsAndUnreadablePicturesComeFromTheAudit) {
  Dataset data = Dirty();
  AuditResult audit;
  audit.findings.push_back({.check = "conflicting_labels",
                            .place = {.row = 140},
                            .message = "differ",
                            .detail = {{"rows", {140, 141}}}});
  audit.findings.push_back({.check = "unreadable_file",
                            .severity = Severity::kError,
                            .place = {.row = 145},
                            .message = "cannot be opened"});
  const RepairPlan tables = PlanRepairs(data, Section("repairs: [set_aside]"), {.audit = &audit});
  EXPECT_EQ(RowsByRepair(tables)["set_aside"], 2);  // the target that is missing, and 145
  const RepairPlan always = PlanRepairs(
      data, Section("repairs: [{set_aside: {conflicting: always}}]"), {.audit = &audit});
  EXPECT_EQ(RowsByRepair(always)["set_aside"], 4);
}

TEST(RepairsTest, RangesOfTheRecipeAreHeld) {
  const RepairPlan plan = PlanRepairs(
      Dirty(), Section("repairs: [{impossible_values: {ranges: {age: [0, 70]}, codes: no}}]"));
  EXPECT_EQ(RowsByRepair(plan)["impossible_values"], 12);  // 9 above 70, two codes, infinity
  EXPECT_THROW(
      PlanRepairs(Dirty(), Section("repairs: [{impossible_values: {ranges: {city: [0, 1]}}}]")),
      Error);
}

TEST(RepairsTest, EveryRepairHasASpecOfItsName) {
  EXPECT_EQ(RepairSpecs().size(), AllRepairs().size());
  for (const Spec* spec : RepairSpecs()) EXPECT_EQ(spec->kind, "repair");
  for (const Spec* spec : StepSpecs()) EXPECT_EQ(spec->kind, "step");
}

}  // namespace
}  // namespace bottega
