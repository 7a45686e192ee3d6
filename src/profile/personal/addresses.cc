// Postal addresses by their street words and house numbers. Each search begins at a house number.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "profile/personal/scan.h"

namespace bottega {

namespace {

bool Near(const Scan& scan, size_t left) {  // by a space, comma, point or both
  const auto& tokens = scan.tokens();
  const std::string_view gap =
      scan.text().substr(tokens[left].end, tokens[left + 1].begin - tokens[left].end);
  return gap.size() <= 3 && !gap.empty() &&
         gap.find_first_not_of(" ,.'-") == std::string_view::npos;
}

bool IsPlain(const Scan& scan, size_t left) { return scan.Between(left) == ' '; }

// Dutch, German and Swedish street names end in the word for street.
bool EndsInStreet(const Scan& scan, const Token& token) {
  constexpr std::array<std::string_view, 26> kEndings = {
      "straße",   "strasse", "str",    "weg",    "platz",  "allee",  "gasse", "damm", "ufer",
      "chaussee", "ring",    "straat", "laan",   "plein",  "gracht", "kade",  "dijk", "singel",
      "gatan",    "vägen",   "gränd",  "torget", "stigen", "steig",  "hof",   "markt"};
  const std::string word = LowerAscii(scan.TextOf(token));
  return std::ranges::any_of(kEndings, [&](std::string_view ending) {
    return word.size() >= ending.size() && word.ends_with(ending) &&
           (word.size() >= ending.size() + 3 || ending.size() >= 6);
  });
}

// Extends over ", 10115 Berlin", ", London SW1A 1AA", ", Springfield, IL 62704" and the like.
size_t WithTown(const Scan& scan, size_t last) {
  const auto& tokens = scan.tokens();
  size_t end = tokens[last].end;
  int towns = 0;
  bool code = false;
  for (size_t i = last; i + 1 < tokens.size() && i < last + 7; ++i) {
    if (!Near(scan, i)) break;
    const std::string_view gap =
        scan.text().substr(tokens[i].end, tokens[i + 1].begin - tokens[i].end);
    const bool full_stop = gap.find('.') != std::string_view::npos;
    const Token& token = tokens[i + 1];
    const bool is_code = token.number ? token.length() >= 2 && token.length() <= 6
                                      : token.upper && token.length() <= 2;
    const bool is_town =
        !token.number && token.capital && token.length() > 2 && !token.Has(kNoName | kTitle);
    if (full_stop || (!is_code && !is_town)) break;
    if (is_town && ++towns > 3) break;
    code = code || (token.number && token.length() >= 3);
    if (is_town || token.number) end = token.end;
    if (towns == 0 && !code && i > last + 2) break;
  }
  return code ? end : tokens[last].end;
}

// Whole cells of an address column may be in small letters or capitals alone.
bool MayBeName(const Scan& scan, const Token& token) {
  return token.capital || scan.column().Has(kSaysAddress);
}

// "In 2010 Main Street was closed".
bool IsYear(const Scan& scan, size_t at) {
  const Token& token = scan.tokens()[at];
  if (token.length() != 4 || at == 0) return false;
  const std::string_view century = scan.TextOf(token).substr(0, 2);
  return (century == "19" || century == "20") && scan.tokens()[at - 1].Has(kNoName);
}

// "12 Baker Street", "1600 Pennsylvania Ave NW".
void NumberFirst(Scan& scan, size_t at) {
  const auto& tokens = scan.tokens();
  size_t i = at;
  if (i + 1 < tokens.size() && scan.Between(i) == '\0' && tokens[i + 1].length() == 1) ++i;  // 12a
  for (size_t names = 0; i + 1 < tokens.size() && names < 5; ++names) {
    if (!IsPlain(scan, i) && !(names > 0 && Near(scan, i))) return;
    const Token& token = tokens[++i];
    if (names > 0 && token.Has(kStreetLast) && MayBeName(scan, token)) {
      scan.Add(PersonalKind::kPostalAddress, "street address", tokens[at].begin, WithTown(scan, i),
               0.85);
      return;
    }
    if (token.number ? token.length() > 3 : !MayBeName(scan, token)) return;
    if (!token.number && token.Has(kNoName) && token.length() > 2 && !token.upper &&
        !tokens[i].Has(kStreetLast) && scan.TextOf(token) != "North" &&
        scan.TextOf(token) != "South" && scan.TextOf(token) != "East" &&
        scan.TextOf(token) != "West") {
      return;
    }
  }
}

// "12 bis, rue de la Paix", "12, avenue Foch".
void FrenchStreet(Scan& scan, size_t at) {
  const auto& tokens = scan.tokens();
  size_t i = at;
  for (int skipped = 0; skipped < 2 && i + 1 < tokens.size() && Near(scan, i); ++skipped) {
    const Token& token = tokens[++i];
    if (token.Has(kStreetFirst)) break;
    const std::string word = LowerAscii(scan.TextOf(token));
    if (word != "bis" && word != "ter" && token.length() > 1) return;
  }
  if (i == at || !tokens[i].Has(kStreetFirst)) return;
  size_t last = i;
  for (int names = 0; names < 6 && last + 1 < tokens.size(); ++names) {
    const char joint = scan.Between(last);
    const bool apostrophe =
        tokens[last + 1].begin == tokens[last].end + 1 && scan.At(tokens[last].end) == '\'';
    if (joint != ' ' && joint != '-' && !apostrophe) break;
    const Token& token = tokens[last + 1];
    if (token.number || (!token.capital && !token.Has(kParticle) && token.length() > 3)) break;
    ++last;
  }
  while (last > i && !tokens[last].capital) --last;
  if (last == i) return;
  scan.Add(PersonalKind::kPostalAddress, "street address", tokens[at].begin, WithTown(scan, last),
           0.87);
}

// "Hauptstrasse 5", "Via Roma 12", "Calle de Alcala, 48", "ul. Marszalkowska 10".
void NumberLast(Scan& scan, size_t at) {
  const auto& tokens = scan.tokens();
  if (at == 0 || !Near(scan, at - 1)) return;
  size_t last = at;
  if (last + 1 < tokens.size() && scan.Between(last) == '\0' && tokens[last + 1].length() == 1) {
    ++last;  // 5a
  }
  const Token& before = tokens[at - 1];
  const std::string_view gap = scan.text().substr(before.end, tokens[at].begin - before.end);
  if (!before.number && before.capital && (gap == " " || gap == ". ") &&
      EndsInStreet(scan, before) && tokens[at].length() <= 4) {
    scan.Add(PersonalKind::kPostalAddress, "street address", before.begin, WithTown(scan, last),
             0.85);
    return;
  }
  bool named = false;
  for (size_t i = at; i-- > 0 && at - i <= 6;) {
    if (i + 1 < at && !Near(scan, i)) return;
    const Token& token = tokens[i];
    if (token.Has(kStreetFirst) && named) {
      const bool sure = token.capital || (i > 0 && !tokens[i - 1].number);
      scan.Add(PersonalKind::kPostalAddress, "street address", token.begin, WithTown(scan, last),
               sure ? 0.85 : 0.7);
      return;
    }
    if (token.number) return;
    const std::string word = LowerAscii(scan.TextOf(token));
    const bool numero = word == "n" || word == "no" || word == "nr" || word == "num" || word == "m";
    if (!token.capital && !token.Has(kParticle) && !numero) return;
    named = named || (token.capital && token.length() > 2);
  }
}

}  // namespace

void FindAddress(Scan& scan, size_t at) {
  const Token& token = scan.tokens()[at];
  if (token.length() > 5) return;
  const char before = scan.Before(token.begin);
  if (before != '\0' && std::string_view(" \n\t,(:\"'").find(before) == std::string_view::npos &&
      static_cast<unsigned char>(before) < 0x80) {
    return;
  }
  NumberLast(scan, at);
  if (token.length() > 4 && !scan.column().Has(kSaysAddress) && scan.At(token.begin) == '0') return;
  if (!IsYear(scan, at)) NumberFirst(scan, at);
  FrenchStreet(scan, at);
}

}  // namespace bottega
