#include "audit/policy.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "audit/check.h"
#include "base/error.h"
#include "base/text.h"

namespace bottega {

namespace {

enum class Topic {
  kLegalBasis,
  kPurpose,
  kMinimization,
  kSpecial,
  kChildren,
  kOptOut,
  kAutomated,
  kStorage,
  kAccuracy,
  kSecurity,
};
constexpr size_t kTopics = 10;

struct TopicText {
  std::string_view name;
  std::string_view gdpr, ccpa;            // sections
  std::string_view asks_gdpr, asks_ccpa;  // a sentence each
};

// Regulation (EU) 2016/679; California Civil Code, title 1.81.5, as amended in 2020 (CPRA).
constexpr std::array<TopicText, kTopics> kTexts = {{
    {"legal basis", "Art. 6(1), 7", "1798.100(a)",
     "a ground for every use, and consent that can be shown and withdrawn",
     "notice at collection of the categories collected and of their use"},
    {"purpose limitation", "Art. 5(1)(b)", "1798.100(a)(1), (c)",
     "use for the purposes that were told at collection",
     "no use that is incompatible with the purpose disclosed"},
    {"data minimization", "Art. 5(1)(c), 25", "1798.100(c)",
     "no more than the purpose needs, pseudonyms where they suffice",
     "collection and use reasonably necessary and proportionate"},
    {"special categories", "Art. 9, 10", "1798.121, 1798.140(ae)",
     "a ground of its own for health, origin, belief, sexual life and the like",
     "the right to limit the use of sensitive personal information"},
    {"children", "Art. 8", "1798.120(c)", "a parent's consent below 16 (13 to 16 by country)",
     "opt-in before data of consumers under 16 are sold or shared, by a parent under 13"},
    {"objection and opt-out of sale", "Art. 7(3), 21", "1798.120, 1798.135",
     "use ends for those who object or withdraw", "no sale or sharing of those who opted out"},
    {"automated decisions", "Art. 22, Recital 71", "1798.185(a)(15)",
     "no decision by a machine alone that affects people significantly, unless law, contract or "
     "consent allow it; no discrimination",
     "access and opt-out as the agency's rules on automated decisions say"},
    {"storage limitation", "Art. 5(1)(e), 17", "1798.100(a)(3), 1798.105",
     "kept no longer than needed, erased on request",
     "retention told at collection, deletion on request"},
    {"accuracy", "Art. 5(1)(d), 16", "1798.106", "data that are right and up to date",
     "the right to have data corrected"},
    {"security", "Art. 5(1)(f), 32", "1798.100(e), 1798.150",
     "protection by measures that fit the risk", "reasonable security; liability for breaches"},
}};

std::string KindOf(const Finding& finding) {
  if (!finding.detail.is_object() || !finding.detail.contains("kind")) return "";
  const Json& kind = finding.detail["kind"];
  return kind.is_string() ? kind.get<std::string>() : "";
}

std::vector<Topic> TopicsOfLawfulUse(const std::string& kind) {
  if (kind == "past_retention") return {Topic::kStorage};
  if (kind == "other_purpose") return {Topic::kPurpose};
  if (kind == "withdrawn") return {Topic::kLegalBasis, Topic::kOptOut};
  if (kind == "undeclared") return {Topic::kLegalBasis, Topic::kOptOut};
  if (kind == "licence") return {};
  return {Topic::kLegalBasis, Topic::kPurpose};
}

std::vector<Topic> TopicsOf(const Finding& finding) {
  const std::string kind = KindOf(finding);
  const std::string_view theme = ThemeOf(finding.check);
  if (finding.check == "personal_data") {
    const bool grave =
        kind == "secret" || kind == "card_number" || kind == "iban" || kind == "national_id";
    if (kind == "secret") return {Topic::kSecurity};
    return grave ? std::vector<Topic>{Topic::kMinimization, Topic::kSecurity}
                 : std::vector<Topic>{Topic::kMinimization};
  }
  if (finding.check == "picture_metadata") return {Topic::kMinimization};
  if (finding.check == "k_anonymity") return {Topic::kMinimization, Topic::kSecurity};
  if (finding.check == "lawful_use") return TopicsOfLawfulUse(kind);
  if (finding.check == "special_categories") return {Topic::kSpecial};
  if (finding.check == "children") return {Topic::kChildren};
  if (finding.check == "identifier_column") return {Topic::kMinimization};
  if (theme == "bias" || finding.check == "sensitive_coverage") return {Topic::kAutomated};
  if (theme == "accuracy" || theme == "consistency") return {Topic::kAccuracy};
  return {};
}

std::string Text(const Json& recipe, const char* section, const char* key) {
  if (!recipe.contains(section) || !recipe[section].contains(key)) return "";
  const Json& value = recipe[section][key];
  return value.is_string() ? value.get<std::string>() : "";
}

struct Answer {
  std::string state, remark;
};

// What the recipe says where no finding does.
Answer AnswerOf(Topic topic, const Json& recipe, bool people) {
  const auto told = [&](const char* section, const char* key) -> Answer {
    const std::string text = Text(recipe, section, key);
    const std::string where = std::string(section) + "." + key;
    if (!text.empty()) return {"told", where + ": " + text};
    return {people ? "open" : "nothing_found",
            people ? "the recipe does not tell " + where : std::string()};
  };
  switch (topic) {
    case Topic::kLegalBasis: {
      const Answer basis = told("data", "legal_basis");
      return basis.state == "told" || Text(recipe, "data", "consent").empty()
                 ? basis
                 : told("data", "consent");
    }
    case Topic::kPurpose:
      return told("use", "purpose");
    case Topic::kStorage:
      return told("data", "retention");
    case Topic::kAutomated:
      return {"ask",
              "whether people are affected, and whether a person can overrule the model, is "
              "for its owner to say (use.affected, use.excluded_uses)"};
    case Topic::kOptOut:
      return {"ask",
              "whether those who object or opt out are left out, only "
              "data.people.withdrawn can show"};
    default:
      return {"nothing_found", ""};
  }
}

// Findings about people: personal data, or groups of them.
bool IsAboutPeople(const AuditResult& result) {
  return std::ranges::any_of(result.findings, [](const Finding& finding) {
    return ThemeOf(finding.check) == "privacy" || ThemeOf(finding.check) == "bias";
  });
}

}  // namespace

const std::vector<std::string>& PolicyNames() {
  static const std::vector<std::string> names = {"gdpr", "ccpa"};
  return names;
}

void ApplyPolicy(const std::string& name, const Json& recipe, AuditResult* result) {
  if (std::ranges::find(PolicyNames(), name) == PolicyNames().end()) {
    throw Error(ErrorKind::kUsage, "there is no policy '" + name + "'", {},
                "bottega audit --policy gdpr");
  }
  constexpr size_t kMostIds = 20;
  const bool gdpr = name == "gdpr";
  const std::string law = gdpr ? "GDPR " : "CCPA ";
  const auto section = [&](size_t topic) {
    return law + std::string(gdpr ? kTexts[topic].gdpr : kTexts[topic].ccpa);
  };
  std::array<std::vector<std::string>, kTopics> ids;
  for (Finding& finding : result->findings) {
    Json touched = Json::array();
    for (const Topic topic : TopicsOf(finding)) {
      const auto at = static_cast<size_t>(topic);
      touched.push_back({{"section", section(at)}, {"topic", kTexts[at].name}});
      ids[at].push_back(finding.id);
    }
    if (touched.empty()) continue;
    if (!finding.detail.is_object()) finding.detail = Json::object();
    finding.detail["policy"] = touched;
  }
  const bool people = IsAboutPeople(*result);
  Json topics = Json::array();
  for (size_t at = 0; at < kTopics; ++at) {
    const auto count = ids[at].size();
    if (ids[at].size() > kMostIds) ids[at].resize(kMostIds);
    const Answer answer = AnswerOf(static_cast<Topic>(at), recipe, people);
    topics.push_back({{"topic", kTexts[at].name},
                      {"section", section(at)},
                      {"asks", gdpr ? kTexts[at].asks_gdpr : kTexts[at].asks_ccpa},
                      {"state", count > 0 ? "open" : answer.state},
                      {"findings", count},
                      {"ids", ids[at]},
                      {"remark", answer.remark}});
  }
  result->policy = {{"name", name},
                    {"title", gdpr ? "General Data Protection Regulation, (EU) 2016/679"
                                   : "California Consumer Privacy Act, Civil Code 1798.100 ff."},
                    {"notice", kNoLegalAdvice},
                    {"topics", topics}};
}

}  // namespace bottega
