// Which rows may be learned from: consent, withdrawal, retention and purpose as the recipe tells
// them, for the whole source, for each of several sources, and as columns for each person.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "data/dataset.h"

namespace bottega {

// Why rows may not be used, and which.
struct Exclusion {
  std::string kind;           // "withdrawn", "no_consent", "past_retention", "other_purpose",
                              // "unknown_source"
  std::string reason;         // a sentence for the quarantine
  std::vector<int64_t> rows;  // record numbers, rising; no row is in two exclusions
};

struct LawfulUse {
  bool declared = false;  // the recipe says something that rows can be held against
  std::vector<Exclusion> exclusions;
  std::vector<std::string> open;  // what is declared and cannot be judged, a sentence each
};

// `recipe`: the resolved recipe, of which `data` (legal_basis, consent, purposes, retention,
// sources, people) and `use.purposes` are read. `today`: days since 1970-01-01, UTC. Of several
// reasons a row has the first of: withdrawn, no_consent, past_retention, unknown_source,
// other_purpose. What cannot be read counts against use: a consent of "maybe" is none, and a row
// without a date of collection is past a retention that runs from it.
//
// Consent is asked for where data.people.consent names a column and the legal basis (of the row's
// source) is consent or not told. Errors: kRecipe for keys, columns, bases or dates that are none.
LawfulUse JudgeRows(const Dataset& data, const Json& recipe, int64_t today);

// What a consent cell says: yes ("yes", "true", 1, "granted", "ja", a date), no, or nothing that is
// understood.
std::optional<bool> ParseConsent(std::string_view cell);

// The column that seems to hold consent or its withdrawal by its name and values, with what it says
// against use; for sources whose recipe declares none.
struct ConsentColumn {
  int column = -1;
  bool withdrawal = false;  // yes means no
  int64_t against = 0;      // rows
};
std::vector<ConsentColumn> ProposeConsentColumns(const Dataset& data);

}  // namespace bottega
