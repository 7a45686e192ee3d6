#include "audit/policy.h"

#include <gtest/gtest.h>

#include <string>

#include "base/error.h"

namespace bottega {
namespace {

AuditResult Result() {
  AuditResult result;
  result.findings = {
      {.id = "personal_data-1", .check = "personal_data", .detail = {{"kind", "secret"}}},
      {.id = "special_categories-1", .check = "special_categories"},
      {.id = "lawful_use-1", .check = "lawful_use", .detail = {{"kind", "withdrawn"}}},
      {.id = "constant_column-1", .check = "constant_column"}};
  return result;
}

const Json& TopicOf(const AuditResult& result, const std::string& name) {
  for (const Json& topic : result.policy["topics"]) {
    if (topic["topic"] == name) return topic;
  }
  ADD_FAILURE() << "no topic " << name;
  return result.policy;
}

TEST(Policy, MapsFindingsToArticles) {
  AuditResult result = Result();
  ApplyPolicy("gdpr", Json::object(), &result);
  EXPECT_EQ(PolicyText(result.findings[0]), "GDPR Art. 5(1)(f), 32 (security)");
  EXPECT_EQ(PolicyText(result.findings[1]), "GDPR Art. 9, 10 (special categories)");
  EXPECT_EQ(PolicyText(result.findings[2]),
            "GDPR Art. 6(1), 7 (legal basis); GDPR Art. 7(3), 21 (objection and opt-out of sale)");
  EXPECT_EQ(PolicyText(result.findings[3]), "");
  EXPECT_EQ(result.policy["topics"].size(), 10u);
  EXPECT_EQ(TopicOf(result, "security")["findings"], 1);
  EXPECT_EQ(TopicOf(result, "security")["ids"], Json::array({"personal_data-1"}));
  EXPECT_EQ(TopicOf(result, "automated decisions")["state"], "ask");
  EXPECT_EQ(TopicOf(result, "storage limitation")["state"], "open");
  EXPECT_NE(result.policy["notice"].get<std::string>().find("no legal advice"), std::string::npos);
}

TEST(Policy, KnowsTheCaliforniaAct) {
  AuditResult result = Result();
  ApplyPolicy("ccpa", Json::object(), &result);
  EXPECT_EQ(PolicyText(result.findings[1]), "CCPA 1798.121, 1798.140(ae) (special categories)");
}

TEST(Policy, ShowsWhatTheRecipeTells) {
  AuditResult result = Result();
  ApplyPolicy("gdpr", {{"data", {{"retention", "2030-01-01"}}}, {"use", {{"purpose", "loans"}}}},
              &result);
  EXPECT_EQ(TopicOf(result, "storage limitation")["state"], "told");
  EXPECT_EQ(TopicOf(result, "storage limitation")["remark"], "data.retention: 2030-01-01");
  EXPECT_EQ(TopicOf(result, "purpose limitation")["state"], "told");
}

TEST(Policy, AsksNothingOfDataThatAreNotAboutPeople) {
  AuditResult result;
  ApplyPolicy("gdpr", Json::object(), &result);
  EXPECT_EQ(TopicOf(result, "legal basis")["state"], "nothing_found");
  EXPECT_THROW(ApplyPolicy("hipaa", Json::object(), &result), Error);
}

}  // namespace
}  // namespace bottega
