// Names of persons: given names and surnames by dictionary, titles, initials, and words after which
// a name follows.
#include <algorithm>
#include <string>

#include "base/text.h"
#include "profile/personal/scan.h"

namespace bottega {

namespace {

constexpr size_t kMostWords = 6;

// Words in a row that may form one name.
struct Run {
  size_t first = 0, last = 0;  // tokens
  int given = 0, sure_given = 0, surname = 0, sure_surname = 0, initials = 0, unknown = 0,
      words = 0;
  bool common_only = true;  // every known word is an ordinary word as well
  bool comma = false;       // "Surname, Given"
  bool given_after_comma = false;
  bool given_first = false;
};

bool IsInitial(const Scan& scan, const Token& token) {
  return token.length() == 1 && token.upper && scan.At(token.end) == '.';
}

// How token `left` joins the next within a name: ' ', '-', '\'', ',' or '\0' for not.
char NameJoint(const Scan& scan, size_t left) {
  const auto& tokens = scan.tokens();
  if (left + 1 >= tokens.size()) return '\0';
  const std::string_view gap =
      scan.text().substr(tokens[left].end, tokens[left + 1].begin - tokens[left].end);
  if (gap == " " || gap == "\xC2\xA0") return ' ';
  if (gap == "-") return '-';
  if (gap == "'" || gap == "\xE2\x80\x99") return '\'';
  if (gap == ", ") return ',';
  const bool shortened = IsInitial(scan, tokens[left]) || tokens[left].Has(kTitle);
  if (shortened && (gap == ". " || gap == ".")) return ' ';
  return '\0';
}

bool IsNameWord(const Scan& scan, const Token& token) {
  if (token.number || !token.capital) return false;
  if (IsInitial(scan, token)) return true;
  if (token.Has(kGivenName | kSurname)) return true;
  return token.length() >= 2 && !token.Has(kNoName | kOrganization | kTitle | kStreetLast);
}

void Count(const Scan& scan, const Token& token, Run* run) {
  ++run->words;
  if (IsInitial(scan, token)) {
    ++run->initials;
    return;
  }
  const bool common = token.Has(kCommonWord);
  // A word that is both counts where the other is still wanting.
  const bool given = token.Has(kGivenName) && (!token.Has(kSurname) || run->given == 0);
  if (given) {
    run->given_first = run->given_first || run->words == 1;
    ++run->given;
    run->sure_given += !common;
    run->given_after_comma = run->given_after_comma || run->comma;
  } else if (token.Has(kSurname)) {
    ++run->surname;
    run->sure_surname += !common;
  } else {
    ++run->unknown;
  }
  if (given || token.Has(kSurname)) run->common_only = run->common_only && common;
}

Run ReadRun(const Scan& scan, size_t at) {
  const auto& tokens = scan.tokens();
  Run run{.first = at, .last = at};
  Count(scan, tokens[at], &run);
  for (size_t i = at; i + 1 < tokens.size() && i - at < kMostWords;) {
    const char joint = NameJoint(scan, i);
    if (joint == '\0' || (joint == ',' && (run.comma || run.words != 1 ||
                                           run.surname + run.unknown + run.given == 0))) {
      break;
    }
    size_t next = i + 1;
    if (joint == ',') {
      if (next < tokens.size() && tokens[next].Has(kTitle)) ++next;  // "Braund, Mr. Owen"
      const bool given = next < tokens.size() && tokens[next].Has(kGivenName) &&
                         tokens[next].capital && (next == i + 1 || NameJoint(scan, i + 1) == ' ');
      if (!given) break;
      run.comma = true;
    }
    size_t particles = 0;
    while (next < tokens.size() && tokens[next].Has(kParticle) && !tokens[next].number &&
           particles < 3 && !IsNameWord(scan, tokens[next]) && NameJoint(scan, next) != '\0') {
      ++next;
      ++particles;
    }
    if (next >= tokens.size() || !IsNameWord(scan, tokens[next])) break;
    Count(scan, tokens[next], &run);
    run.last = next;
    i = next;
  }
  return run;
}

// What stands before the run: a title, or a word after which a name follows.
enum class Lead { kNone, kTitle, kFollows, kLabel };

Lead LeadOf(const Scan& scan, size_t first) {
  if (first == 0) return Lead::kNone;
  const auto& tokens = scan.tokens();
  const Token& before = tokens[first - 1];
  const std::string_view gap = scan.text().substr(before.end, tokens[first].begin - before.end);
  if (before.Has(kTitle) && (gap == " " || gap == ". " || gap == ".") && before.capital) {
    return Lead::kTitle;
  }
  if (before.Has(kNameFollows) && (gap == " " || gap == ": " || gap == ", ")) return Lead::kFollows;
  if (before.Has(kSaysName) && gap.size() <= 3 && gap.find(':') != std::string_view::npos) {
    return Lead::kLabel;
  }
  return Lead::kNone;
}

bool BelongsToOrganization(const Scan& scan, const Run& run) {
  const auto& tokens = scan.tokens();
  for (size_t i = run.last + 1; i < tokens.size() && i <= run.last + 2; ++i) {
    if (NameJoint(scan, i - 1) == '\0') break;
    if (tokens[i].Has(kOrganization) && tokens[i].capital) return true;
  }
  if (run.last + 1 < tokens.size() && scan.text().substr(tokens[run.last].end, 3) == " & ") {
    return true;
  }
  return run.first > 0 && NameJoint(scan, run.first - 1) == ' ' &&
         tokens[run.first - 1].Has(kOrganization | kStreetFirst) && tokens[run.first - 1].capital;
}

double Dictionary(const Run& run) {
  const int known = run.given + run.surname;
  if (run.given > 0 && run.surname + (run.given > 1 ? run.given - 1 : 0) > 0) {
    if (run.sure_given > 0 && run.sure_surname > 0) return 0.93;
    if (run.sure_given > 0 || run.sure_surname > 0) return run.words <= 3 ? 0.78 : 0.7;
    return 0.4;
  }
  if (run.comma && run.given_after_comma) return run.sure_given > 0 ? 0.75 : 0.45;
  if (run.sure_given > 0 && run.given_first && run.unknown + run.initials > 0) {
    return run.unknown <= 2 ? 0.65 : 0.5;
  }
  if (run.initials > 0 && run.sure_surname > 0) return 0.75;
  if (run.initials > 1 && known > 0) return 0.6;
  if (run.sure_surname > 0 && run.unknown == 1) return 0.42;
  return known > 0 && !run.common_only ? 0.35 : 0.1;
}

// The word may have its capital from the sentence that it begins.
bool AfterSentence(const Scan& scan, size_t first) {
  const std::string_view gap = scan.text().substr(
      scan.tokens()[first - 1].end, scan.tokens()[first].begin - scan.tokens()[first - 1].end);
  return gap.find_first_of(".!?:;\n\"") != std::string_view::npos;
}

double ConfidenceOf(const Scan& scan, const Run& run, Lead lead) {
  double sure = Dictionary(run);
  const int known = run.given + run.surname;
  if (lead == Lead::kTitle) sure = std::max(sure, known > 0 ? 0.9 : 0.75);
  if (lead == Lead::kFollows) sure = std::max(sure, known > 0 ? 0.85 : run.words == 2 ? 0.55 : 0.3);
  if (lead == Lead::kLabel) sure = std::max(sure, known > 0 ? 0.88 : run.words == 2 ? 0.6 : 0.3);
  const Token& first = scan.tokens()[run.first];
  const bool shouted = first.upper && first.length() > 1 && scan.tokens()[run.last].upper;
  if (shouted && lead == Lead::kNone) sure -= 0.15;
  if (sure > 0.4 && sure < 0.5 && run.first > 0 && !AfterSentence(scan, run.first)) sure += 0.13;
  if (lead == Lead::kNone && BelongsToOrganization(scan, run)) sure -= 0.5;
  return sure;
}

// In a column of names every cell is one, known words or not.
void FindColumnName(Scan& scan) {
  const auto& tokens = scan.tokens();
  int known = 0;
  for (const Token& token : tokens) {
    if (token.number) return;
    known += token.Has(kGivenName | kSurname);
  }
  if (tokens.empty() || tokens.size() > 8) return;
  scan.Add(PersonalKind::kPersonName, "name", tokens.front().begin, tokens.back().end,
           known > 0 ? 0.85 : 0.45);
}

}  // namespace

void FindPerson(Scan& scan, size_t at) {
  const auto& tokens = scan.tokens();
  if (at == 0 && scan.column().Has(kSaysName)) FindColumnName(scan);
  if (!IsNameWord(scan, tokens[at])) return;
  // Only the first word of a run begins one.
  if (at > 0 && NameJoint(scan, at - 1) != '\0' && NameJoint(scan, at - 1) != ',' &&
      IsNameWord(scan, tokens[at - 1]) &&
      (tokens[at].Has(kGivenName) <= tokens[at - 1].Has(kGivenName | kSurname) ||
       IsInitial(scan, tokens[at - 1]))) {
    return;
  }
  const Lead lead = LeadOf(scan, at);
  const bool known = tokens[at].Has(kGivenName | kSurname) || IsInitial(scan, tokens[at]);
  const bool next_known = at + 1 < tokens.size() && tokens[at + 1].Has(kGivenName | kSurname);
  if (!known && !next_known && lead == Lead::kNone) return;
  const Run run = ReadRun(scan, at);
  size_t first = at;  // "Braund, Mr. Owen Harris"
  if (lead == Lead::kTitle && at >= 2 && tokens[at - 2].capital && NameJoint(scan, at - 2) == ',') {
    first = at - 2;
  }
  scan.Add(PersonalKind::kPersonName, "name", tokens[first].begin, tokens[run.last].end,
           ConfidenceOf(scan, run, lead));
}

}  // namespace bottega
