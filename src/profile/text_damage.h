// Text that was written in one encoding and read in another, or passed through one program too
// many; and what it was before.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace bottega {

struct TextDamage {
  // "mojibake", "html_entity", "control_character", "escape", "replacement_character".
  std::string kind;
  std::optional<std::string> repaired;  // nullopt: what was lost cannot be told from the text
};

// Finds damage in texts. Not thread-safe; make one a thread (it holds ICU converters).
class DamageFinder {
 public:
  DamageFinder();
  ~DamageFinder();

  // What is wrong with `text` (UTF-8), all repairable kinds repaired in one go; nullopt: nothing.
  // Mojibake: UTF-8 read as windows-1252, Latin-1, windows-1251, windows-1250, Mac Roman or code
  // page 850, up to three times over; taken for it when the bytes in that code page are UTF-8 with
  // at least one letter beyond ASCII. Entities: named ones of HTML 4 for marks and Latin letters,
  // and numbers. Control characters: C0 but tab and line ends, C1, zero-width and direction marks,
  // a byte order mark, soft hyphens. Escapes: \u00e9 and \xe9 written out.
  std::optional<TextDamage> Find(std::string_view text) const;

 private:
  struct Converters;
  std::unique_ptr<Converters> converters_;
};

// Whether `damaged`, with U+FFFD or '?' for lost characters, can be `whole`: equal elsewhere, and
// what stands for a lost one is beyond ASCII in `whole`.
bool MatchesButLost(std::string_view damaged, std::string_view whole);

}  // namespace bottega
