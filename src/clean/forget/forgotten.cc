#include "clean/forget/forgotten.h"

#include <arrow/table.h>

#include <algorithm>
#include <random>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/threads.h"
#include "clean/raw_source.h"
#include "clean/step.h"
#include "data/arrow_support.h"
#include "data/values.h"
#include "profile/personal/personal_column.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr int kFormat = 1;
constexpr char kBetween = '\x1f';
constexpr int64_t kMostBytes = 8 << 20;  // of a column, read to tell its kind
constexpr PersonalKind kOwnKinds[] = {PersonalKind::kCardNumber, PersonalKind::kIban,
                                      PersonalKind::kNationalId, PersonalKind::kEmail,
                                      PersonalKind::kPhone,      PersonalKind::kMacAddress,
                                      PersonalKind::kSecret,     PersonalKind::kVehiclePlate};

std::string NewKey() {
  std::random_device device;
  std::string seed;
  for (int i = 0; i < 16; ++i) seed += std::to_string(device()) + ",";
  return Sha256Hex(seed);
}

std::set<std::string> TextsIn(const Json& json, const char* key) {
  const std::vector<std::string> texts = StateTexts(json, key);
  return {texts.begin(), texts.end()};
}

// Cells as they are written, or, of formats without text, as they were read.
class Cells {
 public:
  explicit Cells(const Dataset& data) : raw_(data) {
    for (int c = 0; c < static_cast<int>(data.columns.size()); ++c) {
      written_.push_back(raw_.Column(data, c));
      typed_.push_back(OneChunk(data.table->column(c)));
    }
  }
  std::string Text(size_t column, size_t row) const {
    if (!written_[column].empty()) {
      return std::string(Trim(written_[column][row].value_or(std::string_view())));
    }
    const auto text = TextOfCell(*typed_[column], static_cast<int64_t>(row));
    return text ? std::string(Trim(*text)) : "";
  }

 private:
  RawSource raw_;
  std::vector<std::vector<std::optional<std::string_view>>> written_;
  std::vector<std::shared_ptr<arrow::Array>> typed_;
};

std::string WholeRow(const Dataset& data, const Cells& cells, size_t row) {
  std::vector<std::string> parts;
  for (size_t c = 0; c < data.columns.size(); ++c) {
    parts.push_back(data.columns[c].name + kBetween + cells.Text(c, row));
  }
  std::ranges::sort(parts);
  return Join(parts, std::string_view(&kBetween, 1));
}

// Whether a value of the column is one person's and nobody else's, also in data to come: not so
// names, dates of birth and addresses.
bool NamesPersons(const Dataset& data, int column) {
  const Column& about = data.columns[static_cast<size_t>(column)];
  if (about.type == FeatureType::kIdentifier) return true;
  const PersonalColumn personal =
      FindPersonalInColumn(about.name, CellsOf(data, column), kMostBytes);
  return std::ranges::any_of(personal.found, [](const PersonalInColumn& found) {
    return found.whole && std::ranges::find(kOwnKinds, found.kind) != std::end(kOwnKinds);
  });
}

}  // namespace

fs::path ForgottenFile(const fs::path& project) { return project / ".bottega" / "forgotten.json"; }

Forgotten Forgotten::Read(const fs::path& project) {
  Forgotten forgotten;
  std::error_code ignored;
  const fs::path file = ForgottenFile(project);
  if (!fs::exists(file, ignored)) {
    forgotten.key_ = NewKey();
    return forgotten;
  }
  const Json json = ReadJson(file);
  try {
    forgotten.key_ = StateText(json, "key");
    forgotten.rows_ = TextsIn(json, "rows");
    forgotten.values_ = TextsIn(json, "values");
    forgotten.columns_ = TextsIn(json, "columns");
    forgotten.pictures_ = TextsIn(json, "pictures");
    for (const double bytes : StateNumbers(json, "picture_bytes")) {
      forgotten.picture_bytes_.insert(static_cast<int64_t>(bytes));
    }
  } catch (const Error& error) {
    throw Error(ErrorKind::kData, error.message(), {.file = file.string()});
  }
  return forgotten;
}

std::string Forgotten::Text() const {
  const Json json = {{"format", kFormat},
                     {"key", key_},
                     {"rows", rows_},
                     {"columns", columns_},
                     {"values", values_},
                     {"pictures", pictures_},
                     {"picture_bytes", picture_bytes_}};
  return json.dump(2) + "\n";
}

std::string Forgotten::HashOf(const std::string& text) const { return HmacSha256Hex(key_, text); }

std::string Forgotten::HashOfValue(const std::string& column, const std::string& text) const {
  return HashOf(column + kBetween + LowerAscii(text));
}

void Forgotten::Add(const SourceState& state, const Person& person) {
  const Dataset& data = state.data;
  if (state.chosen.empty()) return;
  std::set<std::string> own;
  for (const SoughtValue& value : person.values) own.insert(value.text);
  const Cells cells(data);
  std::vector<size_t> naming;
  const int picture = data.PictureIndex();
  for (size_t c = 0; c < data.columns.size(); ++c) {
    if (static_cast<int>(c) != picture && NamesPersons(data, static_cast<int>(c)))
      naming.push_back(c);
  }
  for (size_t i = 0; i < data.rows.size(); ++i) {
    if (!std::ranges::binary_search(state.chosen, data.rows[i])) continue;
    if (picture < 0) rows_.insert(HashOf(WholeRow(data, cells, i)));
    for (const size_t c : naming) {
      const std::string text = cells.Text(c, i);
      if (!own.contains(text)) continue;
      columns_.insert(data.columns[c].name);
      values_.insert(HashOfValue(data.columns[c].name, text));
    }
    if (picture < 0) continue;
    const fs::path file = data.root / cells.Text(static_cast<size_t>(picture), i);
    std::error_code missing;
    const auto bytes = fs::file_size(file, missing);
    if (missing) continue;
    picture_bytes_.insert(static_cast<int64_t>(bytes));
    pictures_.insert(HashOf(Sha256OfFile(file)));
  }
}

std::vector<int64_t> Forgotten::RowsIn(const Dataset& data) const {
  std::vector<uint8_t> known(data.rows.size());
  const Cells cells(data);
  std::vector<size_t> naming;
  for (size_t c = 0; c < data.columns.size(); ++c) {
    if (columns_.contains(data.columns[c].name)) naming.push_back(c);
  }
  const int picture = data.PictureIndex();
  ParallelFor(data.size(), 1024, [&](int64_t begin, int64_t end) {
    for (int64_t at = begin; at < end; ++at) {
      const auto i = static_cast<size_t>(at);
      bool found = picture < 0 && rows_.contains(HashOf(WholeRow(data, cells, i)));
      for (size_t k = 0; !found && k < naming.size(); ++k) {
        const std::string text = cells.Text(naming[k], i);
        found = !text.empty() && values_.contains(HashOfValue(data.columns[naming[k]].name, text));
      }
      if (!found && picture >= 0 && !pictures_.empty()) {
        const fs::path file = data.root / cells.Text(static_cast<size_t>(picture), i);
        std::error_code missing;
        const auto bytes = fs::file_size(file, missing);
        found = !missing && picture_bytes_.contains(static_cast<int64_t>(bytes)) &&
                pictures_.contains(HashOf(Sha256OfFile(file)));
      }
      known[i] = found ? 1 : 0;
    }
  });
  std::vector<int64_t> rows;
  for (size_t i = 0; i < known.size(); ++i) {
    if (known[i] != 0) rows.push_back(data.rows[i]);
  }
  return rows;
}

std::vector<int64_t> ForgottenRowsOf(const fs::path& project, const Dataset& data) {
  std::error_code ignored;
  if (!fs::exists(ForgottenFile(project), ignored)) return {};
  const Forgotten forgotten = Forgotten::Read(project);
  return forgotten.empty() ? std::vector<int64_t>() : forgotten.RowsIn(data);
}

Dataset WithoutForgotten(const fs::path& project, const Dataset& data) {
  const std::vector<int64_t> gone = ForgottenRowsOf(project, data);
  if (gone.empty()) return data;
  const auto is_gone = [&](int64_t row) { return std::ranges::binary_search(gone, row); };
  std::vector<int64_t> kept;
  for (int64_t i = 0; i < data.size(); ++i) {
    if (!is_gone(data.rows[static_cast<size_t>(i)])) kept.push_back(i);
  }
  Dataset without = TakeRows(data, kept);
  std::erase_if(without.issues, [&](const ReadIssue& issue) { return is_gone(issue.place.row); });
  if (data.written == nullptr) return without;
  WrittenByColumn written = *data.written;
  for (auto& [column, cells] : written) {
    cells.count -= static_cast<int64_t>(
        std::erase_if(cells.cells, [&](const WrittenCell& cell) { return is_gone(cell.row); }));
    for (MissingSpelling& spelling : cells.missing) {
      spelling.count -= static_cast<int64_t>(std::erase_if(spelling.rows, is_gone));
    }
    std::erase_if(cells.missing, [](const MissingSpelling& s) { return s.count <= 0; });
  }
  without.written = std::make_shared<const WrittenByColumn>(std::move(written));
  return without;
}

}  // namespace bottega
