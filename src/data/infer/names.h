// What a column's name says, in several languages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bottega {

// "marital-status", "maritalStatus" and "Marital Status" -> {"marital", "status"} (ASCII lower
// case; other letters unchanged).
std::vector<std::string> NameWords(std::string_view name);

// Whether one of `words` is among the name's words or is all of them joined.
bool NameHas(std::string_view name, const std::vector<std::string_view>& words);
// Whether one of `words` is the whole name, joined.
bool NameIs(std::string_view name, const std::vector<std::string_view>& words);

bool IsIdentifierName(std::string_view name);  // PassengerId, uuid, key, Kundennummer ...
// The same, by its words alone: customerid is none then, but neither is "amount paid".
bool HasIdentifierWord(std::string_view name);
bool IsPersonName(std::string_view name);   // name, surname, email, phone, address ...
bool IsCodeName(std::string_view name);     // zip, postcode, PLZ: numbers that are no quantities
bool IsGroupName(std::string_view name);    // patient, household, session, group ...
bool IsTimeName(std::string_view name);     // date, timestamp, created ...; not birth dates
bool IsWeightName(std::string_view name);   // sample_weight, fnlwgt ...; not body weight
bool IsPartName(std::string_view name);     // split, part, subset, fold
bool IsOrdinalName(std::string_view name);  // quality, score, rating, grade ...
// 0: no target's name; larger: more surely one (target, label, class, survived, income ...).
int TargetNameRank(std::string_view name);

}  // namespace bottega
