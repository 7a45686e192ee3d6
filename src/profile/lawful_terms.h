// What the recipe's data section says about lawful use, read and checked.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/json.h"

namespace bottega {

// How long rows may be kept: until a day, or for a time after they were collected.
struct Retention {
  std::optional<int64_t> until;  // days since 1970-01-01
  int months = 0, days = 0;      // after collection
  bool FromCollection() const { return months > 0 || days > 0; }
};

struct LawfulTerms {
  std::string basis;                              // "consent", "contract", ...; empty: not told
  std::optional<std::set<std::string>> purposes;  // lower case; nullopt: not told
  std::optional<Retention> retention;
};

struct LawfulRecipe {
  LawfulTerms whole;
  std::map<std::string, LawfulTerms>
      sources;                                // by the value of people.source; with `whole` beneath
  std::map<std::string, std::string> people;  // what -> column
  std::set<std::string> use;                  // use.purposes, lower case
  std::string unread_retention;               // data.retention, where it is a sentence
};

LawfulRecipe ReadLawfulRecipe(const Json& recipe);

// "2028-12-31", "3 years", "90d", "18 months", "P3Y". nullopt for anything else.
std::optional<Retention> ParseRetention(std::string_view text);
std::optional<int64_t> ParseDay(std::string_view text);  // days since 1970-01-01

// Purposes of a cell: parts between ";", "," or "|", trimmed, lower case.
std::set<std::string> ParsePurposes(std::string_view text);

}  // namespace bottega
