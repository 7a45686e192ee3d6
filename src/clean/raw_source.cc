#include "clean/raw_source.h"

#include <arrow/array.h>
#include <arrow/chunked_array.h>

#include <filesystem>

#include "data/arrow_support.h"
#include "data/assemble.h"

namespace bottega {

struct RawSource::Table {
  RawTable raw;
  std::vector<std::shared_ptr<arrow::Array>> columns;
};

RawSource::RawSource(const Dataset& original) : original_(original) {}
RawSource::~RawSource() = default;

namespace {

bool CanRead(const Dataset& data) {
  std::error_code ignored;
  return !data.HasPictures() && data.reading.is_object() && data.reading.contains("format") &&
         std::filesystem::is_regular_file(data.source, ignored);
}

Json SettingsOf(const Json& reading) {
  Json settings = Json::object();
  for (const char* key : {"format", "delimiter", "header", "encoding"}) {
    if (reading.contains(key)) settings[key] = reading[key];
  }
  settings["missing"] = Json::array();
  return settings;
}

}  // namespace

std::vector<std::optional<std::string_view>> RawSource::Column(const Dataset& data, int column) {
  if (!looked_) {
    looked_ = true;
    if (CanRead(original_)) {
      RawTable raw = ReadRaw(original_.source, SettingsOf(original_.reading));
      if (raw.names.size() == original_.columns.size() && raw.rows == original_.rows) {
        table_ = std::make_unique<Table>(Table{.raw = std::move(raw)});
        table_->columns.resize(table_->raw.names.size());
      }
    }
  }
  const auto c = static_cast<size_t>(column);
  if (table_ == nullptr || table_->raw.names[c] != data.columns[c].name) return {};
  auto& array = table_->columns[c];
  if (array == nullptr) array = OneChunk(table_->raw.columns[c]);
  if (array->type_id() != arrow::Type::STRING) return {};
  const auto& texts = static_cast<const arrow::StringArray&>(*array);
  std::vector<std::optional<std::string_view>> cells;
  cells.reserve(data.rows.size());
  size_t at = 0;
  for (const int64_t row : data.rows) {  // rising, as the source's are
    while (table_->raw.rows[at] != row) ++at;
    const auto i = static_cast<int64_t>(at);
    cells.push_back(texts.IsNull(i) ? std::nullopt : std::optional(texts.GetView(i)));
  }
  return cells;
}

}  // namespace bottega
