#include "audit/review/row_contents.h"

#include <arrow/array.h>
#include <arrow/table.h>

#include <algorithm>

#include "base/error.h"
#include "base/hash.h"
#include "data/arrow_support.h"
#include "data/io/folder.h"
#include "data/values.h"

namespace bottega {

RowContents::RowContents(const Dataset& data) : data_(data) {
  const bool pictures = data.HasPictures();
  for (size_t c = 0; c < data.columns.size(); ++c) {
    const Column& column = data.columns[c];
    const bool measured = pictures && column.role == Role::kIgnored;
    if (column.role == Role::kTarget || column.role == Role::kPart || measured) continue;
    if (column.type == FeatureType::kPicture) continue;
    columns_.emplace_back(column.name, OneChunk(data.table->column(static_cast<int>(c))));
  }
  std::ranges::sort(columns_, {}, [](const auto& column) { return column.first; });
  if (pictures) pictures_ = OpenPictures(data);
}

std::string RowContents::PictureHash(int64_t position) const {
  const auto cells = OneChunk(data_.table->column(data_.PictureIndex()));
  const auto cell = TextOfCell(*cells, position);
  if (!cell) return "";
  try {
    std::error_code ignored;
    const auto file = data_.root / *cell;
    if (std::filesystem::is_regular_file(file, ignored)) return Sha256OfFile(file);
    const Picture picture = pictures_->Load(*cell, {});
    const auto* pixels = reinterpret_cast<const char*>(picture.rgb.data());
    return Sha256Hex({pixels, picture.rgb.size()});
  } catch (const Error&) {
    return Sha256Hex(*cell);  // it cannot be read: its name must do
  }
}

std::string RowContents::Of(int64_t position) const {
  Sha256 hash;
  for (const auto& [name, array] : columns_) {
    hash.Update(name).Update("\x1f");
    const auto cell = TextOfCell(*array, position);
    hash.Update(cell ? *cell : "\x1d").Update("\x1e");
  }
  if (pictures_) hash.Update(PictureHash(position));
  return hash.Hex();
}

RowFinder::RowFinder(const Dataset& data, std::string sha256)
    : data_(data),
      sha256_(std::move(sha256)),
      contents_(data),
      sorted_(std::ranges::is_sorted(data.rows)) {
  if (sorted_) return;
  for (size_t i = 0; i < data.rows.size(); ++i) {
    position_.emplace(data.rows[i], static_cast<int64_t>(i));
  }
}

std::optional<int64_t> RowFinder::PositionOf(int64_t row) const {
  if (sorted_) {
    const auto at = std::ranges::lower_bound(data_.rows, row);
    if (at == data_.rows.end() || *at != row) return std::nullopt;
    return at - data_.rows.begin();
  }
  const auto at = position_.find(row);
  return at == position_.end() ? std::nullopt : std::optional(at->second);
}

std::optional<int64_t> RowFinder::Find(int64_t row, const std::string& content,
                                       const std::string& recorded) {
  if (recorded == sha256_) return PositionOf(row) ? std::optional(row) : std::nullopt;
  if (rows_.empty()) {
    for (int64_t i = 0; i < data_.size(); ++i) {
      rows_[contents_.Of(i)].push_back(data_.rows[static_cast<size_t>(i)]);
    }
  }
  const auto same = rows_.find(content);
  if (same == rows_.end()) return std::nullopt;
  const std::string of = recorded + " " + content;
  const auto [known, fresh] = known_.try_emplace(of + " " + std::to_string(row), row);
  if (!fresh) return known->second;
  std::set<int64_t>& taken = taken_[of];
  const auto free = [&](int64_t candidate) { return !taken.contains(candidate); };
  const std::vector<int64_t>& rows = same->second;
  const bool stays = std::ranges::count(rows, row) > 0 && free(row);
  if (!stays) {
    const auto first = std::ranges::find_if(rows, free);
    known->second = first == rows.end() ? rows.back() : *first;
  }
  taken.insert(known->second);
  return known->second;
}

}  // namespace bottega
