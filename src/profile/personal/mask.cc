#include "base/text.h"
#include "profile/personal/personal_data.h"

namespace bottega {

namespace {

bool IsAlnum(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Bytes of the UTF-8 character at `at`.
size_t CharacterLength(std::string_view text, size_t at) {
  size_t length = 1;
  while (at + length < text.size() &&
         (static_cast<unsigned char>(text[at + length]) & 0xC0) == 0x80) {
    ++length;
  }
  return length;
}

// Letters and digits become "*", but for the last `shown`.
std::string MaskDigits(std::string_view value, size_t shown) {
  std::string out(value);
  size_t left = shown;
  for (size_t i = out.size(); i-- > 0;) {
    if (!IsAlnum(out[i])) continue;
    if (left > 0) {
      --left;
    } else {
      out[i] = '*';
    }
  }
  return out;
}

// The first letter of each word, digits as "*".
std::string MaskWords(std::string_view value) {
  std::string out;
  for (size_t i = 0; i < value.size();) {
    if (!IsAlnum(value[i])) {
      out += value[i++];
      continue;
    }
    const size_t length = CharacterLength(value, i);
    if (!IsDigit(value[i])) out += value.substr(i, length);
    out += "***";
    while (i < value.size() && IsAlnum(value[i])) ++i;
  }
  return out;
}

}  // namespace

std::string MaskPersonal(std::string_view value, PersonalKind kind) {
  switch (kind) {
    case PersonalKind::kEmail: {
      const size_t at = value.find('@'), dot = value.rfind('.');
      if (at == std::string_view::npos || dot == std::string_view::npos || dot < at) break;
      return std::string(value.substr(0, CharacterLength(value, 0))) + "***@" +
             std::string(value.substr(at + 1, CharacterLength(value, at + 1))) + "***" +
             std::string(value.substr(dot));
    }
    case PersonalKind::kSecret:
      return std::string(value.substr(0, value.size() >= 16 ? 4 : 0)) + "***";
    case PersonalKind::kCardNumber:
    case PersonalKind::kIban:
    case PersonalKind::kNationalId:
    case PersonalKind::kPhone:
    case PersonalKind::kMacAddress:
    case PersonalKind::kVehiclePlate:
      return MaskDigits(value, value.size() >= 8 ? 2 : 0);
    case PersonalKind::kIpAddress:
    case PersonalKind::kCoordinates:
    case PersonalKind::kBirthDate:
      return MaskDigits(value, 0);
    default:
      break;
  }
  return MaskWords(value);
}

}  // namespace bottega
