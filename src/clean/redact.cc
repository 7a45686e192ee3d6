#include "clean/redact.h"

#include <arrow/array.h>
#include <arrow/table.h>

#include <cstdlib>
#include <unordered_map>

#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "data/arrow_support.h"
#include "data/values.h"
#include "profile/personal/personal_data.h"

namespace bottega {

namespace {

constexpr size_t kShortestKey = 16, kHashDigits = 32;

using Cell = std::optional<std::string>;

std::string KeyFromEnvironment() {
  if (const char* key = std::getenv("BOTTEGA_REDACT_KEY")) return key;
  if (const char* file = std::getenv("BOTTEGA_REDACT_KEY_FILE")) return ReadFile(file);
  return "";
}

class Redactor {
 public:
  Redactor(std::string what, std::string method, std::string column)
      : what_(std::move(what)), method_(std::move(method)), column_(std::move(column)) {
    if (method_ == "hash") key_ = RedactionKey();
  }

  Cell operator()(const std::string& text) {
    const auto [found, fresh] = known_.try_emplace(text);
    if (fresh) found->second = what_ == kWholeCell ? Whole(text) : Parts(text);
    return found->second;
  }

 private:
  std::string Hash(std::string_view value) const {
    return HmacSha256Hex(key_, value).substr(0, kHashDigits);
  }

  Cell Whole(const std::string& text) const {
    if (method_ == "drop") return std::nullopt;
    return method_ == "hash" ? Hash(text) : "***";
  }

  Cell Parts(const std::string& text) const {
    std::string out;
    size_t at = 0;
    for (const PersonalSpan& span : FindPersonalData(text, {.column = column_})) {
      const std::string value = text.substr(span.begin, span.end - span.begin);
      out += text.substr(at, span.begin - at);
      if (method_ == "hash") {
        out += Hash(value);
      } else if (method_ == "mask") {
        out += MaskPersonal(value, span.kind);
      }
      at = span.end;
    }
    out = std::string(Trim(out + text.substr(at)));
    return out.empty() ? Cell() : out;
  }

  std::string what_, method_, column_, key_;
  std::unordered_map<std::string, Cell> known_;
};

}  // namespace

std::string RedactionKey() {
  const std::string key(Trim(KeyFromEnvironment()));
  const std::string hint =
      "export BOTTEGA_REDACT_KEY=$(openssl rand -hex 32), and keep it: the same key gives the same "
      "hashes";
  if (key.empty()) {
    throw Error(ErrorKind::kMissing, "keyed hashes need a key, and BOTTEGA_REDACT_KEY is not set",
                {}, hint);
  }
  if (key.size() < kShortestKey) {
    throw Error(ErrorKind::kUsage,
                "the key of keyed hashes has fewer than " + std::to_string(kShortestKey) +
                    " bytes: it could be guessed",
                {}, hint);
  }
  return key;
}

void RedactColumn(int column, const std::vector<int64_t>& positions, const std::string& what,
                  const std::string& method, Dataset* data) {
  Column& about = data->columns[static_cast<size_t>(column)];
  const auto array = OneChunk(data->table->column(column));
  const bool text = array->type_id() == arrow::Type::STRING;
  Redactor redact(what, method, about.name);
  std::vector<bool> wanted(data->rows.size(), positions.empty());
  for (const int64_t position : positions) wanted[static_cast<size_t>(position)] = true;
  std::vector<Cell> cells(data->rows.size());
  for (size_t i = 0; i < cells.size(); ++i) {
    cells[i] = TextOfCell(*array, static_cast<int64_t>(i));
    if (!cells[i] || !wanted[i]) continue;
    cells[i] = text || method == "hash" ? redact(*cells[i]) : Cell();
  }
  if (what == kWholeCell && method == "drop") about.role = Role::kIgnored;
  if (!text && method != "hash") about.type = FeatureType::kCategory;
  if (method == "hash" && !text) about.type = FeatureType::kIdentifier;
  *data = WithColumn(*data, column, TextArray(cells));
}

}  // namespace bottega
