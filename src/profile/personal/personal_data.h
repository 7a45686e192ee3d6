// Personal data in text: where it stands, of which kind it is, how sure that is.
//
// Numbers that carry check digits are verified with them; weaker forms (nine plain digits, a
// version number that reads like an IP address) count only beside a word that says what they are.
// The text is read once, looks around a candidate are bounded, so the time is linear in the length
// of any input. Thread-safe; the word lists are built on first use (about a millisecond).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bottega {

enum class PersonalKind : uint8_t {
  kCardNumber,
  kIban,
  kNationalId,
  kEmail,
  kPhone,
  kIpAddress,
  kMacAddress,
  kCoordinates,
  kSecret,  // keys, tokens, passwords
  kBirthDate,
  kVehiclePlate,
  kPersonName,
  kPostalAddress,
};
inline constexpr int kPersonalKinds = 13;

// "card_number", "iban", "national_id", "email", "phone", "ip_address", "mac_address",
// "coordinates", "secret", "birth_date", "vehicle_plate", "person_name", "postal_address".
std::string_view PersonalKindName(PersonalKind kind);
// In words: "card numbers", "e-mail addresses".
std::string_view PersonalKindWords(PersonalKind kind);

struct PersonalSpan {
  PersonalKind kind = PersonalKind::kEmail;
  std::string_view form;      // what exactly: "ES DNI", "Visa", "IPv6", "AWS access key"; static
  size_t begin = 0, end = 0;  // bytes of the text
  float confidence = 0;       // [0, 1]
};

struct PersonalOptions {
  // Name of the column that the text stands in: "phone_no" makes ten plain digits a phone number.
  // Empty for free text.
  std::string_view column;
  // Spans below are not returned. 0.5 suits free text; lower finds more and errs more.
  float least = 0.5F;
};

// Spans in rising order, none overlapping another; of two that overlap the surer, then the longer,
// is kept. `text` is UTF-8; other bytes do no harm.
std::vector<PersonalSpan> FindPersonalData(std::string_view text,
                                           const PersonalOptions& options = {});

// The same for many texts of one column: looks at the column's name once. Thread-safe.
class PersonalScanner {
 public:
  explicit PersonalScanner(const PersonalOptions& options = {});
  std::vector<PersonalSpan> Find(std::string_view text) const;

 private:
  uint32_t says_ = 0;  // WordFlag
  uint16_t country_ = 0;
  float least_;
};

// `value` as it may be shown: enough to recognize its form, too little to know it.
// "a***@e***.com", "***-**-**20", "AKIA***", "B*** O***".
std::string MaskPersonal(std::string_view value, PersonalKind kind);

}  // namespace bottega
