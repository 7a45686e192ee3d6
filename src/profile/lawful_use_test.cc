#include "profile/lawful_use.h"

#include <arrow/table.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "data/arrow_support.h"
#include "profile/lawful_terms.h"

namespace bottega {
namespace {

using Cells = std::vector<std::optional<std::string>>;

constexpr int64_t kToday = 20'000;  // 2024-10-04

Dataset Table(const std::vector<std::pair<std::string, Cells>>& columns) {
  Dataset data{.source = "people.csv"};
  arrow::FieldVector fields;
  std::vector<std::shared_ptr<arrow::Array>> arrays;
  for (const auto& [name, cells] : columns) {
    fields.push_back(arrow::field(name, arrow::utf8()));
    arrays.push_back(TextArray(cells));
    data.columns.push_back({.name = name});
  }
  data.table = arrow::Table::Make(arrow::schema(fields), arrays);
  for (size_t i = 0; i < columns[0].second.size(); ++i)
    data.rows.push_back(static_cast<int64_t>(i) + 10);
  return data;
}

LawfulUse Judge(const Dataset& data, const char* recipe) {
  return JudgeRows(data, Json::parse(recipe), kToday);
}

// "no_consent: 11 12"
std::vector<std::string> Out(const LawfulUse& use) {
  std::vector<std::string> out;
  for (const Exclusion& exclusion : use.exclusions) {
    std::string line = exclusion.kind + ":";
    for (const int64_t row : exclusion.rows) line += " " + std::to_string(row);
    out.push_back(line);
  }
  return out;
}

using Lines = std::vector<std::string>;

TEST(LawfulUse, SaysNothingWhereNothingIsDeclared) {
  const LawfulUse use = Judge(Table({{"consent", {"no", "yes"}}}), R"({"data": {}})");
  EXPECT_FALSE(use.declared);
  EXPECT_TRUE(use.exclusions.empty());
}

TEST(LawfulUse, WantsConsentInWordsDatesAndNumbers) {
  const Dataset data = Table({{"agreed",
                               {"Yes", "no", std::nullopt, "maybe", "1", "0", "opt-in",
                                "2020-01-01", "2030-01-01", "ja"}}});
  EXPECT_EQ(Out(Judge(data, R"({"data": {"people": {"consent": "agreed"}}})")),
            Lines{"no_consent: 11 12 13 15 18"});
  // Another ground than consent needs none.
  EXPECT_EQ(Out(Judge(data, R"({"data": {"legal_basis": "contract",
                                         "people": {"consent": "agreed"}}})")),
            Lines{});
}

TEST(LawfulUse, LeavesOutWhoWithdrewWhateverTheGround) {
  const Dataset data =
      Table({{"left", {std::nullopt, "2024-01-01", "2031-01-01", "yes", "no", "asked by phone"}}});
  EXPECT_EQ(Out(Judge(data, R"({"data": {"legal_basis": "contract",
                                         "people": {"withdrawn": "left"}}})")),
            Lines{"withdrawn: 11 13 15"});
}

TEST(LawfulUse, CountsRetentionFromDaysAndFromCollection) {
  const Dataset data =
      Table({{"until", {"2024-10-03", "2024-10-04", "2030-01-01", std::nullopt, "soon"}},
             {"taken", {"2024-01-01", "2021-01-01", "2024-01-01", "2024-01-01", std::nullopt}}});
  EXPECT_EQ(Out(Judge(data, R"({"data": {"people": {"retention": "until"}}})")),
            Lines{"past_retention: 10 14"});
  EXPECT_EQ(Out(Judge(data, R"({"data": {"retention": "2 years",
                                         "people": {"collected": "taken"}}})")),
            Lines{"past_retention: 11 14"});
  EXPECT_EQ(Out(Judge(data, R"({"data": {"retention": "2024-10-03"}})")),
            Lines{"past_retention: 10 11 12 13 14"});
  const LawfulUse open = Judge(data, R"({"data": {"retention": "as long as we like"}})");
  EXPECT_TRUE(open.exclusions.empty());
  EXPECT_EQ(open.open.size(), 1u);
}

TEST(LawfulUse, HoldsPurposesOfSourcesAndPeopleAgainstTheUse) {
  const Dataset data = Table({{"why", {"Scoring; service", "service", std::nullopt, "scoring"}},
                              {"from", {"crm", "crm", "web", "bought"}}});
  const char* recipe = R"({"use": {"purposes": ["scoring"]},
      "data": {"people": {"purposes": "why", "source": "from"},
               "sources": {"crm": {}, "web": {"legal_basis": "contract"}}}})";
  EXPECT_EQ(Out(Judge(data, recipe)), (Lines{"unknown_source: 13", "other_purpose: 11 12"}));
  const LawfulUse open = Judge(data, R"({"data": {"purposes": ["scoring"]}})");
  EXPECT_TRUE(open.exclusions.empty());
  ASSERT_EQ(open.open.size(), 1u);
  EXPECT_NE(open.open[0].find("use.purposes"), std::string::npos);
}

TEST(LawfulUse, TakesTermsOfASourceBeforeThoseOfAll) {
  const Dataset data = Table({{"from", {"old", "new"}}});
  EXPECT_EQ(Out(Judge(data, R"({"data": {"retention": "2030-01-01", "people": {"source": "from"},
                                         "sources": {"old": {"retention": "2020-01-01"}, "new": {}}}})")),
            Lines{"past_retention: 10"});
}

TEST(LawfulUse, RefusesWhatItCannotRead) {
  const Dataset data = Table({{"consent", {"yes"}}});
  for (const char* recipe : {R"({"data": {"people": {"consent": "consnt"}}})",
                             R"({"data": {"people": {"conset": "consent"}}})",
                             R"({"data": {"sources": {"a": {"retention": "some day"}}}})",
                             R"({"data": {"sources": {"a": {"basis": "contract"}}}})",
                             R"({"data": {"sources": {"a": {"legal_basis": "because"}}}})"}) {
    EXPECT_THROW(Judge(data, recipe), Error) << recipe;
  }
}

TEST(LawfulUse, ProposesColumnsThatLookLikeConsent) {
  const Dataset data = Table({{"marketing_consent", {"yes", "no", std::nullopt}},
                              {"opted_out", {"no", "no", "yes"}},
                              {"consent_text", {"I agree to all", "see file", "yes"}},
                              {"colour", {"yes", "no", "no"}}});
  const std::vector<ConsentColumn> proposed = ProposeConsentColumns(data);
  ASSERT_EQ(proposed.size(), 2u);
  EXPECT_EQ(proposed[0].column, 0);
  EXPECT_EQ(proposed[0].against, 2);
  EXPECT_TRUE(proposed[1].withdrawal);
  EXPECT_EQ(proposed[1].against, 1);
}

TEST(Retention, ReadsDaysAndPeriods) {
  EXPECT_EQ(ParseRetention("2024-10-04")->until, kToday);
  EXPECT_EQ(ParseRetention("3 years")->months, 36);
  EXPECT_EQ(ParseRetention("18 months")->months, 18);
  EXPECT_EQ(ParseRetention("90d")->days, 90);
  EXPECT_EQ(ParseRetention("P3Y")->months, 36);
  EXPECT_FALSE(ParseRetention("for ever"));
}

}  // namespace
}  // namespace bottega
