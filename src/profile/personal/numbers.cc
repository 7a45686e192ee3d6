// Cards, national identifiers, phone numbers, plates: a walk over the token groups at a place
// through a trie of all written forms, then the check digits of the forms that fit.
#include <array>
#include <string>

#include "base/text.h"
#include "profile/personal/check_digits.h"
#include "profile/personal/number_forms.h"
#include "profile/personal/scan.h"

namespace bottega {

namespace {

constexpr size_t kMostGroups = 12, kMostDigits = 19, kMostLetters = 7;

// Symbols of the trie: a group of digits or letters by its length, or a separator.
enum Symbol : size_t {
  kDigits = 0,
  kLetters = 20,
  kSpace = 28,
  kDash,
  kDot,
  kSlash,
  kClose,
  kPlus,
  kSymbols
};

size_t SeparatorSymbol(char c) {
  switch (c) {
    case ' ':
      return kSpace;
    case '-':
      return kDash;
    case '.':
      return kDot;
    case '/':
      return kSlash;
    case ')':
      return kClose;
    case '+':
      return kPlus;
    default:
      return kSymbols;
  }
}

class FormTrie {
 public:
  struct Node {
    std::array<int16_t, kSymbols> next{};
    std::vector<const NumberForm*> forms;
  };

  FormTrie() : nodes_(1) {
    for (const auto* list :
         {&NationalIdForms(), &MoreNationalIdForms(), &PhoneForms(), &CardForms(), &PlateForms()}) {
      for (const NumberForm& form : *list) Insert(form, 0, 0);
    }
  }
  const Node& at(int node) const { return nodes_[static_cast<size_t>(node)]; }

 private:
  int Step(int node, size_t symbol) {
    const int16_t next = nodes_[static_cast<size_t>(node)].next[symbol];
    if (next != 0) return next;
    nodes_.emplace_back();
    const auto made = static_cast<int16_t>(nodes_.size() - 1);
    nodes_[static_cast<size_t>(node)].next[symbol] = made;
    return made;
  }

  void Insert(const NumberForm& form, size_t at, int node) {
    const std::string_view pattern = form.pattern;
    while (at < pattern.size()) {
      const char c = pattern[at];
      if (c == '~') {
        for (const size_t separator : {kSpace, kDash, kDot}) {
          Insert(form, at + 1, Step(node, separator));
        }
        return;
      }
      size_t run = 1;
      if (c == 'd' || c == 'a') {
        while (at + run < pattern.size() && pattern[at + run] == c) ++run;
      }
      const size_t symbol = c == 'd'   ? kDigits + run
                            : c == 'a' ? kLetters + run
                                       : SeparatorSymbol(c);
      node = Step(node, symbol);
      at += run;
    }
    nodes_[static_cast<size_t>(node)].forms.push_back(&form);
  }

  std::vector<Node> nodes_;
};

const FormTrie& Forms() {
  static const FormTrie trie;
  return trie;
}

bool Announces(const Says& says, PersonalKind kind, std::string_view name) {
  switch (kind) {
    case PersonalKind::kPhone:
      return says.Has(kSaysPhone);
    case PersonalKind::kCardNumber:
      return says.Has(kSaysCard);
    case PersonalKind::kVehiclePlate:
      return says.Has(kSaysPlate);
    default:
      return says.Has(kSaysId) &&
             (says.country == 0 || says.country == CountryCode(name.substr(0, 2).data()));
  }
}

double ConfidenceOf(const NumberForm& form, const Says& says) {
  if (Announces(says, form.kind, form.name)) return form.announced;
  if (!says.Has(kSaysAny)) return form.alone;
  // A word near it says that it is something else.
  const bool checked = form.alone >= 0.9;
  return checked ? form.alone - 0.1 : form.alone - 0.35;
}

// Letters and digits without separators, in capitals.
struct Bare {
  static constexpr size_t kMost = 22;
  char chars[kMost + 1] = {};
  size_t size = 0;

  operator std::string_view() const { return {chars, size}; }
  // False when the token is no ASCII text or too long.
  bool Append(std::string_view token) {
    if (size + token.size() > kMost) return false;
    for (const char c : token) {
      if (static_cast<unsigned char>(c) >= 0x80) return false;
      chars[size++] = Upper(c);
    }
    return true;
  }
  static char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
};

struct Walk {
  Scan& scan;
  size_t first = 0;
  size_t begin = 0;   // of the text, with "+" or "("
  bool plus = false;  // "+" stands before
  Bare bare;
  bool digits_only = true;
  int node = 0;
  bool in_trie = true;
  int joints = 0, dots = 0;
  Says says;
  bool said = false;

  const Says& SaysOf(size_t last) {
    if (!said) says = scan.Nearby(first, last);
    said = true;
    return says;
  }
};

void TryForms(Walk& walk, size_t end, size_t last) {
  const std::vector<const NumberForm*>& forms = Forms().at(walk.node).forms;
  if (forms.empty() || walk.plus || !walk.scan.StandsAlone(walk.begin, end)) return;
  for (const NumberForm* form : forms) {
    if (!form->holds(walk.bare)) continue;
    const std::string_view name =
        form->kind == PersonalKind::kCardNumber ? CardIssuer(walk.bare) : form->name;
    walk.scan.Add(form->kind, name, walk.begin, end, ConfidenceOf(*form, walk.SaysOf(last)));
  }
}

// "00", a country's code, a number of that country without its trunk zero.
bool IsForeign(std::string_view number) {
  if (!number.starts_with("00") || number.size() <= 9) return false;
  const int code = CallingCodeLength(number.substr(2));
  return code > 0 && number[2 + static_cast<size_t>(code)] != '0';
}

// Seven to fifteen digits in groups, after a word for a phone, "+" or "00".
void TryAnyPhone(Walk& walk, size_t end, size_t last) {
  constexpr PersonalKind kPhone = PersonalKind::kPhone;
  const std::string_view number = walk.bare;
  const size_t digits = number.size();
  if (digits < 7 || digits > 15 || !walk.scan.StandsAlone(walk.begin, end)) return;
  if (walk.plus) {
    const int code = CallingCodeLength(number);
    const bool decimal = walk.dots == 1 && walk.joints == 1;
    if (code == 0 || digits < 8 || decimal) return;
    if (walk.scan.tokens()[walk.first].length() < static_cast<size_t>(code)) return;
    walk.scan.Add(kPhone, "international phone", walk.begin, end, 0.93);
  } else if (IsForeign(number)) {
    const double sure = walk.SaysOf(last).Has(kSaysPhone) ? 0.93 : walk.joints > 1 ? 0.7 : 0.5;
    walk.scan.Add(kPhone, "international phone", walk.begin, end, sure);
  } else if (digits <= 12 && walk.dots != 1 && walk.SaysOf(last).Has(kSaysPhone)) {
    walk.scan.Add(kPhone, "phone", walk.begin, end, 0.8);
  }
}

// The sign between token i and the next as forms know it; '?' ends a number.
char JointAfter(const Scan& scan, size_t i) {
  const std::vector<Token>& tokens = scan.tokens();
  if (i + 1 >= tokens.size()) return '?';
  const char joint = scan.Between(i);
  if (joint == ',' || joint == ':') return '?';
  if (joint != '?') return joint;
  const std::string_view gap =
      scan.text().substr(tokens[i].end, tokens[i + 1].begin - tokens[i].end);
  if (gap == "+") return '+';
  if (gap == " / ") return '/';
  return gap == " (" || gap == "-(" || gap == "(" ? ' ' : '?';  // +44 (0)20
}

// Takes up token i; false when no form goes on that way.
bool TakeToken(Walk& walk, size_t i) {
  const Token& token = walk.scan.tokens()[i];
  const size_t most = token.number ? kMostDigits : kMostLetters;
  if (token.length() > most || !walk.bare.Append(walk.scan.TextOf(token))) return false;
  walk.digits_only = walk.digits_only && token.number;
  const size_t symbol = (token.number ? kDigits : kLetters) + token.length();
  if (walk.in_trie) walk.node = Forms().at(walk.node).next[symbol];
  walk.in_trie = walk.in_trie && walk.node != 0;
  return walk.in_trie || (walk.digits_only && walk.bare.size <= 15);
}

bool TakeJoint(Walk& walk, char joint) {
  if (joint == '?') return false;
  if (joint == '\0') return walk.in_trie;
  ++walk.joints;
  walk.dots += joint == '.';
  if (walk.in_trie) walk.node = Forms().at(walk.node).next[SeparatorSymbol(joint)];
  walk.in_trie = walk.in_trie && walk.node != 0;
  return walk.in_trie || walk.digits_only;
}

}  // namespace

void FindNumbers(Scan& scan, size_t at) {
  const std::vector<Token>& tokens = scan.tokens();
  Walk walk{.scan = scan, .first = at, .begin = tokens[at].begin};
  const char before = scan.Before(walk.begin);
  walk.plus = before == '+';
  if (walk.plus || before == '(') --walk.begin;
  for (size_t i = at; i < tokens.size() && i - at < kMostGroups; ++i) {
    if (!TakeToken(walk, i)) return;
    const bool inside = before == '(' && i == at;  // the ")" is still to come
    if (walk.in_trie && !inside) TryForms(walk, tokens[i].end, i);
    if (walk.digits_only && !inside) TryAnyPhone(walk, tokens[i].end, i);
    if (!TakeJoint(walk, JointAfter(scan, i))) return;
  }
}

// Sixteen letters and digits in a row, whatever stands for a digit.
void FindCodiceFiscale(Scan& scan, size_t at) {
  const size_t begin = scan.tokens()[at].begin;
  Bare bare;
  for (size_t i = begin; i < begin + 16; ++i) {
    const char c = Bare::Upper(scan.At(i));
    if (!IsDigit(c) && (c < 'A' || c > 'Z')) return;
    bare.chars[bare.size++] = c;
  }
  if (!scan.StandsAlone(begin, begin + 16) || !IsCodiceFiscale(bare)) return;
  scan.Add(PersonalKind::kNationalId, "IT codice fiscale", begin, begin + 16, 0.99);
}

void FindIban(Scan& scan, size_t at) {
  const Token& country = scan.tokens()[at];
  if (country.length() != 2 || at + 1 >= scan.tokens().size()) return;
  const Token& check = scan.tokens()[at + 1];
  if (!check.number || check.begin != country.end || check.length() < 2) return;
  std::string bare;
  for (const char c : scan.TextOf(country)) bare += Bare::Upper(c);
  const auto length = static_cast<size_t>(IbanLength(bare));
  if (length == 0) return;
  size_t end = country.end;
  for (; end < scan.text().size() && bare.size() < length; ++end) {
    const char c = scan.text()[end];
    if (c == ' ' || c == '-') {
      const char next = scan.At(end + 1);
      if (next == ' ' || next == '-') return;
      continue;
    }
    const char upper = Bare::Upper(c);
    if (!IsDigit(upper) && (upper < 'A' || upper > 'Z')) return;
    bare += upper;
  }
  if (bare.size() != length || !scan.StandsAlone(country.begin, end) || !IbanHolds(bare)) return;
  scan.Add(PersonalKind::kIban, "IBAN", country.begin, end, 0.99);
}

}  // namespace bottega
