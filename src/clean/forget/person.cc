#include "clean/forget/person.h"

#include <arrow/array.h>
#include <arrow/table.h>

#include <algorithm>
#include <unordered_set>

#include "base/text.h"
#include "clean/raw_source.h"
#include "data/arrow_support.h"
#include "data/values.h"

namespace bottega {

namespace {

// Numbers of fewer digits stand in too many places by chance.
constexpr int64_t kLeastDigits = 6;
constexpr size_t kParts[] = {20, 32, 48, 80};

using Texts = std::unordered_set<std::string>;

bool TooCommon(const std::string& text) {
  if (!ParseNumber(text)) return false;
  return std::ranges::count_if(text, IsDigit) < kLeastDigits;
}

// Calls `row_text(position, cell)` for each cell of a column as it is written, and, of `wanted`
// rows or where nobody knows how it is written, as it was read.
template <class Function>
void EachCell(const SourceState& state, RawSource* raw, int column,
              const std::vector<uint8_t>& wanted, const Function& row_text) {
  const auto typed = OneChunk(state.data.table->column(column));
  const bool is_text = typed->type_id() == arrow::Type::STRING;
  const auto written = raw->Column(state.data, column);
  for (int64_t i = 0; i < state.data.size(); ++i) {
    const auto at = static_cast<size_t>(i);
    if (!written.empty() && written[at]) row_text(at, *written[at]);
    if (!written.empty() && wanted[at] == 0) continue;
    if (is_text) {
      const auto& texts = static_cast<const arrow::StringArray&>(*typed);
      if (!texts.IsNull(i)) row_text(at, texts.GetView(i));
    } else if (const auto text = TextOfCell(*typed, i)) {
      row_text(at, std::string_view(*text));
    }
  }
}

std::vector<uint8_t> IsChosen(const SourceState& state) {
  std::vector<uint8_t> chosen(state.data.rows.size());
  for (size_t i = 0; i < chosen.size(); ++i) {
    chosen[i] = std::ranges::binary_search(state.chosen, state.data.rows[i]) ? 1 : 0;
  }
  return chosen;
}

void CollectCells(const SourceState& state, Texts* texts) {
  if (state.chosen.empty()) return;
  const std::vector<uint8_t> chosen = IsChosen(state);
  RawSource raw(state.data);
  const int picture = state.data.PictureIndex();
  for (int c = 0; c < static_cast<int>(state.data.columns.size()); ++c) {
    EachCell(state, &raw, c, chosen, [&](size_t i, std::string_view text) {
      if (chosen[i] == 0) return;
      texts->emplace(text);
      texts->emplace(Trim(text));
      if (c == picture) texts->insert(std::filesystem::path(text).filename().string());
    });
  }
}

// What repairs made of the chosen rows' cells, and of others' that they must not name.
void CollectRepaired(const std::vector<SourceState>& states, const std::vector<Version>& versions,
                     Texts* texts, Texts* of_others) {
  for (const Version& version : versions) {
    const SourceState* state = StateOf(states, version.source_sha256);
    if (state == nullptr) continue;
    for (const Repair& repair : ReadRepairs(version.folder / "repairs.json").repairs) {
      for (const auto& cell : {repair.before, repair.after}) {
        if (!cell || repair.action != RepairAction::kCell) continue;
        for (const int64_t row : repair.rows) {
          (std::ranges::binary_search(state->chosen, row) ? texts : of_others)->insert(*cell);
        }
      }
    }
  }
}

// Marks the values that a row which stays holds, whole or as words within a longer text.
void MarkHeldByOthers(const SourceState& state, const ValueFinder& finder,
                      std::vector<uint8_t>* held) {
  const std::vector<uint8_t> chosen = IsChosen(state);
  RawSource raw(state.data);
  for (int c = 0; c < static_cast<int>(state.data.columns.size()); ++c) {
    EachCell(state, &raw, c, chosen, [&](size_t i, std::string_view text) {
      if (chosen[i] != 0) return;
      for (const ValueMatch& match : finder.FindAll(text)) (*held)[match.value] = 1;
    });
  }
}

std::vector<uint8_t> HeldByOthers(const std::vector<SourceState>& states, const Texts& of_others,
                                  const std::vector<SoughtValue>& values) {
  const ValueFinder finder(values);
  std::vector<uint8_t> held(values.size());
  for (const SourceState& state : states) MarkHeldByOthers(state, finder, &held);
  for (const std::string& text : of_others) {
    for (const ValueMatch& match : finder.FindAll(text)) held[match.value] = 1;
  }
  return held;
}

// The shortest beginning of each value that no other row's text has.
void ChooseParts(const std::vector<SourceState>& states, const Texts& of_others,
                 std::vector<SoughtValue>* values) {
  std::vector<size_t> open;
  for (size_t v = 0; v < values->size(); ++v) {
    if ((*values)[v].text.size() > kParts[0]) open.push_back(v);
  }
  for (const size_t part : kParts) {
    std::vector<SoughtValue> tried;
    std::erase_if(open, [&](size_t v) { return (*values)[v].text.size() <= part; });
    for (const size_t v : open) tried.push_back({(*values)[v].text, part});
    if (tried.empty()) return;
    const std::vector<uint8_t> held = HeldByOthers(states, of_others, tried);
    std::vector<size_t> still;
    for (size_t k = 0; k < open.size(); ++k) {
      if (held[k] != 0) {
        still.push_back(open[k]);
      } else {
        (*values)[open[k]].part = part;
      }
    }
    open = std::move(still);
  }
}

bool IsColumnName(const std::vector<SourceState>& states, const std::string& text) {
  return std::ranges::any_of(states, [&](const SourceState& state) {
    return std::ranges::any_of(state.data.columns, [&](const Column& c) { return c.name == text; });
  });
}

}  // namespace

Person DescribePerson(const std::vector<SourceState>& states, const RowCondition& condition,
                      const std::vector<Version>& versions,
                      const std::function<bool(const std::string&)>& is_word) {
  Texts texts, of_others;
  for (const SourceState& state : states) CollectCells(state, &texts);
  CollectRepaired(states, versions, &texts, &of_others);
  for (const std::string& literal : condition.Literals()) texts.insert(literal);
  Person person;
  std::vector<SoughtValue> values;
  for (const std::string& text : texts) {
    if (Trim(text).empty()) continue;
    if (text.size() < ValueFinder::kLeast || TooCommon(text) || is_word(text) ||
        IsColumnName(states, text)) {
      ++person.common;
    } else {
      values.push_back({text});
    }
  }
  const std::vector<uint8_t> held = HeldByOthers(states, of_others, values);
  for (size_t v = 0; v < values.size(); ++v) {
    if (held[v] == 0) {
      person.values.push_back(std::move(values[v]));
    } else {
      ++person.common;
    }
  }
  ChooseParts(states, of_others, &person.values);
  std::ranges::sort(person.values, [](const SoughtValue& a, const SoughtValue& b) {
    return std::pair(b.text.size(), a.text) < std::pair(a.text.size(), b.text);
  });
  return person;
}

}  // namespace bottega
