#include "data/io/encoding.h"

#include <arrow/util/utf8.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "data/io/hint.h"

namespace bottega {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr int64_t kMostLines = 100;  // that get an issue of their own

// Length of the valid UTF-8 sequence at the start of `bytes`, 0 if there is none.
size_t SequenceLength(std::string_view bytes) {
  const auto lead = static_cast<unsigned char>(bytes[0]);
  if (lead < 0x80) return 1;
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (length == 0 || bytes.size() < length) return 0;
  return FirstInvalidUtf8(bytes.substr(0, length)) < 0 ? length : 0;
}

// Of the non-ASCII sequences in `bytes`, how many are UTF-8 and how many bytes are not.
std::pair<int64_t, int64_t> CountUtf8(std::string_view bytes) {
  int64_t valid = 0;
  int64_t invalid = 0;
  for (size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const size_t length = SequenceLength(bytes.substr(at));
    ++(length > 0 ? valid : invalid);
    at += std::max<size_t>(length, 1);
  }
  return {valid, invalid};
}

void AddIssue(const std::string& file, int64_t line, bool nul, std::vector<ReadIssue>* issues) {
  issues->push_back({.kind = nul ? "nul_bytes" : "invalid_utf8",
                     .place = {.file = file, .line = line},
                     .message = nul ? "NUL bytes were read as spaces"
                                    : "bytes that are not UTF-8 were read as \xEF\xBF\xBD"});
}

// ICU's callback for bytes that are no text; `count` is an int64_t.
void CountAndReplace(const void* count, UConverterToUnicodeArgs* args, const char* bytes,
                     int32_t length, UConverterCallbackReason reason, UErrorCode* status) {
  if (reason <= UCNV_IRREGULAR) ++*static_cast<int64_t*>(const_cast<void*>(count));
  UCNV_TO_U_CALLBACK_SUBSTITUTE(nullptr, args, bytes, length, reason, status);
}

void NoteReplaced(std::string_view text, const std::string& encoding, const std::string& file,
                  std::vector<ReadIssue>* issues) {
  int64_t line = 1;
  int64_t lines = 0;
  size_t seen = 0;
  for (size_t at = text.find(kReplacement); at != text.npos && lines < kMostLines; ++lines) {
    line += std::count(text.begin() + static_cast<ptrdiff_t>(seen),
                       text.begin() + static_cast<ptrdiff_t>(at), '\n');
    issues->push_back({.kind = "invalid_utf8",
                       .place = {.file = file, .line = line},
                       .message = "bytes that are not " + encoding + " were read as \xEF\xBF\xBD"});
    seen = std::min(text.find('\n', at), text.size());
    at = text.find(kReplacement, seen);
  }
}

}  // namespace

std::string DetectEncoding(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return "utf-8-bom";
  if (bytes.starts_with(std::string_view("\xFF\xFE\0\0", 4))) return "utf-32-le";
  if (bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4))) return "utf-32-be";
  if (bytes.starts_with("\xFF\xFE")) return "utf-16-le";
  if (bytes.starts_with("\xFE\xFF")) return "utf-16-be";
  const std::string_view head = bytes.substr(0, 4096);
  int64_t zeros[2] = {0, 0};
  for (size_t i = 0; i < head.size(); ++i) zeros[i % 2] += head[i] == 0;
  const auto half = static_cast<int64_t>(head.size()) / 2;
  if (head.size() >= 8 && zeros[1] > half * 7 / 10 && zeros[0] * 10 < half) return "utf-16-le";
  if (head.size() >= 8 && zeros[0] > half * 7 / 10 && zeros[1] * 10 < half) return "utf-16-be";
  if (IsCleanUtf8(bytes)) return "utf-8";
  const auto [valid, invalid] = CountUtf8(bytes);
  return invalid > valid ? "windows-1252" : "utf-8";
}

std::string ToUtf8(std::string_view bytes, const std::string& encoding, const std::string& file,
                   std::vector<ReadIssue>* issues) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* from = ucnv_open(encoding.c_str(), &status);
  if (U_FAILURE(status)) {
    throw Error(ErrorKind::kRecipe, "'" + encoding + "' is no known character encoding",
                {.file = file},
                "name one that is, as in " + ReadWith("encoding=windows-1252", file));
  }
  UConverter* to = ucnv_open("UTF-8", &status);
  int64_t replaced = 0;
  ucnv_setToUCallBack(from, CountAndReplace, &replaced, nullptr, nullptr, &status);
  std::string text(bytes.size() + bytes.size() / 4 + 16, '\0');
  const char* source = bytes.data();
  const char* const source_end = bytes.data() + bytes.size();
  size_t used = 0;
  UChar pivot[4096];
  UChar* pivot_source = pivot;
  UChar* pivot_target = pivot;
  bool reset = true;
  while (true) {
    char* target = text.data() + used;
    status = U_ZERO_ERROR;
    ucnv_convertEx(to, from, &target, text.data() + text.size(), &source, source_end, pivot,
                   &pivot_source, &pivot_target, pivot + std::size(pivot), reset, true, &status);
    reset = false;
    used = static_cast<size_t>(target - text.data());
    if (status != U_BUFFER_OVERFLOW_ERROR) break;
    text.resize(text.size() * 2);
  }
  ucnv_close(from);
  ucnv_close(to);
  if (U_FAILURE(status)) {
    throw Error(
        ErrorKind::kData, "the text cannot be read as " + encoding, {.file = file},
        "name another, as in " +
            ReadWith(encoding == "utf-8" ? "encoding=windows-1252" : "encoding=utf-8", file));
  }
  text.resize(used);
  if (replaced > 0) NoteReplaced(text, encoding, file, issues);
  return text;
}

bool IsCleanUtf8(std::string_view bytes) {
  if (std::memchr(bytes.data(), 0, bytes.size()) != nullptr) return false;
  arrow::util::InitializeUTF8();
  return arrow::util::ValidateUTF8(reinterpret_cast<const uint8_t*>(bytes.data()),
                                   static_cast<int64_t>(bytes.size()));
}

std::string RepairUtf8(std::string_view bytes, const std::string& file,
                       std::vector<ReadIssue>* issues) {
  std::string text;
  text.reserve(bytes.size());
  int64_t line = 1;
  int64_t lines = 0;
  int64_t noted[2] = {0, 0};  // last line noted for each kind
  for (size_t at = 0; at < bytes.size();) {
    const char c = bytes[at];
    const size_t length = c == 0 ? 0 : SequenceLength(bytes.substr(at));
    line += c == '\n';
    if (length > 0) {
      text.append(bytes.substr(at, length));
    } else {
      if (noted[c == 0] != line) {
        noted[c == 0] = line;
        if (++lines <= kMostLines) AddIssue(file, line, c == 0, issues);
      }
      text.append(c == 0 ? std::string_view(" ") : kReplacement);
    }
    at += std::max<size_t>(length, 1);
  }
  if (lines > kMostLines) {
    issues->push_back({.kind = "invalid_utf8",
                       .place = {.file = file},
                       .message = FormatCount(lines - kMostLines) + " more lines hold such bytes"});
  }
  return text;
}

}  // namespace bottega
