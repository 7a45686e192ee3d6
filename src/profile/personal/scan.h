// The one reading of a text that all recognizers share: its words and numbers, what the words tell,
// and the candidates found so far.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "profile/personal/personal_data.h"
#include "profile/personal/words.h"

namespace bottega {

// A run of letters, or of ASCII digits.
struct Token {
  uint32_t begin = 0, end = 0;
  uint32_t flags = 0;  // WordFlag of a word, of the pair that ends with it as well
  uint16_t country = 0;
  uint8_t month = 0;
  bool number = false;
  bool capital = false;  // begins with an upper-case letter
  bool upper = false;    // all letters are

  uint32_t length() const { return end - begin; }
  bool Has(uint32_t flag) const { return (flags & flag) != 0; }
};

struct Says {
  uint32_t flags = 0;  // kSays..., of the nearest word that tells something; 0 for none
  uint16_t country = 0;
  bool Has(uint32_t flag) const { return (flags & flag) != 0; }
};

class Scan {
 public:
  // `least`: candidates below that confidence are dropped.
  Scan(std::string_view text, const Says& column, float least);

  std::string_view text() const { return text_; }
  const std::vector<Token>& tokens() const { return tokens_; }
  std::string_view TextOf(const Token& token) const {
    return text_.substr(token.begin, token.length());
  }
  // The byte at `at`, '\0' outside of the text.
  char At(size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  char Before(size_t at) const { return at > 0 ? text_[at - 1] : '\0'; }

  // What the words near the tokens first..last say of them: the nearest before (within 60 bytes and
  // 9 tokens), else right after (24 bytes, 3 tokens), else the column's name.
  Says Nearby(size_t first, size_t last) const;
  const Says& column() const { return column_; }

  // The separator between two neighbouring tokens: '\0' when they touch, one of " -./,:)" (no-break
  // spaces and dashes are their plain forms, ") " is ")"), '?' for anything else.
  char Between(size_t left) const;
  // No letter, digit or joining sign stands beside the bytes begin..end.
  bool StandsAlone(size_t begin, size_t end) const;

  void Add(PersonalKind kind, std::string_view form, size_t begin, size_t end, double confidence) {
    if (confidence >= least_ && confidence > 0 && end > begin) {
      spans_.push_back({kind, form, begin, end, static_cast<float>(confidence)});
    }
  }
  std::vector<PersonalSpan>& spans() { return spans_; }

 private:
  void Tokenize();
  void AddWord(size_t begin, size_t end, uint64_t hash, bool capital, bool upper);

  std::string_view text_;
  std::vector<Token> tokens_;
  uint64_t last_hash_ = 0;
  Says column_;
  float least_;
  std::vector<PersonalSpan> spans_;
};

// Form of a name that the column's name alone makes one.
inline constexpr std::string_view kColumnName = "cell of a column of names";

// "phoneNumber" and "phone_number" -> what "phone number" says.
Says ColumnSays(std::string_view column);

// The recognizers, one file each. They look at the token `at` and add what begins there; each looks
// at a bounded number of tokens and bytes around it.
void FindNumbers(Scan& scan, size_t at);  // cards, national identifiers, phones, plates
void FindCodiceFiscale(Scan& scan, size_t at);
void FindIban(Scan& scan, size_t at);
void FindNetwork(Scan& scan, size_t at);  // IP and MAC addresses
void FindSecret(Scan& scan, size_t at);
void FindBirthDate(Scan& scan, size_t at);  // after a word for birth
void FindColumnBirthDate(Scan& scan);       // the whole text, of a column of birth dates
void FindCoordinates(Scan& scan, size_t at);
void FindAddress(Scan& scan, size_t at);
void FindPerson(Scan& scan, size_t at);
void FindEmails(Scan& scan);  // all of the text's

}  // namespace bottega
