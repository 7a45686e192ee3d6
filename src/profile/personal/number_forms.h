// The written forms of cards, national identifiers, phone numbers and vehicle plates.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "profile/personal/personal_data.h"

namespace bottega {

// A form: `pattern` holds 'd' for a digit and 'a' for a letter; '~' is one separator of space,
// dash, dot or no-break space; other characters stand for themselves (')' also for ") "). `holds`
// gets the bare letters and digits, letters upper-case.
struct NumberForm {
  PersonalKind kind;
  std::string_view pattern;
  bool (*holds)(std::string_view bare);
  std::string_view name;  // "ES DNI"; its first two letters are the country that a word may name
  double alone;           // confidence without a word that says what it is
  double announced;       // with one
};

// One list a file: national_ids.cc, more_national_ids.cc, phones.cc, cards.cc.
const std::vector<NumberForm>& NationalIdForms();
const std::vector<NumberForm>& MoreNationalIdForms();
const std::vector<NumberForm>& PhoneForms();
const std::vector<NumberForm>& CardForms();
const std::vector<NumberForm>& PlateForms();

// Italy's tax code, with letters for digits where two people would share one (omocodia).
bool IsCodiceFiscale(std::string_view bare);

// Country calling codes (ITU E.164): digits of the code that `digits` begins with, 0 for none.
int CallingCodeLength(std::string_view digits);

}  // namespace bottega
