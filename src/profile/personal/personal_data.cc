#include "profile/personal/personal_data.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "profile/personal/scan.h"

namespace bottega {

namespace {

struct KindText {
  std::string_view name, words;
};

constexpr std::array<KindText, kPersonalKinds> kKinds = {{
    {"card_number", "card numbers"},
    {"iban", "bank accounts (IBAN)"},
    {"national_id", "national identifiers"},
    {"email", "e-mail addresses"},
    {"phone", "phone numbers"},
    {"ip_address", "IP addresses"},
    {"mac_address", "MAC addresses"},
    {"coordinates", "coordinates"},
    {"secret", "keys or passwords"},
    {"birth_date", "dates of birth"},
    {"vehicle_plate", "vehicle plates"},
    {"person_name", "names of persons"},
    {"postal_address", "postal addresses"},
}};

void FindAt(Scan& scan, size_t at) {
  const auto& tokens = scan.tokens();
  const Token& token = tokens[at];
  const bool touches = at > 0 && tokens[at - 1].end == token.begin;
  const bool mixed = at + 1 < tokens.size() && tokens[at + 1].begin == token.end;
  if (token.number) {
    if (touches) return;
    FindNumbers(scan, at);
    FindNetwork(scan, at);
    FindCoordinates(scan, at);
    FindAddress(scan, at);
    if (mixed) FindSecret(scan, at);
    return;
  }
  if (mixed && !touches) {
    FindIban(scan, at);
    FindNumbers(scan, at);
    if (token.length() >= 6) FindCodiceFiscale(scan, at);
  } else if (token.upper && token.length() <= 3 && !touches) {
    const char joint = scan.Between(at);
    if ((joint == ' ' || joint == '-') && (tokens[at + 1].number || tokens[at + 1].upper)) {
      FindNumbers(scan, at);
    }
  }
  if (!touches) FindNetwork(scan, at);
  if (!touches) FindSecret(scan, at);
  if (token.Has(kSaysBirth)) FindBirthDate(scan, at);
  if (token.Has(kSaysPlace)) FindCoordinates(scan, at);
  if (token.capital || at == 0) FindPerson(scan, at);
}

// Of two overlapping spans: the whole before its part, the surer, the longer.
bool IsBetter(const PersonalSpan& a, const PersonalSpan& b) {
  const size_t length_a = a.end - a.begin, length_b = b.end - b.begin;
  const bool contains = a.begin <= b.begin && a.end >= b.end && length_a > length_b;
  const bool contained = b.begin <= a.begin && b.end >= a.end && length_b > length_a;
  if (contains && a.confidence >= 0.7F) return true;
  if (contained && b.confidence >= 0.7F) return false;
  if (a.confidence != b.confidence) return a.confidence > b.confidence;
  return length_a > length_b;
}

std::vector<PersonalSpan> WithoutOverlaps(std::vector<PersonalSpan> spans) {
  std::ranges::stable_sort(spans, {}, &PersonalSpan::begin);
  std::vector<PersonalSpan> kept;
  for (const PersonalSpan& span : spans) {
    bool take = true;
    while (take && !kept.empty() && kept.back().end > span.begin) {
      take = IsBetter(span, kept.back());
      if (take) kept.pop_back();
    }
    if (take) kept.push_back(span);
  }
  return kept;
}

// Long texts are read in pieces that stay in the processor's cache, cut at ends of lines or words
// and never inside of a private key.
constexpr size_t kPiece = size_t{1} << 18, kMostKey = size_t{1} << 14;

size_t PieceEnd(std::string_view text, size_t begin) {
  if (text.size() - begin <= kPiece) return text.size();
  const std::string_view piece = text.substr(begin, kPiece);
  size_t end = piece.find_last_of('\n');
  if (end == std::string_view::npos || end < kPiece / 2) end = piece.find_last_of(' ');
  if (end == std::string_view::npos || end < kPiece / 2) end = kPiece;
  const size_t key = piece.substr(0, end).rfind("-----BEGIN ");
  if (key != std::string_view::npos && end - key < kMostKey && key > 0 &&
      piece.substr(key, end - key).find("-----END ") == std::string_view::npos) {
    end = key;
  }
  return begin + end;
}

}  // namespace

std::string_view PersonalKindName(PersonalKind kind) {
  return kKinds[static_cast<size_t>(kind)].name;
}

std::string_view PersonalKindWords(PersonalKind kind) {
  return kKinds[static_cast<size_t>(kind)].words;
}

PersonalScanner::PersonalScanner(const PersonalOptions& options) : least_(options.least) {
  if (options.column.empty()) return;
  const Says says = ColumnSays(options.column);
  says_ = says.flags;
  country_ = says.country;
}

std::vector<PersonalSpan> PersonalScanner::Find(std::string_view text) const {
  std::vector<PersonalSpan> found;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = PieceEnd(text, begin);
    Scan scan(text.substr(begin, end - begin), {says_, country_}, least_);
    for (size_t at = 0; at < scan.tokens().size(); ++at) FindAt(scan, at);
    if (scan.column().Has(kSaysBirth)) FindColumnBirthDate(scan);
    FindEmails(scan);
    for (PersonalSpan& span : WithoutOverlaps(std::move(scan.spans()))) {
      span.begin += begin;
      span.end += begin;
      found.push_back(span);
    }
    begin = end;
  }
  return found;
}

std::vector<PersonalSpan> FindPersonalData(std::string_view text, const PersonalOptions& options) {
  return PersonalScanner(options).Find(text);
}

}  // namespace bottega
