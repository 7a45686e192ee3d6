#include "profile/personal/personal_column.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <unordered_map>

#include "base/hash.h"
#include "base/text.h"
#include "base/threads.h"
#include "data/values.h"
#include "profile/personal/scan.h"

namespace bottega {

namespace {

constexpr float kSure = 0.5F, kWeak = 0.03F;
constexpr int64_t kFewestToProve = 20;
constexpr double kProves = 0.9, kRefutes = 0.3, kWholeShare = 0.5, kNameShare = 0.3,
                 kChanceShare = 0.1;

// One kind (and form) in one distinct cell.
struct Hit {
  int32_t code = 0;
  PersonalKind kind = PersonalKind::kEmail;
  std::string_view form;
  float confidence = 0;
  bool whole = false;
};

bool IsChecked(PersonalKind kind) {
  return kind == PersonalKind::kCardNumber || kind == PersonalKind::kNationalId;
}

bool ReadsNumbers(const Says& says, const CellColumn& cells) {
  if (cells.type == FeatureType::kDate) return says.Has(kSaysBirth);
  constexpr uint32_t kNumeric = kSaysPhone | kSaysCard | kSaysId | kSaysPlace | kSaysBank;
  if (says.Has(kNumeric)) return true;
  return std::ranges::all_of(cells.number, [](double value) {
    return value >= 1e7 && value < 1e19 && value == std::floor(value);
  });
}

// Latitudes and longitudes of a number column that is called so.
void FindCoordinateColumn(std::string_view name, const CellColumn& cells, std::vector<Hit>* hits) {
  const std::string lower = LowerAscii(name);
  const bool latitude = lower.find("lat") != std::string::npos;
  if (!latitude && lower.find("lon") == std::string::npos &&
      lower.find("lng") == std::string::npos) {
    return;
  }
  const double limit = latitude ? 90 : 180;
  for (size_t code = 0; code < cells.number.size(); ++code) {
    const double value = cells.number[code];
    const double fine = value * 1000;
    if (std::abs(value) > limit) return hits->clear();
    if (fine == std::floor(fine) && value != 0) continue;
    hits->push_back({static_cast<int32_t>(code), PersonalKind::kCoordinates,
                     latitude ? "latitude" : "longitude", 0.9F, true});
  }
}

void ReadCell(const PersonalScanner& scanner, std::string_view text, int32_t code,
              std::vector<Hit>* hits) {
  const std::string_view trimmed = Trim(text);
  for (const PersonalSpan& span : scanner.Find(text)) {
    const bool whole = (span.end - span.begin) * 10 >= trimmed.size() * 8;
    if (span.confidence < kSure && !(whole && IsChecked(span.kind))) continue;
    const bool again = std::ranges::any_of(
        *hits, [&](const Hit& hit) { return hit.code == code && hit.kind == span.kind; });
    if (!again) hits->push_back({code, span.kind, span.form, span.confidence, whole});
  }
}

// Distinct cells to read: all, or evenly spread ones that hold about `most_bytes`.
std::vector<int32_t> CellsToRead(const CellColumn& cells, int64_t most_bytes, bool* cut) {
  int64_t bytes = 0;
  for (const std::string& text : cells.text) bytes += static_cast<int64_t>(text.size());
  *cut = bytes > most_bytes;
  const double step = *cut ? static_cast<double>(bytes) / static_cast<double>(most_bytes) : 1;
  std::vector<int32_t> codes;
  for (double at = 0; at < static_cast<double>(cells.distinct()); at += step) {
    codes.push_back(static_cast<int32_t>(at));
  }
  return codes;
}

std::vector<Hit> ReadCells(std::string_view name, const CellColumn& cells,
                           const std::vector<int32_t>& codes) {
  constexpr int64_t kChunk = 512;
  const PersonalScanner scanner({.column = name, .least = kWeak});
  const auto n = static_cast<int64_t>(codes.size());
  std::vector<std::vector<Hit>> parts(static_cast<size_t>((n + kChunk - 1) / kChunk));
  ParallelFor(n, kChunk, [&](int64_t begin, int64_t end) {
    std::vector<Hit> mine;
    for (int64_t i = begin; i < end; ++i) {
      const int32_t code = codes[static_cast<size_t>(i)];
      const auto at = static_cast<size_t>(code);
      std::vector<Hit> of_cell;
      if (cells.type == FeatureType::kDate) {
        ReadCell(scanner, DayText(cells.number[at]), code, &of_cell);
      } else if (cells.is_number()) {
        ReadCell(scanner, NumberText(cells.number[at]), code, &of_cell);
      } else {
        ReadCell(scanner, cells.text[at], code, &of_cell);
      }
      mine.insert(mine.end(), of_cell.begin(), of_cell.end());
    }
    parts[static_cast<size_t>(begin / kChunk)] = std::move(mine);
  });
  std::vector<Hit> hits;
  for (const std::vector<Hit>& part : parts) hits.insert(hits.end(), part.begin(), part.end());
  return hits;
}

std::string CellOf(const CellColumn& cells, int32_t code) {
  const auto at = static_cast<size_t>(code);
  if (!cells.is_number()) return cells.text[at];
  return cells.type == FeatureType::kDate ? DayText(cells.number[at])
                                          : NumberText(cells.number[at]);
}

// Digits as 0, letters as a: cells that are written alike.
uint64_t ShapeOf(const CellColumn& cells, int32_t code) {
  std::string shape = CellOf(cells, code);
  for (char& c : shape) {
    if (IsDigit(c)) c = '0';
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) c = 'a';
  }
  return Xxh3(shape);
}

// Decides by all cells of a shape on hits whose check digits chance can satisfy.
void WeighByShape(const CellColumn& cells, const std::vector<int32_t>& read,
                  std::vector<Hit>* hits) {
  const bool any =
      std::ranges::any_of(*hits, [](const Hit& hit) { return hit.whole && IsChecked(hit.kind); });
  if (!any) return;
  std::unordered_map<uint64_t, int64_t> cells_of_shape;
  for (const int32_t code : read) ++cells_of_shape[ShapeOf(cells, code)];
  std::map<std::pair<uint64_t, std::string_view>, int64_t> passed;
  for (const Hit& hit : *hits) {
    if (hit.whole && IsChecked(hit.kind)) ++passed[{ShapeOf(cells, hit.code), hit.form}];
  }
  for (Hit& hit : *hits) {
    if (!hit.whole || !IsChecked(hit.kind)) continue;
    const uint64_t shape = ShapeOf(cells, hit.code);
    const int64_t all = cells_of_shape[shape];
    const double share = static_cast<double>(passed[{shape, hit.form}]) / static_cast<double>(all);
    const bool lax = hit.form == "US social security number";  // has no check digit
    if (all >= kFewestToProve && share >= kProves && !lax) {
      hit.confidence = std::max(hit.confidence, 0.95F);
    } else if (all >= kFewestToProve && share < kRefutes && hit.confidence < 0.9F) {
      hit.confidence = 0;
    }
  }
}

struct Gathered {
  PersonalInColumn found;
  int64_t whole_rows = 0;
  std::map<std::string_view, int64_t> forms;
  double sum = 0;
};

std::string ExampleOf(std::string_view name, const CellColumn& cells, const Hit& hit) {
  const std::string cell = CellOf(cells, hit.code);
  if (hit.whole) return MaskPersonal(Trim(cell), hit.kind);
  for (const PersonalSpan& span : FindPersonalData(cell, {.column = name})) {
    if (span.kind == hit.kind) {
      return MaskPersonal(std::string_view(cell).substr(span.begin, span.end - span.begin),
                          hit.kind);
    }
  }
  return "";
}

// Cells that are nothing but a name count where many of the column are; of a column that is called
// one of names, then also those that no list knows.
void WeighNames(const CellColumn& cells, int64_t filled, std::vector<Hit>* hits) {
  int64_t rows = 0;
  for (const Hit& hit : *hits) {
    const bool name = hit.kind == PersonalKind::kPersonName && hit.whole;
    if (name) rows += cells.count[static_cast<size_t>(hit.code)];
  }
  const double share =
      static_cast<double>(rows) / static_cast<double>(std::max<int64_t>(filled, 1));
  if (share >= kNameShare) return;
  // Towns, beers and firms that happen to be called like people.
  const bool chance = share < kChanceShare;
  std::erase_if(*hits, [&](const Hit& hit) {
    return hit.kind == PersonalKind::kPersonName && hit.whole &&
           (chance || hit.form == kColumnName);
  });
}

std::vector<PersonalInColumn> Gather(std::string_view name, const Says& says,
                                     const CellColumn& cells, const std::vector<Hit>& hits,
                                     int64_t filled) {
  std::array<Gathered, kPersonalKinds> kinds;
  for (const Hit& hit : hits) {
    if (hit.confidence < kSure) continue;
    Gathered& kind = kinds[static_cast<size_t>(hit.kind)];
    const int64_t rows = cells.count[static_cast<size_t>(hit.code)];
    if (kind.found.codes.empty()) kind.found.example = ExampleOf(name, cells, hit);
    kind.found.codes.push_back(hit.code);
    kind.found.rows += rows;
    kind.whole_rows += hit.whole ? rows : 0;
    kind.forms[hit.form] += rows;
    kind.sum += hit.confidence * static_cast<double>(rows);
    kind.found.confidence = std::max(kind.found.confidence, static_cast<double>(hit.confidence));
  }
  std::vector<PersonalInColumn> found;
  for (int k = 0; k < kPersonalKinds; ++k) {
    Gathered& kind = kinds[static_cast<size_t>(k)];
    if (kind.found.rows == 0) continue;
    kind.found.kind = static_cast<PersonalKind>(k);
    kind.found.form = std::ranges::max_element(kind.forms, {}, [](const auto& form) {
                        return form.second;
                      })->first;
    const bool names = kind.found.kind == PersonalKind::kPersonName && says.Has(kSaysName);
    const double least = names ? kNameShare : kWholeShare;
    kind.found.whole = static_cast<double>(kind.whole_rows) >= least * static_cast<double>(filled);
    if (kind.found.whole) {
      kind.found.confidence = std::max(kind.sum / static_cast<double>(kind.found.rows), 0.9);
    }
    found.push_back(std::move(kind.found));
  }
  std::ranges::stable_sort(found, std::greater<>(), &PersonalInColumn::rows);
  return found;
}

}  // namespace

PersonalColumn FindPersonalInColumn(std::string_view name, const CellColumn& cells,
                                    int64_t most_bytes) {
  PersonalColumn result;
  const int64_t filled = static_cast<int64_t>(cells.code.size()) - cells.missing;
  const Says says = ColumnSays(name);
  if (cells.distinct() == 0) return result;
  std::vector<Hit> hits;
  std::vector<int32_t> read;
  const bool place = says.Has(kSaysPlace) && cells.type == FeatureType::kNumber;
  if (cells.is_number() && !ReadsNumbers(says, cells)) return result;
  if (place) {
    FindCoordinateColumn(name, cells, &hits);
  } else {
    read = CellsToRead(cells, most_bytes, &result.cut);
    hits = ReadCells(name, cells, read);
    WeighByShape(cells, read, &hits);
    WeighNames(cells, filled, &hits);
  }
  result.cells = place ? cells.distinct() : static_cast<int64_t>(read.size());
  result.found = Gather(name, says, cells, hits, filled);
  return result;
}

}  // namespace bottega
