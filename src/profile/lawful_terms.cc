#include "profile/lawful_terms.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "data/infer/dates.h"

namespace bottega {

namespace {

constexpr int64_t kMicrosecondsOfDay = 86'400'000'000;

const std::vector<std::string>& Bases() {
  static const std::vector<std::string> bases = {"consent",          "contract",
                                                 "legal_obligation", "vital_interests",
                                                 "public_task",      "legitimate_interests"};
  return bases;
}

const std::vector<std::string>& PeopleKeys() {
  static const std::vector<std::string> keys = {"consent",   "withdrawn", "purposes",
                                                "retention", "collected", "source"};
  return keys;
}

[[noreturn]] void Unknown(const std::string& where, const std::string& word,
                          const std::vector<std::string>& known) {
  const std::vector<std::string> near = NearestNames(word, known, 1);
  throw Error(ErrorKind::kRecipe, where + ": there is no '" + word + "'", {},
              near.empty() ? "name one of " + Join(known, ", ") : "did you mean " + near[0] + "?");
}

const Json& Member(const Json& object, const char* key) {
  static const Json none;
  return object.is_object() && object.contains(key) ? object.at(key) : none;
}

std::string Text(const Json& value) { return value.is_string() ? value.get<std::string>() : ""; }

std::optional<std::set<std::string>> Purposes(const Json& value) {
  if (value.is_string()) return ParsePurposes(value.get<std::string>());
  if (!value.is_array()) return std::nullopt;
  std::set<std::string> purposes;
  for (const Json& purpose : value) purposes.merge(ParsePurposes(Text(purpose)));
  return purposes;
}

LawfulTerms TermsOf(const Json& object, const std::string& where) {
  LawfulTerms terms{.basis = Text(Member(object, "legal_basis")),
                    .purposes = Purposes(Member(object, "purposes"))};
  if (!terms.basis.empty() && std::ranges::find(Bases(), terms.basis) == Bases().end()) {
    Unknown(where + ".legal_basis", terms.basis, Bases());
  }
  if (const std::string text = Text(Member(object, "retention")); !text.empty()) {
    terms.retention = ParseRetention(text);
  }
  return terms;
}

LawfulTerms SourceTerms(const std::string& name, const Json& object, const LawfulTerms& whole) {
  static const std::vector<std::string> kKeys = {"legal_basis", "purposes", "retention", "licence"};
  const std::string where = "data.sources." + name;
  if (!object.is_object()) {
    throw Error(ErrorKind::kRecipe, where + " is no mapping", {},
                "say what holds for it, as in {legal_basis: contract, retention: 2028-12-31}");
  }
  for (const auto& [key, value] : object.items()) {
    if (std::ranges::find(kKeys, key) == kKeys.end()) Unknown(where, key, kKeys);
  }
  LawfulTerms terms = TermsOf(object, where);
  if (const std::string text = Text(Member(object, "retention"));
      !text.empty() && !terms.retention) {
    throw Error(ErrorKind::kRecipe, where + ".retention: '" + text + "' is no date and no period",
                {}, "write a day (2028-12-31) or a time after collection (3 years)");
  }
  if (terms.basis.empty()) terms.basis = whole.basis;
  if (!terms.purposes) terms.purposes = whole.purposes;
  if (!terms.retention) terms.retention = whole.retention;
  return terms;
}

}  // namespace

std::optional<int64_t> ParseDay(std::string_view text) {
  for (const std::string& format : DateFormats()) {
    if (const auto time = ParseDate(text, format)) {
      return static_cast<int64_t>(
          std::floor(static_cast<double>(*time) / static_cast<double>(kMicrosecondsOfDay)));
    }
  }
  return std::nullopt;
}

std::optional<Retention> ParseRetention(std::string_view text) {
  text = Trim(text);
  if (text.starts_with("P") && text.size() > 2) text.remove_prefix(1);
  const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0 || digits > 4 || digits == text.size()) {
    const auto day = ParseDay(text);
    return day ? std::optional(Retention{.until = day}) : std::nullopt;
  }
  const int number = static_cast<int>(*ParseInteger(text.substr(0, digits)));
  const std::string unit = LowerAscii(Trim(text.substr(digits)));
  if (unit == "d" || unit == "day" || unit == "days") return Retention{.days = number};
  if (unit == "w" || unit == "week" || unit == "weeks") return Retention{.days = 7 * number};
  if (unit == "m" || unit == "month" || unit == "months") return Retention{.months = number};
  if (unit == "y" || unit == "year" || unit == "years") return Retention{.months = 12 * number};
  const auto day = ParseDay(text);
  return day ? std::optional(Retention{.until = day}) : std::nullopt;
}

std::set<std::string> ParsePurposes(std::string_view text) {
  std::set<std::string> purposes;
  std::string rest(text);
  for (char& c : rest) {
    if (c == ',' || c == '|') c = ';';
  }
  for (const std::string& part : Split(rest, ';')) {
    if (!Trim(part).empty()) purposes.insert(LowerAscii(Trim(part)));
  }
  return purposes;
}

LawfulRecipe ReadLawfulRecipe(const Json& recipe) {
  const Json& data = Member(recipe, "data");
  LawfulRecipe read{.whole = TermsOf(data, "data")};
  const std::string ground = LowerAscii(Trim(Text(Member(data, "consent"))));
  if (read.whole.basis.empty() && std::ranges::find(Bases(), ground) != Bases().end()) {
    read.whole.basis = ground;
  }
  const std::string retention = Text(Member(data, "retention"));
  if (!retention.empty() && !read.whole.retention) read.unread_retention = retention;
  if (const Json& people = Member(data, "people"); people.is_object()) {
    for (const auto& [what, column] : people.items()) {
      if (std::ranges::find(PeopleKeys(), what) == PeopleKeys().end()) {
        Unknown("data.people", what, PeopleKeys());
      }
      read.people[what] = Text(column);
    }
  }
  if (const Json& sources = Member(data, "sources"); sources.is_object()) {
    for (const auto& [name, terms] : sources.items()) {
      read.sources[name] = SourceTerms(name, terms, read.whole);
    }
  }
  read.use = Purposes(Member(Member(recipe, "use"), "purposes")).value_or(std::set<std::string>());
  return read;
}

}  // namespace bottega
