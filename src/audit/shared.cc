#include "audit/shared.h"

#include <arrow/table.h>

#include <mutex>
#include <optional>

#include "base/threads.h"
#include "data/arrow_support.h"
#include "data/values.h"
#include "profile/near_texts.h"

namespace bottega {

namespace {

// Rather than pictures or texts.
bool ComparesRows(const Dataset& data) { return !data.HasPictures() && !HoldsOneText(data); }

std::vector<const CellColumn*> ComparedCells(const Dataset& data, AuditShared* shared) {
  std::vector<const CellColumn*> cells;
  for (const int column : ComparedColumns(data)) cells.push_back(&shared->CellsOfColumn(column));
  return cells;
}

}  // namespace

struct AuditShared::State {
  struct PerColumn {
    std::once_flag codes_once, numbers_once, cells_once, groups_once, languages_once, texts_once;
    Codes codes;
    std::vector<int64_t> counts;
    std::vector<double> numbers;
    CellColumn cells;
    ValueGroups groups;
    ColumnLanguages languages;
    Duplicates texts;
  };

  explicit State(const Dataset& d) : data(d), columns(d.columns.size()) {}

  const Dataset& data;
  std::vector<PerColumn> columns;
  std::once_flag duplicates_once, equal_rows_once;
  Duplicates duplicates, equal_rows;
};

AuditShared::AuditShared(const Dataset& data) : state_(std::make_unique<State>(data)) {}
AuditShared::~AuditShared() = default;

void AuditShared::PrepareCells() {
  ParallelFor(static_cast<int64_t>(state_->columns.size()), 1,
              [&](int64_t column, int64_t) { CellsOfColumn(static_cast<int>(column)); });
}

const Codes& AuditShared::CodesOfColumn(int column) {
  State::PerColumn& kept = state_->columns[static_cast<size_t>(column)];
  std::call_once(kept.codes_once, [&] {
    kept.codes = CodesOf(state_->data, column);
    kept.counts.assign(kept.codes.values.size(), 0);
    for (const int32_t code : kept.codes.code) {
      if (code >= 0) ++kept.counts[static_cast<size_t>(code)];
    }
  });
  return kept.codes;
}

const std::vector<int64_t>& AuditShared::CountsOfColumn(int column) {
  CodesOfColumn(column);
  return state_->columns[static_cast<size_t>(column)].counts;
}

const std::vector<double>& AuditShared::NumbersOfColumn(int column) {
  State::PerColumn& kept = state_->columns[static_cast<size_t>(column)];
  std::call_once(kept.numbers_once, [&] { kept.numbers = NumbersOf(state_->data, column); });
  return kept.numbers;
}

const CellColumn& AuditShared::CellsOfColumn(int column) {
  State::PerColumn& kept = state_->columns[static_cast<size_t>(column)];
  std::call_once(kept.cells_once, [&] { kept.cells = CellsOf(state_->data, column); });
  return kept.cells;
}

const ValueGroups& AuditShared::GroupsOfColumn(int column) {
  State::PerColumn& kept = state_->columns[static_cast<size_t>(column)];
  std::call_once(kept.groups_once, [&] { kept.groups = ValueGroupsOf(state_->data, column); });
  return kept.groups;
}

const ColumnLanguages& AuditShared::LanguagesOfColumn(int column) {
  State::PerColumn& kept = state_->columns[static_cast<size_t>(column)];
  std::call_once(kept.languages_once, [&] { kept.languages = LanguagesOf(CellsOfColumn(column)); });
  return kept.languages;
}

const Duplicates& AuditShared::DuplicatesOfData() {
  std::call_once(state_->duplicates_once, [&] {
    state_->duplicates =
        ComparesRows(state_->data)
            ? WithNearRows(ExactDuplicatesOfData(), ComparedCells(state_->data, this), {})
            : FindDuplicates(state_->data);
  });
  return state_->duplicates;
}

const Duplicates& AuditShared::ExactDuplicatesOfData() {
  if (!ComparesRows(state_->data)) return DuplicatesOfData();
  std::call_once(state_->equal_rows_once, [&] {
    state_->equal_rows = FindEqualRows(ComparedCells(state_->data, this), state_->data.size());
  });
  return state_->equal_rows;
}

const Duplicates& AuditShared::DuplicateTextsOfColumn(int column) {
  if (HoldsOneText(state_->data) && ComparedColumns(state_->data)[0] == column) {
    return DuplicatesOfData();
  }
  State::PerColumn& kept = state_->columns[static_cast<size_t>(column)];
  std::call_once(kept.texts_once,
                 [&] { kept.texts = FindDuplicateTexts(CellsOfColumn(column), {}); });
  return kept.texts;
}

Place PlaceOf(const Dataset& data, int64_t position, int column) {
  Place place{.file = data.source.filename().string(),
              .row = data.rows[static_cast<size_t>(position)]};
  if (column >= 0) place.column = data.columns[static_cast<size_t>(column)].name;
  const int picture = data.PictureIndex();
  if (picture >= 0) {
    const std::string cell =
        TextOfCell(*OneChunk(data.table->column(picture)), position).value_or("");
    if (!cell.empty() && cell[0] != '#') place.file = cell;
  }
  return place;
}

Place PlaceOfColumn(const Dataset& data, int column) {
  return {.file = data.source.filename().string(),
          .column = data.columns[static_cast<size_t>(column)].name};
}

}  // namespace bottega
