#include "audit/fingerprint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "audit/test_audit.h"

namespace bottega {
namespace {

// Loans with two copies of a row, labels that contradict one another, gaps and a wrong spelling.
Dataset Loans(int64_t rows) {
  TextCells town = RandomTexts(rows, 1, {"Rome", "Milan", "Turin", "Naples"});
  TextCells job = RandomTexts(rows, 2, {"clerk", "baker", "smith", "nurse", "cook"});
  std::vector<double> income = RandomNumbers(rows, 3), debt = RandomNumbers(rows, 4);
  TextCells paid = RandomTexts(rows, 5, {"yes", "no"});
  const auto copy = [&](size_t from, size_t to) {
    town[to] = town[from], job[to] = job[from], income[to] = income[from], debt[to] = debt[from];
  };
  copy(10, 40), copy(11, 41), copy(11, 42), copy(12, 43);
  paid[10] = paid[40] = "yes";
  paid[12] = "yes", paid[43] = "no";
  town[20] = "rome", town[21] = std::nullopt, debt[22] = kMissing;
  return TestDataset()
      .Text("town", town)
      .Text("job", job)
      .Number("income", income)
      .Number("debt", debt)
      .Text("currency", TextCells(static_cast<size_t>(rows), "EUR"))
      .Text("paid", paid, FeatureType::kBinary, Role::kTarget)
      .Make();
}

std::set<std::string> Ids(const Dataset& data) {
  // Which labels models doubt depends on their folds, and so on the order of the rows.
  const AuditResult audit =
      RunAudit(data, ResolveSection(AuditSection(), "skip: [suspicious_labels]", {CheckSpecs()}));
  std::set<std::string> ids;
  for (const Finding& finding : audit.findings) {
    EXPECT_TRUE(ids.insert(finding.id).second) << finding.id << ": " << finding.message;
    EXPECT_TRUE(finding.id.starts_with(finding.check + "-"));
  }
  EXPECT_GE(ids.size(), 7u);
  return ids;
}

Dataset Numbered(Dataset data) {
  std::iota(data.rows.begin(), data.rows.end(), 0);
  return data;
}

TEST(FingerprintTest, MovingRowsKeepsEveryId) {
  const Dataset data = Loans(300);
  std::vector<int64_t> order(300);
  std::iota(order.begin(), order.end(), 0);
  std::ranges::reverse(order);
  std::ranges::rotate(order, order.begin() + 77);
  EXPECT_EQ(Ids(data), Ids(Numbered(TakeRows(data, order))));
}

TEST(FingerprintTest, RowsThatComeAndGoElsewhereKeepIds) {
  const std::set<std::string> before = Ids(Loans(300));
  const std::set<std::string> after = Ids(Loans(330));
  EXPECT_TRUE(std::ranges::includes(after, before));
  const Dataset data = Loans(300);
  std::vector<int64_t> kept;
  for (int64_t i = 0; i < 300; ++i) {
    if (i < 100 || i >= 130) kept.push_back(i);
  }
  EXPECT_EQ(Ids(Numbered(TakeRows(data, kept))), before);
}

TEST(FingerprintTest, AnotherDefectHasAnotherId) {
  const Dataset data = Loans(300);
  AuditShared shared(data);
  const auto id = [&](Finding finding) {
    std::vector<Finding> findings = {std::move(finding)};
    GiveIds(data, shared, &findings);
    return findings[0].id;
  };
  const Finding row{.check = "c", .place = {.file = "test.csv", .row = 10}};
  Finding other = row;
  other.place.row = 11;
  EXPECT_NE(id(row), id(other));
  other.place.row = 40;  // its copy
  EXPECT_EQ(id(row), id(other));
  other = row;
  other.place.column = "town";
  EXPECT_NE(id(row), id(other));
  other = row;
  other.message = "another wording", other.severity = Severity::kError, other.detail = {{"p", 0.1}};
  EXPECT_EQ(id(row), id(other));
  other.key = "the second of its kind";
  EXPECT_NE(id(row), id(other));
  const Finding picture{.check = "c", .place = {.file = "a/1.jpg"}};
  Finding moved = picture;
  moved.place.file = "a/2.jpg";
  EXPECT_NE(id(picture), id(moved));
  const Finding value{.check = "c",
                      .place = {.file = "test.csv", .row = 3, .column = "town"},
                      .detail = {{"value", "rome"}, {"count", 3}, {"rows", {3, 4}}}};
  Finding more = value;
  more.detail = {{"value", "rome"}, {"count", 9}, {"rows", {1, 4, 8}}};
  more.place.row = 1;
  EXPECT_EQ(id(value), id(more));
  more.detail["value"] = "milan";
  EXPECT_NE(id(value), id(more));
}

TEST(FingerprintTest, WhatCannotBeToldApartIsNumbered) {
  const Dataset data = Loans(300);
  AuditShared shared(data);
  std::vector<Finding> findings;
  for (int i = 0; i < 3; ++i) {
    // Records that were set aside while reading are not among the data.
    findings.push_back({.check = "reading_problems",
                        .place = {.file = "test.csv", .row = 900 + i, .line = 902 + i},
                        .message = "this line has " + std::to_string(7 + i) + " cells"});
  }
  GiveIds(data, shared, &findings);
  EXPECT_EQ(findings[1].id, findings[0].id + "-2");
  EXPECT_EQ(findings[2].id, findings[0].id + "-3");
}

}  // namespace
}  // namespace bottega
