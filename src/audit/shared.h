// What several checks need of the same data: computed on first use, kept for one audit.
// All functions are thread-safe; references stay valid as long as the AuditShared.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "profile/cells.h"
#include "profile/duplicates.h"
#include "profile/language.h"
#include "profile/value_groups.h"

namespace bottega {

class AuditShared {
 public:
  explicit AuditShared(const Dataset& data);
  ~AuditShared();
  AuditShared(const AuditShared&) = delete;
  AuditShared& operator=(const AuditShared&) = delete;

  // Of all columns, in parallel: for who is about to ask for most of them.
  void PrepareCells();

  const Codes& CodesOfColumn(int column);
  const std::vector<double>& NumbersOfColumn(int column);
  // Rows per code of CodesOfColumn.
  const std::vector<int64_t>& CountsOfColumn(int column);
  const CellColumn& CellsOfColumn(int column);
  const ValueGroups& GroupsOfColumn(int column);
  // Of a column of texts.
  const ColumnLanguages& LanguagesOfColumn(int column);
  // Of pictures where there is a picture column, else of rows.
  const Duplicates& DuplicatesOfData();
  // All exact ones of them; near rows, which take far longer to find, may be left out.
  const Duplicates& ExactDuplicatesOfData();
  // FindDuplicateTexts of a text column, with its default options.
  const Duplicates& DuplicateTextsOfColumn(int column);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// File of a picture's row, else the source; the record number; the column's name (-1: none).
Place PlaceOf(const Dataset& data, int64_t position, int column = -1);
Place PlaceOfColumn(const Dataset& data, int column);

}  // namespace bottega
