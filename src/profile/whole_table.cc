#include "profile/whole_table.h"

#include <arrow/array.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "base/hash.h"
#include "base/mix.h"
#include "base/threads.h"
#include "data/values.h"

namespace bottega {
namespace {

constexpr size_t kMostHashes = size_t{1} << 23;
constexpr size_t kMostExamples = 100;
constexpr uint64_t kMissingHash = 0x9e3779b97f4a7c15ULL;

struct Identity {
  size_t operator()(uint64_t hash) const { return hash; }
};

// Different cells of one batch: where each stands first, and how often.
struct Seen {
  int64_t position = 0;
  int64_t count = 0;
};

std::optional<double> NumberAt(const arrow::Array& cells, int64_t i, const NumberStyle& style) {
  switch (cells.type_id()) {
    case arrow::Type::DOUBLE:
      return static_cast<const arrow::DoubleArray&>(cells).Value(i);
    case arrow::Type::STRING: {
      const std::string_view text = static_cast<const arrow::StringArray&>(cells).GetView(i);
      const std::optional<double> plain =
          style.plain() ? ParsePlainNumber(text) : std::optional<double>();
      return plain ? plain : ParseStyledNumber(text, style);
    }
    default:
      return std::nullopt;
  }
}

uint64_t HashAt(const arrow::Array& cells, int64_t i) {
  switch (cells.type_id()) {
    case arrow::Type::STRING:
      return Xxh3(static_cast<const arrow::StringArray&>(cells).GetView(i));
    case arrow::Type::DOUBLE: {
      const double value = static_cast<const arrow::DoubleArray&>(cells).Value(i);
      return Mix(std::bit_cast<uint64_t>(value == 0 ? 0.0 : value) + kMissingHash);
    }
    default:
      return Xxh3(TextOfCell(cells, i).value_or(""));
  }
}

}  // namespace

WholeTable::WholeTable(const std::vector<Column>& columns, std::vector<NumberStyle> styles)
    : columns_(columns.size()), styles_(std::move(styles)), compared_(columns.size()) {
  for (size_t i = 0; i < columns.size(); ++i) {
    columns_[i].name = columns[i].name;
    const bool feature = columns[i].role == Role::kFeature || columns[i].role == Role::kTime;
    compared_[i] = feature && columns[i].type != FeatureType::kIdentifier;
  }
}

std::vector<uint64_t> WholeTable::AddColumn(size_t column, const arrow::Array& cells) {
  WholeColumn& whole = columns_[column];
  std::vector<uint64_t> hashes(static_cast<size_t>(cells.length()), kMissingHash);
  std::unordered_map<uint64_t, Seen, Identity> seen;
  for (int64_t i = 0; i < cells.length(); ++i) {
    if (cells.IsNull(i)) {
      ++whole.missing;
      continue;
    }
    const uint64_t hash = HashAt(cells, i);
    hashes[static_cast<size_t>(i)] = hash;
    Seen& at = seen.try_emplace(hash, Seen{i, 0}).first->second;
    ++at.count;
  }
  for (const auto& [hash, at] : seen) {
    whole.distinct.Add(hash);
    if (cells.type_id() == arrow::Type::STRING) {
      whole.top.Add(static_cast<const arrow::StringArray&>(cells).GetView(at.position), at.count);
    } else {
      whole.top.Add(TextOfCell(cells, at.position).value_or(""), at.count);
    }
    const std::optional<double> number = NumberAt(cells, at.position, styles_[column]);
    if (number && std::isfinite(*number)) {
      whole.numbers.Add(*number, at.count);
    } else {
      whole.not_numbers += at.count;
    }
  }
  return hashes;
}

void WholeTable::Add(const RawBatch& batch) {
  std::vector<std::vector<uint64_t>> cells(columns_.size());
  ParallelFor(static_cast<int64_t>(columns_.size()), 1, [&](int64_t begin, int64_t) {
    const auto column = static_cast<size_t>(begin);
    cells[column] = AddColumn(column, *batch.columns[column]);
    if (!compared_[column]) cells[column].clear();
  });
  std::vector<uint64_t> rows(batch.rows.size(), 0);
  ParallelFor(static_cast<int64_t>(rows.size()), 1 << 15, [&](int64_t begin, int64_t end) {
    for (size_t column = 0; column < cells.size(); ++column) {
      if (!compared_[column]) continue;
      for (int64_t i = begin; i < end; ++i) {
        uint64_t& hash = rows[static_cast<size_t>(i)];
        hash = Mix(hash * 31 + cells[column][static_cast<size_t>(i)] + column);
      }
    }
  });
  rows_ += static_cast<int64_t>(rows.size());
  if (std::ranges::find(compared_, true) != compared_.end()) AddHashes(rows, batch.rows);
}

// Once there are too many, those with a further leading bit go: equal rows go or stay together.
void WholeTable::AddHashes(const std::vector<uint64_t>& hashes, const std::vector<int64_t>& rows) {
  const auto stays = [this](uint64_t hash) {
    return dropped_bits_ == 0 || hash >> (64 - dropped_bits_) == 0;
  };
  for (size_t i = 0; i < hashes.size(); ++i) {
    if (stays(hashes[i])) hashes_.push_back({hashes[i], rows[i]});
    if (hashes_.size() <= kMostHashes) continue;
    ++dropped_bits_;
    std::erase_if(hashes_, [&](const RowHash& kept) { return !stays(kept.hash); });
  }
}

WholeTable::Repeats WholeTable::RepeatedRows() const {
  std::vector<RowHash> sorted = hashes_;
  std::ranges::sort(sorted, [](const RowHash& a, const RowHash& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.row < b.row;
  });
  Repeats repeats{.estimated = dropped_bits_ > 0};
  size_t first = 0;
  for (size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i].hash != sorted[first].hash) {
      first = i;
      continue;
    }
    ++repeats.count;
    repeats.examples.push_back({sorted[first].row, sorted[i].row});
  }
  repeats.count <<= dropped_bits_;
  std::ranges::sort(repeats.examples, {}, &RepeatedRow::row);
  if (repeats.examples.size() > kMostExamples) repeats.examples.resize(kMostExamples);
  return repeats;
}

Json WholeTable::ToJson() const {
  Json columns = Json::array();
  for (const WholeColumn& column : columns_) {
    Json top = Json::array();
    for (const HeavyHitter& value : column.top.Values()) {
      // Rare values may name a person.
      if (top.size() == 20 || value.count < 10) break;
      top.push_back({{"value", value.value}, {"count", value.count}});
    }
    Json about = {{"name", column.name},
                  {"missing", column.missing},
                  {"distinct", std::llround(column.distinct.Estimate())},
                  {"top", top},
                  {"top_exact", column.top.exact()}};
    if (column.numbers.count() > 0) {
      Json quantiles = Json::object();
      for (const double share : {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99}) {
        quantiles[NumberText(share)] = column.numbers.Quantile(share);
      }
      about["numbers"] = {{"count", column.numbers.count()},
                          {"min", column.numbers.min()},
                          {"max", column.numbers.max()},
                          {"quantiles", quantiles}};
    }
    columns.push_back(std::move(about));
  }
  const Repeats repeats = RepeatedRows();
  return {{"rows", rows_},
          {"columns", columns},
          {"repeated_rows", {{"count", repeats.count}, {"estimated", repeats.estimated}}}};
}

}  // namespace bottega
