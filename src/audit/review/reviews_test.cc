#include "audit/review/reviews.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/review/without_rows.h"
#include "audit/test_audit.h"
#include "base/files.h"

namespace bottega {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ReviewsTest : public testing::Test {
 protected:
  // `labels` of rows whose number column tells them apart.
  static Dataset Table(const std::vector<double>& x, const TextCells& labels) {
    return TestDataset()
        .Number("x", x)
        .Text("label", labels, FeatureType::kCategory, Role::kTarget)
        .Make();
  }

  void Say(const Dataset& data, int64_t row, Verdict verdict, const std::string& after = "",
           const std::string& who = "Ada", const std::string& review = "queue") {
    const auto labels = TextsOf(data, data.Find("label"));
    Decision decision{.row = row,
                      .content = RowContents(data).Of(row),
                      .data = "first",
                      .verdict = verdict,
                      .before = labels[static_cast<size_t>(row)],
                      .reviewer = who,
                      .time = "2026-11-30T10:00:" + std::to_string(10 + second_++) + "Z",
                      .review = review};
    if (verdict == Verdict::kLabel) decision.after = after;
    if (verdict == Verdict::kKeep) decision.after = decision.before;
    AppendDecisions(folder_.path(), review, who, {decision});
  }

  Reviews Read(const Dataset& data, const std::string& sha256 = "first") const {
    return ReadReviews(folder_.path(), data, sha256);
  }

  std::filesystem::path Log() const { return folder_.path() / "reviews" / "queue" / "ada.jsonl"; }

  const Dataset data_ = Table({1, 2, 3, 4}, {"a", "a", "b", std::nullopt});

 private:
  TemporaryFolder folder_;
  int second_ = 0;
};

TEST_F(ReviewsTest, TheLastWordOfEachCounts) {
  Say(data_, 0, Verdict::kLabel, "b");
  Say(data_, 0, Verdict::kKeep);
  Say(data_, 1, Verdict::kLabel, "b");
  Say(data_, 1, Verdict::kUndo);
  Say(data_, 2, Verdict::kUnsure);
  Say(data_, 3, Verdict::kLabel, "b");
  const Reviews reviews = Read(data_);
  ASSERT_THAT(reviews.rulings, SizeIs(2));
  EXPECT_EQ(reviews.rulings.at(0).verdict, Verdict::kKeep);
  EXPECT_EQ(reviews.rulings.at(3).after, "b");
  EXPECT_EQ(reviews.rulings.at(3).before, std::nullopt);
}

TEST_F(ReviewsTest, TakingBackBringsTheWordBeforeBack) {
  Say(data_, 0, Verdict::kLabel, "b");
  Say(data_, 0, Verdict::kSetAside);
  Say(data_, 0, Verdict::kUndo);
  EXPECT_EQ(Read(data_).rulings.at(0).verdict, Verdict::kLabel);
}

TEST_F(ReviewsTest, DifferingReviewersAreInDisputeUntilItIsSettled) {
  Say(data_, 0, Verdict::kLabel, "b");
  Say(data_, 0, Verdict::kKeep, "", "Grace");
  Say(data_, 1, Verdict::kLabel, "b");
  Say(data_, 1, Verdict::kLabel, "b", "Grace");
  Reviews reviews = Read(data_);
  ASSERT_THAT(reviews.disputes, SizeIs(1));
  EXPECT_EQ(reviews.disputes[0].row, 0);
  ASSERT_THAT(reviews.rulings, SizeIs(1));
  EXPECT_THAT(reviews.rulings.at(1).by, ElementsAre("Ada", "Grace"));
  Say(data_, 0, Verdict::kKeep, "", "Grace", "disputed");
  reviews = Read(data_);
  EXPECT_THAT(reviews.disputes, IsEmpty());
  EXPECT_EQ(reviews.rulings.at(0).verdict, Verdict::kKeep);
}

TEST_F(ReviewsTest, DecisionsFollowTheirRows) {
  Say(data_, 0, Verdict::kLabel, "b");
  Say(data_, 1, Verdict::kLabel, "b");
  Say(data_, 2, Verdict::kKeep);
  // Row 0 stands third now, row 1 was edited, the label of row 2 was changed.
  const Dataset later = Table({3, 9, 1, 4}, {"a", "a", "a", "b"});
  const Reviews reviews = Read(later, "second");
  ASSERT_THAT(reviews.rulings, SizeIs(1));
  EXPECT_EQ(reviews.rulings.at(2).after, "b");
  ASSERT_THAT(reviews.lost, SizeIs(2));
}

TEST_F(ReviewsTest, ALabelThatTheSourceHasByNowIsNotLost) {
  Say(data_, 0, Verdict::kLabel, "b");
  const Dataset later = Table({1, 2, 3, 4}, {"b", "a", "b", std::nullopt});
  const Reviews reviews = Read(later, "second");
  EXPECT_THAT(reviews.lost, IsEmpty());
  EXPECT_EQ(reviews.rulings.at(0).after, "b");
}

TEST_F(ReviewsTest, CopiesKeepApart) {
  const Dataset twins = Table({7, 7, 7}, {"a", "a", "a"});
  Say(twins, 0, Verdict::kLabel, "b");
  Say(twins, 1, Verdict::kKeep);
  const Dataset later = Table({1, 7, 7, 7}, {"a", "a", "a", "a"});
  const Reviews reviews = Read(later, "second");
  ASSERT_THAT(reviews.rulings, SizeIs(2));
  EXPECT_THAT(reviews.lost, IsEmpty());
}

TEST_F(ReviewsTest, RowsAreForgottenWhereverTheyStandNow) {
  Say(data_, 0, Verdict::kLabel, "b");
  Say(data_, 1, Verdict::kLabel, "b");
  const std::string text = ReadFile(Log());
  const Dataset later = Table({2, 1}, {"a", "a"});  // what was row 0 is row 1 now
  RowFinder finder(later, "second");
  const std::string kept = WithoutRows(text, "ada.jsonl", &finder, {1});
  EXPECT_EQ(std::ranges::count(kept, '\n'), 1);
  EXPECT_EQ(ParseJson(kept, "kept")["row"], 1);
}

TEST_F(ReviewsTest, ThePatchChangesWithWhatChangesTheData) {
  EXPECT_EQ(DigestOfRulings(Read(data_)), "");
  Say(data_, 0, Verdict::kKeep);
  EXPECT_EQ(DigestOfRulings(Read(data_)), "");
  Say(data_, 1, Verdict::kLabel, "b");
  EXPECT_NE(DigestOfRulings(Read(data_)), "");
  const Json patch = LabelPatchToJson(Read(data_), data_);
  EXPECT_EQ(patch["labels"].size(), 2u);
  EXPECT_EQ(patch["labels"][1]["row"], 1);
  EXPECT_EQ(patch["target"], "label");
}

}  // namespace
}  // namespace bottega
