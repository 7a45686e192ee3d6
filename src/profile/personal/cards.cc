#include "profile/personal/check_digits.h"
#include "profile/personal/number_forms.h"

namespace bottega {

namespace {

// Luhn and an issuer's range; a number of one or two digits over and over is an example.
bool Card(std::string_view n) {
  return LuhnHolds(n) && !CardIssuer(n).empty() &&
         n.find_first_not_of(n.substr(0, 1)) != std::string_view::npos &&
         n.find("00000000") == std::string_view::npos;
}

bool Any(std::string_view) { return true; }

bool UkPlate(std::string_view n) { return n[2] != '0' || n[3] != '0'; }

}  // namespace

const std::vector<NumberForm>& CardForms() {
  constexpr PersonalKind kCard = PersonalKind::kCardNumber;
  static const std::vector<NumberForm> forms = {
      {kCard, "dddd~dddd~dddd~dddd", Card, "payment card", 0.97, 0.99},
      {kCard, "dddddddddddddddd", Card, "payment card", 0.75, 0.98},
      {kCard, "dddd~dddddd~ddddd", Card, "payment card", 0.97, 0.99},
      {kCard, "ddddddddddddddd", Card, "payment card", 0.75, 0.98},
      {kCard, "dddd~dddddd~dddd", Card, "payment card", 0.95, 0.98},
      {kCard, "dddddddddddddd", Card, "payment card", 0.4, 0.95},
      {kCard, "ddddddddddddd", Card, "payment card", 0.2, 0.9},
      {kCard, "dddddddddddddddddd", Card, "payment card", 0.2, 0.9},
      {kCard, "ddddddddddddddddddd", Card, "payment card", 0.3, 0.95},
      {kCard, "dddd~dddd~dddd~dddd~ddd", Card, "payment card", 0.95, 0.98},
  };
  return forms;
}

// A plate has no check digit: it counts beside a word that says so, and never without.
const std::vector<NumberForm>& PlateForms() {
  constexpr PersonalKind kPlate = PersonalKind::kVehiclePlate;
  static const std::vector<NumberForm> forms = {
      {kPlate, "a-aa dddd", Any, "DE plate", 0.3, 0.9},
      {kPlate, "aa-aa ddd", Any, "DE plate", 0.3, 0.9},
      {kPlate, "aa-a ddd", Any, "DE plate", 0.3, 0.9},
      {kPlate, "aa-aa dddd", Any, "DE plate", 0.3, 0.9},
      {kPlate, "aaa-aa ddd", Any, "DE plate", 0.3, 0.9},
      {kPlate, "a-aa ddd", Any, "DE plate", 0.3, 0.9},
      {kPlate, "aaa-a ddd", Any, "DE plate", 0.3, 0.9},
      {kPlate, "aa-a dddd", Any, "DE plate", 0.3, 0.9},
      {kPlate, "a-a dddd", Any, "DE plate", 0.3, 0.9},
      {kPlate, "aaa-aa dd", Any, "DE plate", 0.3, 0.9},
      {kPlate, "aa~ddd~aa", Any, "FR or IT plate", 0.35, 0.92},
      {kPlate, "aadddaa", Any, "FR or IT plate", 0.1, 0.9},
      {kPlate, "aadd~aaa", UkPlate, "GB plate", 0.4, 0.93},
      {kPlate, "aaddaaa", UkPlate, "GB plate", 0.1, 0.92},
      {kPlate, "dddd~aaa", Any, "ES plate", 0.2, 0.92},
      {kPlate, "ddddaaa", Any, "ES plate", 0.1, 0.92},
      {kPlate, "aa-ddd-a", Any, "NL plate", 0.2, 0.9},
      {kPlate, "a-ddd-aa", Any, "NL plate", 0.2, 0.9},
      {kPlate, "dd-aa-aa", Any, "NL plate", 0.2, 0.9},
      {kPlate, "dd-aaa-d", Any, "NL plate", 0.2, 0.9},
      {kPlate, "d-aaa-dd", Any, "NL plate", 0.2, 0.9},
      {kPlate, "aa-aa-dd", Any, "NL plate", 0.2, 0.9},
      {kPlate, "aa~ddddd", Any, "PL plate", 0.1, 0.9},
      {kPlate, "aaa~dddd", Any, "PL or US plate", 0.1, 0.9},
      {kPlate, "aaa~ddd", Any, "SE or US plate", 0.1, 0.9},
      {kPlate, "aaa-dddd", Any, "BR or US plate", 0.1, 0.9},
      {kPlate, "aaadadd", Any, "BR plate", 0.2, 0.92},
      {kPlate, "daaaddd", Any, "US plate", 0.1, 0.9},
      {kPlate, "aaadddd", Any, "US plate", 0.1, 0.9},
      {kPlate, "aaaddd", Any, "SE or US plate", 0.05, 0.88},
  };
  return forms;
}

}  // namespace bottega
