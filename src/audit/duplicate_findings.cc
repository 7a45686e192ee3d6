#include "audit/duplicate_findings.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace bottega {

std::vector<DuplicateGroup> GroupsOfKind(const Duplicates& duplicates, bool exact) {
  std::vector<DuplicatePair> pairs;
  for (const DuplicatePair& pair : duplicates.pairs) {
    if (pair.exact == exact) pairs.push_back(pair);
  }
  const std::vector<int64_t> root = GroupsOf(static_cast<int64_t>(duplicates.group.size()), pairs);
  std::map<int64_t, DuplicateGroup> groups;
  for (const DuplicatePair& pair : pairs) {
    DuplicateGroup& group = groups[root[static_cast<size_t>(pair.first)]];
    group.rows.push_back(pair.first);
    group.rows.push_back(pair.second);
    group.similarity = std::min(group.similarity, pair.similarity);
    group.bits = std::max(group.bits, pair.bits);
  }
  std::vector<DuplicateGroup> out;
  for (auto& [first, group] : groups) {
    std::ranges::sort(group.rows);
    const auto repeated = std::ranges::unique(group.rows);
    group.rows.erase(repeated.begin(), repeated.end());
    out.push_back(std::move(group));
  }
  return out;
}

std::string NameRow(const Dataset& data, int64_t position) {
  const Place place = PlaceOf(data, position);
  const bool file = data.HasPictures() && place.file != data.source.filename().string();
  return file ? place.file : "row " + std::to_string(place.row);
}

std::string NameRows(const Dataset& data, const std::vector<int64_t>& positions, size_t most) {
  std::string out;
  const size_t named = positions.size() <= most + 1 ? positions.size() : most;
  for (size_t i = 0; i < named; ++i) {
    if (i > 0) out += i + 1 == positions.size() ? " and " : ", ";
    out += NameRow(data, positions[i]);
  }
  if (named < positions.size()) {
    out += " and " + FormatCount(static_cast<int64_t>(positions.size() - named)) + " more";
  }
  return out;
}

Json RecordNumbers(const Dataset& data, const std::vector<int64_t>& positions) {
  Json rows = Json::array();
  for (const int64_t position : positions) rows.push_back(data.rows[static_cast<size_t>(position)]);
  return rows;
}

std::string CountOf(const Dataset& data, int64_t n) {
  const std::string unit = data.HasPictures() ? "picture" : "row";
  return FormatCount(n) + " " + unit + (n == 1 ? "" : "s");
}

}  // namespace bottega
