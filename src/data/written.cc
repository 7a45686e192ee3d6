#include "data/written.h"

#include <algorithm>

namespace bottega {

MissingSpelling* MissingMarks::At(std::string_view text) {
  for (MissingSpelling& known : spellings_) {
    if (known.text == text) return &known;
  }
  spellings_.push_back({.text = std::string(text)});
  return &spellings_.back();
}

void MissingMarks::Add(int64_t position, std::string_view text) {
  MissingSpelling* spelling = At(text);
  ++spelling->count;
  if (spelling->rows.size() < MissingSpelling::kMostRows) spelling->rows.push_back(position);
}

void MissingMarks::Append(const MissingMarks& later, int64_t offset) {
  for (const MissingSpelling& more : later.spellings_) {
    MissingSpelling* spelling = At(more.text);
    spelling->count += more.count;
    for (const int64_t position : more.rows) {
      if (spelling->rows.size() == MissingSpelling::kMostRows) break;
      spelling->rows.push_back(offset + position);
    }
  }
}

}  // namespace bottega
