#include "profile/row_match.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <unordered_map>

#include "base/error.h"
#include "base/hash.h"
#include "base/text.h"
#include "profile/cells.h"

namespace bottega {
namespace {

// One shared column with the same codes in both tables; -1 is missing.
struct SharedColumn {
  std::string name;
  std::vector<int32_t> before, after;
  bool unique = false;      // in both, nothing missing
  double shared_share = 0;  // of the values of the smaller table
};

std::vector<int32_t> Recode(const CellColumn& cells,
                            std::unordered_map<std::string, int32_t>* codes) {
  std::vector<int32_t> code_of(cells.count.size());
  for (size_t i = 0; i < code_of.size(); ++i) {
    const std::string text = CellText(cells, static_cast<int32_t>(i));
    code_of[i] = codes->emplace(text, static_cast<int32_t>(codes->size())).first->second;
  }
  std::vector<int32_t> recoded(cells.code.size(), -1);
  for (size_t i = 0; i < recoded.size(); ++i) {
    if (cells.code[i] >= 0) recoded[i] = code_of[static_cast<size_t>(cells.code[i])];
  }
  return recoded;
}

SharedColumn Share(const Dataset& before, const Dataset& after, const std::string& name) {
  const CellColumn a = CellsOf(before, before.Find(name)), b = CellsOf(after, after.Find(name));
  SharedColumn column{.name = name};
  std::unordered_map<std::string, int32_t> codes;
  column.before = Recode(a, &codes);
  column.after = Recode(b, &codes);
  column.unique =
      a.missing + b.missing == 0 && a.distinct() == before.size() && b.distinct() == after.size();
  const auto shared = a.distinct() + b.distinct() - static_cast<int64_t>(codes.size());
  const int64_t fewer = std::min(a.distinct(), b.distinct());
  column.shared_share = fewer == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(fewer);
  return column;
}

class Matcher {
 public:
  Matcher(const Dataset& before, const Dataset& after, const std::string& target)
      : before_(before), after_(after), target_(target) {
    for (const Column& column : before.columns) {
      if (after.Find(column.name) >= 0) columns_.push_back(Share(before, after, column.name));
    }
  }

  RowMatch Run(const std::vector<std::string>& key) {
    RowMatch match{.key = key.empty() ? FoundKey() : key};
    std::vector<int64_t> before = All(before_.size()), after = All(after_.size());
    if (!match.key.empty()) {
      Pair(Named(match.key), &before, &after, [&](int64_t a, int64_t b) { Compare(a, b, &match); });
    } else {
      std::vector<const SharedColumn*> all, features;
      for (const SharedColumn& column : columns_) {
        all.push_back(&column);
        if (column.name != target_) features.push_back(&column);
      }
      const auto compare = [&](int64_t a, int64_t b) { Compare(a, b, &match); };
      if (!all.empty()) Pair(all, &before, &after, compare);
      if (features.size() < all.size() && !features.empty())
        Pair(features, &before, &after, compare);
    }
    match.removed = std::move(before);
    match.added = std::move(after);
    return match;
  }

 private:
  static std::vector<int64_t> All(int64_t n) {
    std::vector<int64_t> all(static_cast<size_t>(n));
    for (size_t i = 0; i < all.size(); ++i) all[i] = static_cast<int64_t>(i);
    return all;
  }

  std::vector<std::string> FoundKey() const {
    for (const SharedColumn& column : columns_) {
      const FeatureType type = before_.columns[static_cast<size_t>(before_.Find(column.name))].type;
      if (type == FeatureType::kIdentifier && column.unique && column.shared_share >= 0.5) {
        return {column.name};
      }
    }
    return {};
  }

  std::vector<const SharedColumn*> Named(const std::vector<std::string>& key) const {
    std::vector<const SharedColumn*> named;
    for (const std::string& name : key) {
      const auto at = std::ranges::find(columns_, name, &SharedColumn::name);
      if (at == columns_.end()) {
        std::vector<std::string> names;
        for (const SharedColumn& column : columns_) names.push_back(column.name);
        throw Error(ErrorKind::kUsage, "the key '" + name + "' is no column of both tables", {},
                    "the columns of both are " + Join(names, ", "));
      }
      named.push_back(&*at);
    }
    return named;
  }

  static uint64_t HashOf(const std::vector<const SharedColumn*>& columns, bool after, int64_t row) {
    uint64_t hash = 0;
    for (const SharedColumn* column : columns) {
      const auto code =
          static_cast<uint32_t>((after ? column->after : column->before)[static_cast<size_t>(row)]);
      const uint64_t both[2] = {hash, code};
      hash = Xxh3({reinterpret_cast<const char*>(both), sizeof both});
    }
    return hash;
  }

  // Pairs rows that are equal in `columns`, in their order; what is left stays in the lists.
  template <class Found>
  static void Pair(const std::vector<const SharedColumn*>& columns, std::vector<int64_t>* before,
                   std::vector<int64_t>* after, Found found) {
    std::unordered_map<uint64_t, std::deque<int64_t>> waiting;
    for (const int64_t row : *before) waiting[HashOf(columns, false, row)].push_back(row);
    std::vector<int64_t> rest;
    for (const int64_t row : *after) {
      const auto at = waiting.find(HashOf(columns, true, row));
      if (at == waiting.end() || at->second.empty()) {
        rest.push_back(row);
        continue;
      }
      found(at->second.front(), row);
      at->second.pop_front();
    }
    before->clear();
    for (const auto& [hash, rows] : waiting)
      before->insert(before->end(), rows.begin(), rows.end());
    std::ranges::sort(*before);
    *after = std::move(rest);
  }

  void Compare(int64_t a, int64_t b, RowMatch* match) const {
    ChangedRow changed{a, b, {}};
    for (const SharedColumn& column : columns_) {
      if (column.before[static_cast<size_t>(a)] != column.after[static_cast<size_t>(b)]) {
        changed.columns.push_back(column.name);
      }
    }
    if (changed.columns.empty()) {
      match->same.emplace_back(a, b);
    } else {
      match->changed.push_back(std::move(changed));
    }
  }

  const Dataset& before_;
  const Dataset& after_;
  const std::string target_;
  std::vector<SharedColumn> columns_;
};

}  // namespace

RowMatch MatchRows(const Dataset& before, const Dataset& after, const std::vector<std::string>& key,
                   const std::string& target) {
  return Matcher(before, after, target).Run(key);
}

}  // namespace bottega
