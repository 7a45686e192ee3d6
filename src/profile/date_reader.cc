#include "profile/date_reader.h"

#include <algorithm>

#include "base/text.h"
#include "data/infer/dates.h"

namespace bottega {
namespace {

constexpr size_t kLongest = 40;

// The text with every group of digits set to numbers that any date allows.
std::string Harmless(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    if (!IsDigit(text[i])) {
      out += text[i++];
      continue;
    }
    size_t end = i;
    while (end < text.size() && IsDigit(text[end])) ++end;
    const size_t n = end - i;
    out += n == 1 ? "1" : n == 2 ? "01" : n == 4 ? "2001" : std::string(n, '1');
    i = end;
  }
  return out;
}

}  // namespace

std::string_view DayPart(std::string_view format) {
  for (const std::string_view clock : {"T%H", " %H", " %I"}) {
    if (const size_t at = format.find(clock); at != format.npos) return format.substr(0, at);
  }
  return format;
}

const std::vector<const std::string*>& DateReader::Fitting(std::string_view text) {
  const std::string harmless = Harmless(text);
  const auto [at, added] = by_pattern_.try_emplace(harmless);
  if (added) {
    const auto digits = std::ranges::count_if(harmless, IsDigit);
    for (const std::string& format : DateFormats()) {
      if (digits >= 3 && ParseDate(harmless, format)) at->second.push_back(&format);
    }
  }
  return at->second;
}

std::vector<const std::string*> DateReader::Formats(std::string_view text) {
  text = Trim(text);
  if (text.size() < 6 || text.size() > kLongest) return {};
  std::vector<const std::string*> formats;
  for (const std::string* format : Fitting(text)) {
    if (ParseDate(text, *format)) formats.push_back(format);
  }
  return formats;
}

bool DateReader::IsImpossible(std::string_view text) {
  text = Trim(text);
  if (text.size() < 6 || text.size() > kLongest || Fitting(text).empty()) return false;
  return Formats(text).empty();
}

}  // namespace bottega
