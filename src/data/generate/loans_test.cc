#include "data/generate/loans.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/files.h"
#include "data/open.h"

namespace bottega {
namespace {

TEST(LoansTest, SameOptionsGiveTheSameBytes) {
  const TemporaryFolder folder;
  GenerateLoans(folder.path() / "a", {.people = 300});
  GenerateLoans(folder.path() / "b", {.people = 300});
  GenerateLoans(folder.path() / "c", {.seed = 8, .people = 300});
  const auto bytes = [&](const char* name) { return ReadFile(folder.path() / name / "loans.csv"); };
  EXPECT_EQ(bytes("a"), bytes("b"));
  EXPECT_NE(bytes("a"), bytes("c"));
  EXPECT_THROW(GenerateLoans(folder.path() / "a", {}), Error);
}

TEST(LoansTest, TruthAgreesWithTheTable) {
  const TemporaryFolder folder;
  const Json truth = GenerateLoans(folder.path() / "d", {});
  const Inference inference = InferDataset(folder.path() / "d" / "loans.csv", "");
  const Dataset& data = inference.data;
  EXPECT_EQ(data.size(), 6080);
  EXPECT_EQ(truth["true"].size(), 6080u);
  EXPECT_EQ(inference.target, "approved");
  EXPECT_EQ(data.columns[0].role, Role::kIgnored);
  EXPECT_EQ(data.columns[static_cast<size_t>(data.Find("income"))].type, FeatureType::kNumber);
  const auto given = TextsOf(data, data.Find("approved"));
  int64_t wrong = 0;
  for (size_t i = 0; i < given.size(); ++i) wrong += truth["true"][i] != *given[i];
  const Json& planted = truth["planted"][4];
  EXPECT_EQ(planted["kind"], "wrong labels");
  EXPECT_EQ(wrong, static_cast<int64_t>(planted["rows"].size() + planted["excused"].size()));
  EXPECT_NEAR(static_cast<double>(planted["rows"].size()), 0.02 * 6080, 40);
}

}  // namespace
}  // namespace bottega
