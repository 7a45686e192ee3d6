#include "audit/nuisance.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

#include "audit/groups.h"
#include "base/text.h"
#include "data/infer/names.h"

namespace bottega {
namespace {

constexpr int64_t kMostSources = 200;
constexpr size_t kMostSourceColumns = 4;
constexpr size_t kMostCodes = 50;

constexpr std::string_view kSourceWords[] = {
    "source",      "site",       "hospital", "clinic",     "center",  "centre",
    "vendor",      "supplier",   "batch",    "device",     "scanner", "camera",
    "sensor",      "instrument", "lab",      "laboratory", "dataset", "collector",
    "interviewer", "operator",   "provider", "facility",   "quelle",  "fuente"};
constexpr std::string_view kAsideWords[] = {"id", "name", "code", "key",   "no",
                                            "nr", "type", "data", "model", "number"};
constexpr std::string_view kFileWords[] = {"file",  "filename", "filepath", "path",
                                           "image", "img",      "picture",  "photo"};
constexpr std::string_view kFilePropertyWords[] = {
    "name",    "size",  "width", "height",   "format",   "extension", "resolution",
    "quality", "bytes", "path",  "filename", "filepath", "file"};

template <size_t N>
bool IsOneOf(const std::string& word, const std::string_view (&words)[N]) {
  return std::ranges::find(words, word) != std::end(words);
}

bool NamesSource(const std::string& name) {
  std::vector<std::string> words = NameWords(name);
  std::erase_if(words, [](const std::string& word) { return IsOneOf(word, kAsideWords); });
  return words.size() == 1 && IsOneOf(words[0], kSourceWords);
}

bool NamesFile(const std::string& name) {
  const std::vector<std::string> words = NameWords(name);
  if (words.empty() || words.size() > 2 || !IsOneOf(words[0], kFileWords)) return false;
  return IsOneOf(words.back(), kFilePropertyWords);
}

bool IsUsable(const AuditContext& context, int column) {
  const Column& described = context.data.columns[static_cast<size_t>(column)];
  return described.role != Role::kTarget && described.role != Role::kPart &&
         described.role != Role::kWeight && described.type != FeatureType::kPicture;
}

// Groups by a function of each distinct value; nullopt leaves it without a group.
template <class Derive>
NuisanceGroups Derived(const Codes& codes, const std::string& of, const Derive& derive) {
  NuisanceGroups out{.of = of};
  std::map<std::string, int32_t> seen;
  std::vector<int32_t> of_code;
  for (const std::string& value : codes.values) {
    const std::optional<std::string> derived = derive(value);
    if (!derived) {
      of_code.push_back(-1);
      continue;
    }
    of_code.push_back(seen.emplace(*derived, static_cast<int32_t>(seen.size())).first->second);
  }
  out.names.resize(seen.size());
  for (const auto& [name, code] : seen) out.names[static_cast<size_t>(code)] = name;
  for (const int32_t code : codes.code) {
    out.code.push_back(code < 0 ? -1 : of_code[static_cast<size_t>(code)]);
  }
  return out;
}

bool HasFewGroups(const NuisanceGroups& groups, int64_t rows) {
  const int64_t n = static_cast<int64_t>(groups.names.size());
  const int64_t filled = rows - std::ranges::count(groups.code, -1);
  return n >= 2 && n <= 1000 && n * 5 <= rows && filled * 2 >= rows;
}

// Ten ranges of about equal size of the numbers in the texts.
std::optional<NuisanceGroups> NumberRanges(const Codes& codes) {
  std::vector<double> number;
  for (const std::string& value : codes.values) {
    const auto begin = std::find_if(value.begin(), value.end(), IsDigit);
    const auto end = std::find_if_not(begin, value.end(), IsDigit);
    number.push_back(ParseNumber(std::string(begin, end)).value_or(std::nan("")));
  }
  std::vector<double> rows;
  for (const int32_t code : codes.code) {
    if (code >= 0 && std::isfinite(number[static_cast<size_t>(code)])) {
      rows.push_back(number[static_cast<size_t>(code)]);
    }
  }
  if (rows.size() * 10 < codes.code.size() * 9) return std::nullopt;
  std::ranges::sort(rows);
  std::vector<double> upper;
  for (size_t r = 1; r <= 10; ++r) {
    const double end = rows[rows.size() * r / 10 - 1];
    if (upper.empty() || end > upper.back()) upper.push_back(end);
  }
  NuisanceGroups out{.of = "number"};
  for (const double end : upper) out.names.push_back("up to " + FormatNumber(end, 8));
  for (const int32_t code : codes.code) {
    const double value = code < 0 ? std::nan("") : number[static_cast<size_t>(code)];
    out.code.push_back(
        std::isfinite(value)
            ? static_cast<int32_t>(std::ranges::lower_bound(upper, value) - upper.begin())
            : -1);
  }
  return out;
}

}  // namespace

std::vector<int> SourceColumns(const AuditContext& context) {
  std::vector<int> out;
  for (size_t c = 0; c < context.data.columns.size() && out.size() < kMostSourceColumns; ++c) {
    const int column = static_cast<int>(c);
    const FeatureType type = context.data.columns[c].type;
    if (!IsUsable(context, column) || type == FeatureType::kDate ||
        !NamesSource(context.data.columns[c].name)) {
      continue;
    }
    const int64_t distinct = context.shared.CellsOfColumn(column).distinct();
    if (distinct >= 2 && distinct <= kMostSources) out.push_back(column);
  }
  return out;
}

std::vector<int> NuisanceColumns(const AuditContext& context) {
  std::vector<int> out = SourceColumns(context);
  for (size_t c = 0; c < context.data.columns.size(); ++c) {
    const int column = static_cast<int>(c);
    const Column& described = context.data.columns[c];
    const bool nuisance = NamesFile(described.name) || described.type == FeatureType::kIdentifier;
    if (nuisance && IsUsable(context, column) && std::ranges::count(out, column) == 0) {
      out.push_back(column);
    }
  }
  return out;
}

std::vector<NuisanceGroups> GroupsOfNuisance(const AuditContext& context, int column) {
  const FeatureType type = context.data.columns[static_cast<size_t>(column)].type;
  const int64_t rows = context.data.size();
  if (type == FeatureType::kNumber || type == FeatureType::kDate) {
    const ValueGroups& groups = context.shared.GroupsOfColumn(column);
    return {{"", groups.names, groups.code}};
  }
  const Codes& codes = context.shared.CodesOfColumn(column);
  NuisanceGroups whole{"", codes.values, codes.code};
  if (HasFewGroups(whole, rows)) return {std::move(whole)};
  const auto beginning = [](const std::string& value) -> std::optional<std::string> {
    const std::string file = value.substr(value.find_last_of("/\\") + 1);
    return file.substr(0, static_cast<size_t>(std::ranges::find_if(file, IsDigit) - file.begin()));
  };
  const auto folder = [](const std::string& value) -> std::optional<std::string> {
    const size_t slash = value.find_last_of("/\\");
    return slash == std::string::npos ? std::string() : value.substr(0, slash);
  };
  const auto ending = [](const std::string& value) -> std::optional<std::string> {
    const size_t dot = value.rfind('.');
    const bool short_word =
        dot != std::string::npos && value.size() - dot <= 6 &&
        std::all_of(value.begin() + static_cast<std::ptrdiff_t>(dot) + 1, value.end(), [](char c) {
          return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        });
    return short_word ? std::optional(LowerAscii(value.substr(dot))) : std::nullopt;
  };
  std::vector<NuisanceGroups> out;
  for (NuisanceGroups& groups :
       std::vector{Derived(codes, "beginning", beginning), Derived(codes, "folder", folder),
                   Derived(codes, "ending", ending)}) {
    if (HasFewGroups(groups, rows)) out.push_back(std::move(groups));
  }
  if (std::optional<NuisanceGroups> ranges = NumberRanges(codes);
      ranges && HasFewGroups(*ranges, rows)) {
    out.push_back(std::move(*ranges));
  }
  return out;
}

TargetClasses ClassesOfTarget(const AuditContext& context) {
  const int target = TargetIndex(context.data);
  if (target < 0) return {};
  if (IsClassTarget(context.data)) {
    const Codes& codes = context.shared.CodesOfColumn(target);
    return {codes.values, codes.code};
  }
  const ValueGroups& groups = context.shared.GroupsOfColumn(target);
  return {groups.names, groups.code};
}

Estimate LabelAssociation(const AuditContext& context, const NuisanceGroups& groups,
                          const TargetClasses& classes) {
  std::vector<int64_t> count(groups.names.size());
  for (const int32_t code : groups.code) {
    if (code >= 0) ++count[static_cast<size_t>(code)];
  }
  std::vector<int32_t> order(count.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, std::greater<>(),
                           [&](int32_t c) { return count[static_cast<size_t>(c)]; });
  std::vector<int32_t> rank(order.size());
  for (size_t i = 0; i < order.size(); ++i) {
    rank[static_cast<size_t>(order[i])] = static_cast<int32_t>(std::min(i, kMostCodes - 1));
  }
  std::vector<int32_t> code = groups.code;
  for (int32_t& c : code) {
    if (c >= 0) c = rank[static_cast<size_t>(c)];
  }
  const int64_t size = static_cast<int64_t>(std::min(order.size(), kMostCodes));
  return CramersVInterval(
      CountPairs(code, size, classes.code, static_cast<int64_t>(classes.names.size())),
      context.level, context.seed);
}

}  // namespace bottega
