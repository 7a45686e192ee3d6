// The audit against what the generators of the demos planted.
#include <algorithm>
#include <map>
#include <set>

#include "audit/test_audit.h"
#include "data/generate/fruit.h"
#include "data/generate/loans.h"
#include "data/open.h"

namespace bottega {
namespace {

using Names = std::set<std::string>;

struct Score {
  size_t planted = 0, found = 0, false_alarms = 0;
};

// A column by its name, a row by its number, a picture by its path.
Names NamesIn(const Json& kind, const std::vector<std::string>& keys) {
  Names names;
  for (const std::string& key : keys) {
    for (const Json& item : kind.value(key, Json::array())) {
      names.insert(item.is_string() ? item.get<std::string>() : item.dump());
    }
  }
  return names;
}

Names NamesFound(const AuditResult& audit, const Json& kind, const Dataset& data) {
  std::map<int64_t, std::string> files;
  if (data.HasPictures()) {
    const auto cells = TextsOf(data, data.Find("picture"));
    for (size_t i = 0; i < cells.size(); ++i) files[data.rows[i]] = *cells[i];
  }
  const auto name = [&](int64_t row) {
    return data.HasPictures() ? files[row] : std::to_string(row);
  };
  Names names;
  for (const Finding& finding : audit.findings) {
    if (finding.check != kind["check"]) continue;
    if (kind.contains("columns")) {
      if (!finding.place.column.empty()) names.insert(finding.place.column);
      continue;
    }
    if (finding.place.row >= 0) names.insert(name(finding.place.row));
    for (const Json& row : finding.detail.value("rows", Json::array())) names.insert(name(row));
  }
  return names;
}

std::map<std::string, Score> ScoresOf(const Json& truth, const AuditResult& audit,
                                      const Dataset& data) {
  std::map<std::string, Score> scores;
  for (const Json& kind : truth["planted"]) {
    const Names planted = NamesIn(kind, {"rows", "files", "columns"});
    const Names excused = NamesIn(kind, {"excused"});
    Score score{.planted = planted.size()};
    for (const std::string& name : NamesFound(audit, kind, data)) {
      score.found += planted.contains(name);
      score.false_alarms += !planted.contains(name) && !excused.contains(name);
    }
    scores[kind["kind"]] = score;
  }
  return scores;
}

AuditResult AuditOf(const Dataset& data) {
  return RunAudit(data, ResolveSection(AuditSection(), "{}", {CheckSpecs()}));
}

void ExpectScore(const std::map<std::string, Score>& scores, const std::string& kind, double share,
                 size_t false_alarms) {
  const Score& score = scores.at(kind);
  EXPECT_GT(score.planted, 0u) << kind;
  EXPECT_GE(static_cast<double>(score.found), share * static_cast<double>(score.planted))
      << kind << ": " << score.found << " of " << score.planted;
  EXPECT_LE(score.false_alarms, false_alarms) << kind;
}

TEST(GeneratedDataTest, LoansDefectsAreFound) {
  const TemporaryFolder folder;
  const Json truth = GenerateLoans(folder.path() / "loans", {});
  const Dataset data = InferDataset(folder.path() / "loans" / "loans.csv", "").data;
  const auto scores = ScoresOf(truth, AuditOf(data), data);
  EXPECT_EQ(scores.size(), 9u);
  ExpectScore(scores, "missing values", 1, 0);
  ExpectScore(scores, "odd spellings", 0.95, 0);
  ExpectScore(scores, "people twice, exactly", 0.95, 0);
  ExpectScore(scores, "people twice, altered", 0.9, 6);
  ExpectScore(scores, "wrong labels", 0.4, 60);
  ExpectScore(scores, "constant column", 1, 0);
  ExpectScore(scores, "identifier column", 1, 0);
  // True, but not planted: retirement gives age away, and savings grow with age.
  ExpectScore(scores, "proxy of nationality", 1, 1);
  ExpectScore(scores, "biased labels", 1, 1);
}

TEST(GeneratedDataTest, FruitDefectsAreFound) {
  const TemporaryFolder folder;
  // 300 pictures in place of 1500: the planted numbers are scaled by 1 / 5.
  const Json truth = GenerateFruit(folder.path() / "fruit", {.per_class = 100,
                                                             .picture_size = 96,
                                                             .exact_duplicates = 50,
                                                             .near_duplicates = 50,
                                                             .truncated = 30});
  const Dataset data = InferDataset(folder.path() / "fruit", "").data;
  const auto scores = ScoresOf(truth, AuditOf(data), data);
  EXPECT_EQ(scores.size(), 4u);
  ExpectScore(scores, "pictures twice, exactly", 1, 0);
  ExpectScore(scores, "pictures twice, altered", 0.9, 2);
  ExpectScore(scores, "wrong labels", 0.6, 6);
  ExpectScore(scores, "truncated files", 1, 0);
}

}  // namespace
}  // namespace bottega
