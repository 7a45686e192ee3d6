#include "audit/annotations.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <unordered_set>

#include "audit/groups.h"
#include "base/text.h"
#include "data/infer/names.h"

namespace bottega {
namespace {

constexpr int64_t kMostLabels = 50;         // distinct values of a column that may hold labels
constexpr int64_t kMostAnnotators = 2'000;  // their confusion tables must fit into memory

constexpr std::string_view kAnnotatorWords[] = {
    "annotator", "annotater",   "annotateur", "rater",    "coder",
    "labeler",   "labeller",    "assessor",   "grader",   "worker",
    "turker",    "crowdworker", "judge",      "reviewer", "expert"};
// Those at the end say who gave an opinion in other tables too: they name columns, not a column.
constexpr size_t kOpinions = 3;
constexpr std::string_view kOtherWords[] = {"id",   "name",    "age",     "count", "number",
                                            "note", "notes",   "comment", "time",  "date",
                                            "sex",  "country", "gender",  "email", "seconds"};
constexpr std::string_view kItemWords[] = {
    "item", "task",     "row",      "sample",   "unit",    "image",  "text",     "doc",
    "hit",  "document", "question", "sentence", "example", "record", "instance", "id"};

// "annotator_1" and "rater2" have the words annotator and rater.
std::vector<std::string> WordsOf(const std::string& name) {
  std::vector<std::string> words = NameWords(name);
  for (std::string& word : words) {
    while (!word.empty() && IsDigit(word.back())) word.pop_back();
  }
  return words;
}

// Whether one of `words` is among `wanted`, its last `but` left out; plural or not.
template <size_t N>
bool HasAny(const std::vector<std::string>& words, const std::string_view (&wanted)[N],
            size_t but = 0) {
  return std::ranges::any_of(words, [&](const std::string& word) {
    return std::any_of(wanted, wanted + N - but, [&](std::string_view w) {
      return word == w ||
             (word.size() == w.size() + 1 && word.back() == 's' && word.starts_with(w));
    });
  });
}

bool CouldBeLabels(const AuditContext& context, int column) {
  const FeatureType type = context.data.columns[static_cast<size_t>(column)].type;
  if (type == FeatureType::kDate || type == FeatureType::kPicture) return false;
  const int64_t distinct = context.shared.CellsOfColumn(column).distinct();
  return distinct >= 1 && distinct <= kMostLabels;
}

std::set<std::string> ValuesOf(const AuditContext& context, int column) {
  const std::vector<std::string>& values = context.shared.CodesOfColumn(column).values;
  return {values.begin(), values.end()};
}

// Those of `columns` whose values mostly occur in the others too.
std::vector<int> WithSharedValues(const AuditContext& context, const std::vector<int>& columns) {
  std::map<std::string, int> in_columns;
  for (const int column : columns) {
    for (const std::string& value : ValuesOf(context, column)) ++in_columns[value];
  }
  std::vector<int> out;
  for (const int column : columns) {
    const std::set<std::string> values = ValuesOf(context, column);
    const int64_t shared = std::ranges::count_if(
        values, [&](const std::string& value) { return in_columns[value] > 1; });
    if (shared * 2 > static_cast<int64_t>(values.size())) out.push_back(column);
  }
  return out;
}

std::vector<int> WideColumns(const AuditContext& context) {
  std::vector<int> named;
  const std::vector<Column>& columns = context.data.columns;
  for (size_t c = 0; c < columns.size(); ++c) {
    if (columns[c].role == Role::kTarget) continue;
    const std::vector<std::string> words = WordsOf(columns[c].name);
    if (HasAny(words, kAnnotatorWords) && !HasAny(words, kOtherWords) &&
        CouldBeLabels(context, static_cast<int>(c))) {
      named.push_back(static_cast<int>(c));
    }
  }
  named = WithSharedValues(context, named);
  return named.size() >= 2 ? named : std::vector<int>();
}

// Values in order: numbers by size, others by bytes; the scale that fits them.
void OrderValues(const std::set<std::string>& values, const std::string& scale, Annotations* out) {
  out->values.assign(values.begin(), values.end());
  std::map<std::string, double> number;
  for (const std::string& value : values) {
    const auto parsed = ParseNumber(value);
    if (parsed && std::isfinite(*parsed)) number[value] = *parsed;
  }
  const bool numbers = number.size() == values.size();
  if (numbers) std::ranges::sort(out->values, {}, [&](const std::string& v) { return number[v]; });
  bool whole = numbers;
  for (size_t v = 0; v < out->values.size(); ++v) {
    const double value = numbers ? number[out->values[v]] : static_cast<double>(v);
    out->ratings.number.push_back(value);
    whole &= value == std::floor(value);
  }
  out->ratings.values = static_cast<int64_t>(values.size());
  using Scale = AgreementScale;
  if (scale == "auto") {
    out->scale = !numbers || values.size() < 3  ? Scale::kNominal
                 : whole && values.size() <= 11 ? Scale::kOrdinal
                                                : Scale::kInterval;
  } else {
    out->scale = scale == "nominal"   ? Scale::kNominal
                 : scale == "ordinal" ? Scale::kOrdinal
                                      : Scale::kInterval;
  }
}

// Per code of the column its code among `values`, -1 where it is none.
std::vector<int32_t> Recode(const Codes& codes, const std::vector<std::string>& values) {
  std::map<std::string, int32_t> at;
  for (size_t v = 0; v < values.size(); ++v) at[values[v]] = static_cast<int32_t>(v);
  std::vector<int32_t> out;
  for (const std::string& value : codes.values) {
    const auto found = at.find(value);
    out.push_back(found == at.end() ? -1 : found->second);
  }
  return out;
}

int32_t At(const std::vector<int32_t>& recoded, int32_t code) {
  return code < 0 ? -1 : recoded[static_cast<size_t>(code)];
}

void FillWide(const AuditContext& context, const std::vector<int>& columns,
              const std::string& scale, Annotations* out) {
  std::set<std::string> values;
  for (const int column : columns) values.merge(ValuesOf(context, column));
  OrderValues(values, scale, out);
  const size_t n = static_cast<size_t>(context.data.size());
  std::vector<std::vector<int32_t>> recoded;
  for (const int column : columns) {
    recoded.push_back(Recode(context.shared.CodesOfColumn(column), out->values));
    out->annotators.push_back(context.data.columns[static_cast<size_t>(column)].name);
  }
  for (size_t i = 0; i < n; ++i) {
    for (size_t a = 0; a < columns.size(); ++a) {
      const int32_t value = At(recoded[a], context.shared.CodesOfColumn(columns[a]).code[i]);
      if (value < 0) continue;
      out->ratings.ratings.push_back({static_cast<int32_t>(i), static_cast<int32_t>(a), value});
    }
  }
  out->item.resize(n);
  std::iota(out->item.begin(), out->item.end(), 0);
  out->ratings.items = static_cast<int64_t>(n);
  out->ratings.annotators = static_cast<int64_t>(columns.size());
  out->own.assign(n, -1);
  const int target = TargetIndex(context.data);
  if (target < 0 || std::ranges::count(columns, target) > 0) return;
  const Codes& own = context.shared.CodesOfColumn(target);
  const std::vector<int32_t> same = Recode(own, out->values);
  for (size_t i = 0; i < n; ++i) out->own[i] = At(same, own.code[i]);
}

// Ratings by item; false where an item has an annotator twice in more than 5 % of the rows, or too
// few items have two annotators.
bool FillLong(const AuditContext& context, int annotator, int item, int label,
              const std::string& scale, Annotations* out) {
  const Codes& who = context.shared.CodesOfColumn(annotator);
  const Codes& what = context.shared.CodesOfColumn(item);
  const Codes& said = context.shared.CodesOfColumn(label);
  *out = {.annotators = who.values, .wide = false};
  OrderValues({said.values.begin(), said.values.end()}, scale, out);
  const std::vector<int32_t> recoded = Recode(said, out->values);
  std::unordered_set<uint64_t> seen;
  int64_t twice = 0;
  std::vector<int32_t> per_item(what.values.size());
  out->item = what.code;
  out->own.assign(what.code.size(), -1);
  for (size_t i = 0; i < what.code.size(); ++i) {
    const int32_t value = At(recoded, said.code[i]);
    if (what.code[i] < 0 || who.code[i] < 0 || value < 0) continue;
    const uint64_t key =
        static_cast<uint64_t>(what.code[i]) << 32U | static_cast<uint32_t>(who.code[i]);
    out->own[i] = value;
    if (!seen.insert(key).second) {
      ++twice;
      continue;
    }
    ++per_item[static_cast<size_t>(what.code[i])];
    out->ratings.ratings.push_back({what.code[i], who.code[i], value});
  }
  std::ranges::stable_sort(out->ratings.ratings, {}, &Rating::item);
  out->ratings.items = static_cast<int64_t>(what.values.size());
  out->ratings.annotators = static_cast<int64_t>(who.values.size());
  const int64_t several = std::ranges::count_if(per_item, [](int32_t n) { return n > 1; });
  const int64_t rated = std::ranges::count_if(per_item, [](int32_t n) { return n > 0; });
  return twice * 20 <= static_cast<int64_t>(seen.size()) && several * 3 >= rated && several > 1;
}

int AnnotatorColumn(const AuditContext& context) {
  for (size_t c = 0; c < context.data.columns.size(); ++c) {
    const Column& column = context.data.columns[c];
    const int index = static_cast<int>(c);
    if (column.role == Role::kTarget || column.type == FeatureType::kPicture ||
        !HasAny(WordsOf(column.name), kAnnotatorWords, kOpinions)) {
      continue;
    }
    const int64_t distinct = context.shared.CellsOfColumn(index).distinct();
    if (distinct >= 2 && distinct <= kMostAnnotators) return index;
  }
  return -1;
}

std::vector<int> ItemCandidates(const AuditContext& context, int annotator, int label) {
  std::vector<int> candidates;
  for (size_t c = 0; c < context.data.columns.size(); ++c) {
    const Column& column = context.data.columns[c];
    const int index = static_cast<int>(c);
    const bool named = HasAny(WordsOf(column.name), kItemWords) ||
                       column.type == FeatureType::kIdentifier ||
                       column.type == FeatureType::kPicture || column.role == Role::kGroup;
    if (index != annotator && index != label && named &&
        !HasAny(WordsOf(column.name), kAnnotatorWords)) {
      candidates.push_back(index);
    }
  }
  return candidates;
}

Annotations FindLong(const AuditContext& context, const Json& settings) {
  const auto named = [&](const char* key) {
    const Json& name = settings.at(key);
    return name.is_null() ? -1
                          : NamedColumn(context.data, name.get<std::string>(),
                                        std::string("annotator_agreement.") + key);
  };
  int annotator = named("annotator"), label = named("label");
  const int item = named("item");
  const std::string scale = settings.at("scale").get<std::string>();
  if (annotator < 0) annotator = AnnotatorColumn(context);
  if (label < 0) label = TargetIndex(context.data);
  Annotations out;
  if (annotator < 0 || label < 0 || label == annotator || !CouldBeLabels(context, label)) {
    out.why_not =
        "no columns hold labels of several annotators (annotator_agreement: {columns: "
        "[...]} or {annotator: ..., item: ...} under audit.adjust)";
    return out;
  }
  for (const int candidate :
       item >= 0 ? std::vector<int>{item} : ItemCandidates(context, annotator, label)) {
    const bool plausible = FillLong(context, annotator, candidate, label, scale, &out);
    if (!plausible && item < 0) continue;
    out.label_column = context.data.columns[static_cast<size_t>(label)].name;
    return out;
  }
  out = {};
  out.why_not =
      "no column names the items that annotators share (annotator_agreement: {item: "
      "...} under audit.adjust)";
  return out;
}

}  // namespace

Annotations FindAnnotations(const AuditContext& context) {
  const Json& settings = context.settings;
  std::vector<int> wide;
  for (const Json& name : settings.at("columns")) {
    wide.push_back(
        NamedColumn(context.data, name.get<std::string>(), "annotator_agreement.columns"));
  }
  if (wide.size() == 1) {
    throw Error(ErrorKind::kRecipe, "annotator_agreement.columns names one column only",
                {.file = context.data.source.filename().string()},
                "name the columns of at least two annotators");
  }
  if (wide.empty() && settings.at("annotator").is_null()) wide = WideColumns(context);
  if (wide.empty()) return FindLong(context, settings);
  Annotations out;
  FillWide(context, wide, settings.at("scale").get<std::string>(), &out);
  if (out.ratings.values > 1000) out.why_not = "the annotators gave over 1,000 different labels";
  return out;
}

}  // namespace bottega
