#include "clean/forget/row_change.h"

#include <cctype>
#include <functional>
#include <string_view>

#include "base/text.h"

namespace bottega {

namespace {

constexpr std::string_view kRow = "row ";

// Calls `each(number, begin, end)` for the digits behind every word "row".
void EachRow(const std::string& text,
             const std::function<void(int64_t number, size_t begin, size_t end)>& each) {
  for (size_t at = text.find(kRow); at != std::string::npos; at = text.find(kRow, at + 1)) {
    if (at > 0 && std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0) continue;
    const size_t begin = at + kRow.size();
    size_t end = begin;
    while (end < text.size() && IsDigit(text[end])) ++end;
    if (const auto number = ParseInteger(text.substr(begin, end - begin))) {
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
    out += text.substr(copied, begin - copied) + std::to_string(change.Now(row));
    copied = end;
  });
  return out + text.substr(copied);
}

}  // namespace bottega
