#include "clean/forget/take_out.h"

#include <arrow/array.h>
#include <arrow/builder.h>
#include <arrow/compute/api.h>
#include <arrow/table.h>

#include <map>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "data/arrow_support.h"
#include "data/io/csv_edit.h"
#include "data/io/parquet.h"
#include "data/values.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

using Table = std::shared_ptr<arrow::Table>;

const arrow::Int64Array* RowsOf(const arrow::Table& table, std::shared_ptr<arrow::Array>* hold) {
  const auto column = table.GetColumnByName("row");
  if (column == nullptr || column->type()->id() != arrow::Type::INT64) return nullptr;
  *hold = OneChunk(column);
  return static_cast<const arrow::Int64Array*>(hold->get());
}

Json LineOf(const arrow::Table& table, int64_t at) {
  Json line = Json::object();
  for (int c = 0; c < table.num_columns(); ++c) {
    const auto cells = arrow::compute::Cast(*OneChunk(table.column(c)), arrow::utf8());
    const auto text = cells.ok() ? TextOfCell(**cells, at) : std::nullopt;
    line[table.field(c)->name()] = text ? Json(*text) : Json();
  }
  return line;
}

// Groups are named by the smallest record of theirs: one whose namesake goes takes the next one's.
std::shared_ptr<arrow::Array> GroupsNow(const arrow::Int64Array& rows,
                                        const arrow::Int64Array& groups, const RowChange& change) {
  std::map<int64_t, int64_t> name;
  for (int64_t i = 0; i < rows.length(); ++i) {
    if (groups.IsNull(i) || change.Gone(rows.Value(i))) continue;
    const auto [known, fresh] = name.emplace(groups.Value(i), rows.Value(i));
    if (!fresh) known->second = std::min(known->second, rows.Value(i));
  }
  arrow::Int64Builder builder;
  for (int64_t i = 0; i < rows.length(); ++i) {
    const auto known = groups.IsNull(i) ? name.end() : name.find(groups.Value(i));
    CheckArrow(known == name.end() ? builder.AppendNull()
                                   : builder.Append(change.Now(known->second)));
  }
  return ArrowValue(builder.Finish());
}

Table Renumbered(Table table, const RowChange& change) {
  std::shared_ptr<arrow::Array> hold, group;
  const arrow::Int64Array& rows = *RowsOf(*table, &hold);
  arrow::Int64Builder now;
  for (int64_t i = 0; i < rows.length(); ++i) {
    CheckArrow(rows.IsNull(i) ? now.AppendNull() : now.Append(change.Now(rows.Value(i))));
  }
  const int at = table->schema()->GetFieldIndex("group");
  if (at >= 0 && table->field(at)->type()->id() == arrow::Type::INT64) {
    group = OneChunk(table->column(at));
    const auto chunk = std::make_shared<arrow::ChunkedArray>(
        GroupsNow(rows, static_cast<const arrow::Int64Array&>(*group), change));
    table = ArrowValue(table->SetColumn(at, table->field(at), chunk));
  }
  const int row = table->schema()->GetFieldIndex("row");
  return ArrowValue(table->SetColumn(
      row, table->field(row), std::make_shared<arrow::ChunkedArray>(ArrowValue(now.Finish()))));
}

TakenOut OfParquet(const fs::path& from, const RowChange& change, const fs::path& to) {
  TakenOut out;
  EnsureArrow();
  Table table = ReadParquet(from);
  std::shared_ptr<arrow::Array> hold;
  const arrow::Int64Array* rows = RowsOf(*table, &hold);
  if (rows == nullptr) return out;
  arrow::BooleanBuilder keep;
  for (int64_t i = 0; i < rows->length(); ++i) {
    const bool gone = !rows->IsNull(i) && change.Gone(rows->Value(i));
    CheckArrow(keep.Append(!gone));
    if (gone) out.taken.push_back(LineOf(*table, i));
    const bool moves = !rows->IsNull(i) && change.Now(rows->Value(i)) != rows->Value(i);
    out.changed = out.changed || gone || moves;
  }
  out.count = static_cast<int64_t>(out.taken.size());
  if (!out.changed || to.empty()) return out;
  table = Renumbered(table, change);
  const arrow::Datum kept = ArrowValue(
      arrow::compute::Filter(arrow::Datum(table), arrow::Datum(ArrowValue(keep.Finish()))));
  WriteParquet(to, *kept.table());
  return out;
}

TakenOut OfCsv(const fs::path& from, const RowChange& change, const fs::path& to) {
  TakenOut out;
  const std::string text = ReadFile(from);
  const auto head = NextRecord(text, 0, ',');
  if (!head) return out;
  const auto at = std::ranges::find(head->cells, "row") - head->cells.begin();
  if (at == static_cast<std::ptrdiff_t>(head->cells.size())) return out;
  const auto reason = std::ranges::find(head->cells, "reason") - head->cells.begin();
  TextEdits edits;
  int64_t record = 0;
  for (auto line = NextRecord(text, head->end, ','); line;
       line = NextRecord(text, line->end, ','), ++record) {
    if (static_cast<size_t>(at) >= line->cells.size()) continue;
    const auto row = ParseInteger(line->cells[static_cast<size_t>(at)]);
    if (!row) continue;
    if (change.Gone(*row)) {
      edits.removed.push_back(record);
      Json taken = Json::object();
      for (size_t c = 0; c < std::min(line->cells.size(), head->cells.size()); ++c) {
        taken[head->cells[c]] = line->cells[c];
      }
      out.taken.push_back(std::move(taken));
      continue;
    }
    if (change.Now(*row) != *row) {
      edits.cells[record].emplace_back(static_cast<int>(at), std::to_string(change.Now(*row)));
    }
    if (static_cast<size_t>(reason) >= line->cells.size()) continue;
    const std::string& said = line->cells[static_cast<size_t>(reason)];
    if (std::string now = SentenceNow(said, change); now != said) {
      edits.cells[record].emplace_back(static_cast<int>(reason), std::move(now));
    }
  }
  out.count = static_cast<int64_t>(edits.removed.size());
  out.changed = !edits.removed.empty() || !edits.cells.empty();
  if (!out.changed || to.empty()) return out;
  Dialect dialect;
  dialect.body = head->end;
  WriteFileAtomic(to, EditCsv(text, dialect, edits));
  return out;
}

TakenOut OfJson(const fs::path& from, const RowChange& change, const fs::path& to) {
  TakenOut out;
  Json json = ReadJson(from);
  TakeOutOfJson(change, &json, &out);
  if (out.changed && !out.nothing_left && !to.empty()) WriteJson(to, json);
  return out;
}

}  // namespace

TakenOut TakeOutOfFile(const fs::path& from, const RowChange& change, const fs::path& to) {
  const std::string ending = LowerAscii(from.extension().string());
  if (change.empty()) return {};
  if (ending == ".parquet") return OfParquet(from, change, to);
  if (ending == ".csv") return OfCsv(from, change, to);
  if (ending == ".json") return OfJson(from, change, to);
  return {};
}

Json HeldAbout(const fs::path& file, const RowChange& change) {
  return TakeOutOfFile(file, change, {}).taken;
}

}  // namespace bottega
