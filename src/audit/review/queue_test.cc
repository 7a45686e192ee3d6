#include "audit/review/queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/audit_section.h"
#include "audit/review/label_queue.h"
#include "audit/test_audit.h"

namespace bottega {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Dataset Table() {
  return TestDataset()
      .Number("x", {1, 2, 3, 4, 5, 6})
      .Text("label", {"a", "a", "b", "b", "a", std::nullopt}, FeatureType::kCategory, Role::kTarget)
      .Make();
}

Finding About(const std::string& check, int64_t row, double confidence,
              Severity severity = Severity::kWarning) {
  return {.id = check + "-" + std::to_string(row),
          .check = check,
          .severity = severity,
          .confidence = confidence,
          .place = {.row = row},
          .message = check + " of " + std::to_string(row),
          .detail = Json::object()};
}

std::vector<int64_t> RowsOf(const std::vector<ReviewItem>& items) {
  std::vector<int64_t> rows;
  for (const ReviewItem& item : items) rows.push_back(item.row);
  return rows;
}

std::vector<ReviewItem> Queue(const AuditResult& audit, const Reviews& reviews = {},
                              const std::vector<int64_t>& group = {},
                              const QueueOptions& options = {}) {
  static const Dataset data = Table();
  return DoubtfulRows(data, audit, reviews, group, options);
}

AuditResult Audit() {
  AuditResult audit;
  audit.findings = {About("outlier_rows", 3, 0.99), About("suspicious_labels", 0, 0.6),
                    About("suspicious_labels", 2, 0.9), About("outlier_rows", 2, 0.5)};
  Finding conflict = About("conflicting_labels", 1, 1);
  conflict.detail["rows"] = {1, 4};
  audit.findings.push_back(conflict);
  return audit;
}

TEST(QueueTest, MostDoubtfulFirstAndEachRowOnce) {
  AuditResult audit = Audit();
  audit.findings[2].detail = {{"suggested", "a"}, {"suggested_probability", 0.9}};
  const auto items = Queue(audit);
  EXPECT_THAT(RowsOf(items), ElementsAre(2, 0, 1, 4, 3));
  EXPECT_EQ(items[0].suggested, "a");
  EXPECT_EQ(items[0].label, "b");
  EXPECT_THAT(items[0].why, SizeIs(2));
}

TEST(QueueTest, LeavesOutWhatIsNoFlawOfARow) {
  AuditResult audit;
  audit.findings = {About("personal_data", 1, 1), About("missing_values", -1, 1),
                    About("target_missing", 5, 1), About("suspicious_labels", 0, 1)};
  audit.findings[3].waived = {"confirmed", "Ada", ""};
  Finding many = About("outlier_values", 2, 1);
  many.detail["count"] = 12;
  audit.findings.push_back(many);
  EXPECT_THAT(Queue(audit), IsEmpty());
}

TEST(QueueTest, ChecksMayBeChosen) {
  EXPECT_THAT(RowsOf(Queue(Audit(), {}, {}, {.checks = {"outlier_rows"}})), ElementsAre(3, 2));
}

TEST(QueueTest, DecidedRowsAndTheirCopiesAreNotAskedAgain) {
  Reviews reviews;
  reviews.standing.push_back({.row = 2, .verdict = Verdict::kKeep, .reviewer = "Ada"});
  // Rows 2 and 3 are near-duplicates with one label, so are 0 and 1; 4 is alone.
  const std::vector<int64_t> group = {0, 0, 2, 2, 4, 5};
  const auto items = Queue(Audit(), reviews, group);
  EXPECT_THAT(RowsOf(items), ElementsAre(0, 4));
  EXPECT_THAT(items[0].copies, ElementsAre(1));
}

TEST(QueueTest, UnsureIsAskedOfOthers) {
  Reviews reviews;
  reviews.standing.push_back({.row = 2, .verdict = Verdict::kUnsure, .reviewer = "Ada"});
  EXPECT_EQ(Queue(Audit(), reviews, {}, {.reviewer = "Ada"})[0].row, 0);
  EXPECT_EQ(Queue(Audit(), reviews, {}, {.reviewer = "Bob"})[0].row, 2);
}

Dataset Unlabelled() {
  std::vector<double> x;
  TextCells label;
  for (int i = 0; i < 400; ++i) {
    const double at = i / 200.0 - 1;  // the class turns at 0
    x.push_back(at);
    label.push_back(i % 2 == 0 ? std::nullopt : std::optional<std::string>(at < 0 ? "a" : "b"));
  }
  return TestDataset()
      .Number("x", x)
      .Text("label", label, FeatureType::kBinary, Role::kTarget)
      .Make();
}

TEST(LabelQueueTest, LeastSureFirst) {
  const Dataset data = Unlabelled();
  const Json section = ResolveSection(AuditSection(), "{}", {CheckSpecs()});
  const auto items = UnlabelledRows(data, section, {}, {}, {.reviewer = "Ada"});
  ASSERT_THAT(items, SizeIs(200));
  double early = 0, late = 0;
  for (size_t i = 0; i < 20; ++i) {
    early += std::abs(static_cast<double>(items[i].row) - 200);
    late += std::abs(static_cast<double>(items[199 - i].row) - 200);
  }
  EXPECT_LT(early, late / 2);
}

TEST(LabelQueueTest, AShareIsAskedTwice) {
  const Dataset data = Unlabelled();
  const Json section = ResolveSection(AuditSection(), "{}", {CheckSpecs()});
  Reviews reviews;
  for (int64_t row = 0; row < 400; row += 2) {
    reviews.standing.push_back(
        {.row = row, .verdict = Verdict::kLabel, .reviewer = "Ada", .review = "label"});
  }
  EXPECT_THAT(UnlabelledRows(data, section, reviews, {}, {.reviewer = "Bob"}), IsEmpty());
  EXPECT_THAT(UnlabelledRows(data, section, reviews, {}, {.reviewer = "Ada", .twice = 1}),
              IsEmpty());
  const auto twice = UnlabelledRows(data, section, reviews, {}, {.reviewer = "Bob", .twice = 0.3});
  EXPECT_GT(twice.size(), 35u);
  EXPECT_LT(twice.size(), 85u);
}

}  // namespace
}  // namespace bottega
