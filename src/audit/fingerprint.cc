#include "audit/fingerprint.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>

#include "base/hash.h"
#include "base/text.h"

namespace bottega {
namespace {

void Append(std::string* key, std::string_view part) {
  *key += part;
  *key += '\x1f';
}

void Append(std::string* key, uint64_t number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  Append(key, std::string_view(bytes, sizeof bytes));
}

std::string WithoutDigits(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (!IsDigit(c)) out += c;
  }
  return out;
}

// Hashes of rows by their record number.
class RowContents {
 public:
  RowContents(const Dataset& data, AuditShared& shared) : data_(data), shared_(shared) {}

  // nullopt for a record that is not among the data.
  std::optional<uint64_t> Of(int64_t record) {
    const std::optional<int64_t> position = PositionOf(record);
    if (!position) return std::nullopt;
    if (columns_.empty()) FindColumns();
    uint64_t hash = 0;
    for (const CellColumn* cells : columns_) {
      hash = Xxh3(CellBytes(*cells, cells->code[static_cast<size_t>(*position)]), hash);
    }
    return hash;
  }

 private:
  void FindColumns() {
    for (const bool identifiers : {false, true}) {
      for (size_t c = 0; c < data_.columns.size(); ++c) {
        if ((data_.columns[c].type == FeatureType::kIdentifier) != identifiers) continue;
        columns_.push_back(&shared_.CellsOfColumn(static_cast<int>(c)));
      }
      if (!columns_.empty()) return;
    }
  }

  std::string_view CellBytes(const CellColumn& cells, int32_t code) {
    if (code < 0) return {};
    const auto at = static_cast<size_t>(code);
    if (!cells.is_number()) return cells.text[at];
    std::memcpy(number_, &cells.number[at], sizeof number_);
    return {number_, sizeof number_};
  }

  std::optional<int64_t> PositionOf(int64_t record) {
    const auto at = std::ranges::lower_bound(data_.rows, record);
    if (at != data_.rows.end() && *at == record) return at - data_.rows.begin();
    if (sorted_) return std::nullopt;
    const auto anywhere = std::ranges::find(data_.rows, record);
    if (anywhere == data_.rows.end()) return std::nullopt;
    return anywhere - data_.rows.begin();
  }

  const Dataset& data_;
  AuditShared& shared_;
  std::vector<const CellColumn*> columns_;
  const bool sorted_ = std::ranges::is_sorted(data_.rows);
  char number_[sizeof(double)];
};

// Texts of `detail` that say what the finding is, whatever the order in which they stand.
void AppendFacts(const Json& detail, std::string* key) {
  static const std::set<std::string> examples = {"rows",  "examples", "example",
                                                 "files", "sample",   "formula"};
  if (!detail.is_object()) return;
  for (const auto& [name, value] : detail.items()) {
    if (examples.contains(name)) continue;
    std::set<std::string> texts;
    if (value.is_string()) texts.insert(value.get<std::string>());
    for (const Json& item : value.is_array() ? value : Json::array()) {
      if (item.is_string()) texts.insert(item.get<std::string>());
    }
    for (const std::string& text : texts) Append(key, text);
  }
}

// What the rows of a finding hold; "" where one is not among the data.
std::string RowsKey(const Finding& finding, RowContents* contents) {
  std::set<uint64_t> hashes;
  const Json alone = Json::array({finding.place.row});
  const Json* rows = &alone;
  if (finding.detail.is_object() && finding.detail.contains("rows") &&
      finding.detail["rows"].is_array() && !finding.detail["rows"].empty()) {
    rows = &finding.detail["rows"];
  }
  for (const Json& row : *rows) {
    const std::optional<uint64_t> hash =
        row.is_number_integer() ? contents->Of(row.get<int64_t>()) : std::nullopt;
    if (!hash) return "";
    hashes.insert(*hash);
  }
  std::string key;
  for (const uint64_t hash : hashes) Append(&key, hash);
  return key;
}

// The finding is about many rows, and the one that it names is an example.
bool IsCounted(const Json& detail) {
  if (!detail.is_object()) return false;
  return detail.contains("count") || (detail.contains("rows") && detail["rows"].is_number());
}

std::string KeyOf(const Dataset& data, const Finding& finding, RowContents* contents) {
  std::string key;
  Append(&key, finding.check);
  const bool whole = finding.place.file == data.source.filename().string();
  Append(&key, whole ? "" : std::string_view(finding.place.file));
  Append(&key, finding.place.column);
  if (!finding.key.empty()) {
    Append(&key, finding.key);
    return key;
  }
  if (finding.place.row < 0 || IsCounted(finding.detail)) {
    AppendFacts(finding.detail, &key);
    return key;
  }
  const std::string rows = RowsKey(finding, contents);
  if (rows.empty()) AppendFacts(finding.detail, &key);
  Append(&key, rows.empty() ? WithoutDigits(finding.message) : rows);
  return key;
}

}  // namespace

void GiveIds(const Dataset& data, AuditShared& shared, std::vector<Finding>* findings,
             size_t first) {
  RowContents contents(data, shared);
  std::unordered_map<std::string, int> taken;
  for (size_t i = first; i < findings->size(); ++i) {
    Finding& finding = (*findings)[i];
    char digits[17];
    std::snprintf(digits, sizeof digits, "%016llx",
                  static_cast<unsigned long long>(Xxh3(KeyOf(data, finding, &contents))));
    const std::string id = finding.check + "-" + std::string(digits, 12);
    const int n = ++taken[id];
    finding.id = n == 1 ? id : id + "-" + std::to_string(n);
  }
}

}  // namespace bottega
