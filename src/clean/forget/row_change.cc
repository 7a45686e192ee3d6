#include "clean/forget/row_change.h"

#include <cctype>
#include <functional>
#include <string_view>

#include "base/text.h"

namespace bottega {

namespace {

constexpr std::string_view kRow = "row ";

bool IsDigitAt(const std::string& text, size_t at) { return at < text.size() && IsDigit(text[at]); }

// Whether a comma at `at` parts thousands, as in 12,345.
bool IsThousands(const std::string& text, size_t at) {
  return text[at] == ',' && IsDigitAt(text, at + 1) && IsDigitAt(text, at + 2) &&
         IsDigitAt(text, at + 3) && !IsDigitAt(text, at + 4);
}

// Calls `each(number, begin, end)` for the digits behind every word "row".
void EachRow(const std::string& text,
             const std::function<void(int64_t number, size_t begin, size_t end)>& each) {
  for (size_t at = text.find(kRow); at != std::string::npos; at = text.find(kRow, at + 1)) {
    if (at > 0 && std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0) continue;
    const size_t begin = at + kRow.size();
    size_t end = begin;
    while (IsDigitAt(text, end) || (end > begin && IsThousands(text, end))) ++end;
    if (const auto number = ParseInteger(Replace(text.substr(begin, end - begin), ",", ""))) {
      each(*number, begin, end);
    }
  }
}

}  // namespace

bool NamesGoneRow(const std::string& text, const RowChange& change) {
  bool names = false;
  EachRow(text, [&](int64_t row, size_t, size_t) { names = names || change.Gone(row); });
  return names;
}

std::string SentenceNow(const std::string& text, const RowChange& change) {
  if (NamesGoneRow(text, change)) return "because of a row that was forgotten since";
  if (!change.cut) return text;
  std::string out;
  size_t copied = 0;
  EachRow(text, [&](int64_t row, size_t begin, size_t end) {
    const bool parted = text.substr(begin, end - begin).find(',') != std::string::npos;
    out += text.substr(copied, begin - copied) +
           (parted ? FormatCount(change.Now(row)) : std::to_string(change.Now(row)));
    copied = end;
  });
  return out + text.substr(copied);
}

}  // namespace bottega
