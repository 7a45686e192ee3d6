// The audit against what the generators of the demos planted.
#include <filesystem>
#include <map>

#include "audit/planted.h"
#include "audit/test_audit.h"
#include "data/generate/fruit.h"
#include "data/generate/loans.h"
#include "data/open.h"

namespace bottega {
namespace {

struct Bounds {
  double found;  // at least this share of what was planted
  int64_t false_alarms;
};

// Scores of a whole audit with default settings, for every kind of defect that was planted.
void ExpectScores(const Json& truth, const std::filesystem::path& source,
                  const std::map<std::string, Bounds>& expected) {
  const Dataset data = InferDataset(source, "").data;
  const AuditResult audit = RunAudit(data, ResolveSection(AuditSection(), "{}", {CheckSpecs()}));
  const std::vector<PlantedScore> scores = ScorePlanted(truth, audit, data);
  EXPECT_EQ(scores.size(), expected.size());
  for (const PlantedScore& score : scores) {
    SCOPED_TRACE(score.kind);
    const Bounds& bounds = expected.at(score.kind);
    EXPECT_GT(score.planted, 0);
    EXPECT_GE(static_cast<double>(score.found), bounds.found * static_cast<double>(score.planted))
        << score.found << " of " << score.planted;
    EXPECT_LE(score.false_alarms, bounds.false_alarms);
  }
}

TEST(GeneratedDataTest, LoansDefectsAreFound) {
  const TemporaryFolder folder;
  const Json truth = GenerateLoans(folder.path() / "loans", {});
  // Proxies and biases: true, but not planted; retirement gives age away, and savings grow with it.
  ExpectScores(truth, folder.path() / "loans" / "loans.csv",
               {{"missing values", {1, 0}},
                {"odd spellings", {0.95, 0}},
                {"people twice, exactly", {0.95, 0}},
                {"people twice, altered", {0.9, 6}},
                {"wrong labels", {0.25, 10}},
                {"constant column", {1, 0}},
                {"identifier column", {1, 0}},
                {"proxy of nationality", {1, 1}},
                {"biased labels", {1, 1}}});
}

TEST(GeneratedDataTest, FruitDefectsAreFound) {
  const TemporaryFolder folder;
  // 300 pictures in place of 1500: the planted numbers are scaled by 1 / 5.
  const Json truth = GenerateFruit(folder.path() / "fruit", {.per_class = 100,
                                                             .picture_size = 96,
                                                             .exact_duplicates = 50,
                                                             .near_duplicates = 50,
                                                             .truncated = 30});
  ExpectScores(truth, folder.path() / "fruit",
               {{"pictures twice, exactly", {1, 0}},
                {"pictures twice, altered", {0.9, 2}},
                {"wrong labels", {0.6, 6}},
                {"truncated files", {1, 0}}});
}

}  // namespace
}  // namespace bottega
