#include <algorithm>
#include <map>
#include <memory>
#include <string_view>
#include <unordered_map>

#include "base/text.h"
#include "clean/steps.h"

namespace bottega {

namespace {

const Spec& EncodeSpec() {
  static const Spec spec = {
      .kind = "step",
      .name = "encode",
      .one_line = "categories to codes that a model embeds",
      .text =
          "The values of the training rows get codes 1, 2, ... in byte order; code 0 stands for "
          "values that are rare or were never seen. Missing cells, where training rows have "
          "enough of them, get the last code of their own. A column of which most values occur "
          "once is refused: its codes would name rows, not kinds of rows.",
      .params = {{.name = "min_rows",
                  .type = ParamType::kInt,
                  .what = "a value in fewer training rows is rare and gets code 0",
                  .fallback = 5,
                  .min = 1,
                  .larger = "fewer codes, rare kinds are told apart less",
                  .smaller = "codes that are learned from few rows"},
                 {.name = "max_values",
                  .type = ParamType::kInt,
                  .what = "at most so many values, the most frequent, get a code of their own",
                  .fallback = 1000,
                  .min = 1,
                  .larger = "larger embeddings"},
                 {.name = "max_distinct",
                  .type = ParamType::kFloat,
                  .what = "a column with more distinct values than this share of its training rows "
                          "is refused",
                  .fallback = 0.5,
                  .min = 0,
                  .max = 1}},
      .synonyms = {"ordinal_encode", "label_encode"},
      .source = "Guo and Berkhahn 2016, Entity Embeddings of Categorical Variables",
  };
  return spec;
}

struct Counts {
  std::map<std::string_view, int64_t> values;
  int64_t missing = 0;
};

Counts Count(const TextSeries& series, int64_t rows) {
  std::unordered_map<std::string_view, int64_t> counts;
  Counts result;
  for (int64_t i = 0; i < rows; ++i) {
    if (const auto cell = series.At(i)) {
      ++counts[*cell];
    } else {
      ++result.missing;
    }
  }
  result.values.insert(counts.begin(), counts.end());
  return result;
}

// Values with a code, in byte order: frequent enough, and among the `max_values` most frequent.
std::vector<std::string> Kept(const Counts& counts, int64_t min_rows, size_t max_values) {
  std::vector<std::pair<int64_t, std::string_view>> frequent;
  for (const auto& [value, count] : counts.values) {
    if (count >= min_rows) frequent.emplace_back(-count, value);
  }
  std::ranges::sort(frequent);
  if (frequent.size() > max_values) frequent.resize(max_values);
  std::vector<std::string> kept;
  for (const auto& [count, value] : frequent) kept.emplace_back(value);
  std::ranges::sort(kept);
  return kept;
}

// So that values without a code can be told from values that are new. Left out when there are very
// many.
void KeepRare(const Counts& counts, const std::vector<std::string>& kept, Json* column) {
  constexpr size_t kMost = 10'000;
  if (counts.values.size() > kept.size() + kMost) return;
  Json& rare = (*column)["rare"] = Json::array();
  for (const auto& [value, count] : counts.values) {
    if (!std::ranges::binary_search(kept, value)) rare.push_back(value);
  }
}

std::string WhyRefused(const Counts& counts, const std::vector<std::string>& kept, int64_t rows,
                       const Json& settings) {
  const int64_t present = rows - counts.missing;
  const auto distinct = static_cast<int64_t>(counts.values.size());
  if (present == 0) return "the training rows hold no value";
  if (distinct == 1 && counts.missing == 0) return "the training rows hold one value only";
  if (distinct > 20 && static_cast<double>(distinct) > settings.at("max_distinct").get<double>() *
                                                           static_cast<double>(present)) {
    return FormatCount(distinct) + " distinct values in " + FormatCount(present) +
           " training rows: it names rows rather than kinds of rows";
  }
  const auto min_rows = settings.at("min_rows").get<int64_t>();
  if (kept.empty() && counts.missing < min_rows) {
    return "no value occurs in " + FormatCount(min_rows) + " training rows";
  }
  return "";
}

Json Fit(const Frame& train, const Json& settings, std::vector<Refusal>* refused) {
  Json columns = Json::array();
  const auto min_rows = settings.at("min_rows").get<int64_t>();
  for (const TextSeries& series : train.texts) {
    if (series.type == FeatureType::kText) continue;
    const Counts counts = Count(series, train.rows);
    const std::vector<std::string> kept =
        Kept(counts, min_rows, settings.at("max_values").get<size_t>());
    if (const std::string why = WhyRefused(counts, kept, train.rows, settings); !why.empty()) {
      refused->push_back({"encode", series.name, why});
      continue;
    }
    columns.push_back(
        {{"column", series.name}, {"values", kept}, {"missing", counts.missing >= min_rows}});
    KeepRare(counts, kept, &columns.back());
  }
  return {{"columns", columns}};
}

// Codes of one column. Keys are views into `values`, which must not move.
struct Coder {
  std::string column;
  std::vector<std::string> values;
  bool missing = false;
  std::unordered_map<std::string_view, int32_t> codes;

  int32_t MissingCode() const { return missing ? static_cast<int32_t>(values.size()) + 1 : 0; }
  CodeSeries Code(const TextSeries& series, int64_t rows) const;
};

CodeSeries Coder::Code(const TextSeries& series, int64_t rows) const {
  CodeSeries out{.name = column,
                 .cardinality = static_cast<int32_t>(values.size()) + 1 + (missing ? 1 : 0)};
  out.values.resize(static_cast<size_t>(rows));
  // Neighbouring cells are often equal: look up again only what changed.
  std::optional<std::string_view> last;
  int32_t last_code = MissingCode();
  for (int64_t i = 0; i < rows; ++i) {
    const auto cell = series.At(i);
    if (cell != last) {
      last = cell;
      const auto found = cell ? codes.find(*cell) : codes.end();
      last_code = !cell ? MissingCode() : found == codes.end() ? 0 : found->second;
    }
    out.values[static_cast<size_t>(i)] = last_code;
  }
  return out;
}

Applier Load(const Json& state) {
  auto coders = std::make_shared<std::vector<Coder>>();
  for (const Json& item : StateList(state, "columns")) {
    coders->push_back({.column = StateText(item, "column"),
                       .values = StateTexts(item, "values"),
                       .missing = StateBool(item, "missing")});
    if (item.contains("rare")) StateTexts(item, "rare");
  }
  for (Coder& coder : *coders) {
    for (const std::string& value : coder.values) {
      coder.codes.emplace(value, static_cast<int32_t>(coder.codes.size()) + 1);
    }
    if (coder.codes.size() != coder.values.size()) {
      throw Error(ErrorKind::kData, "the state of a fitted step is damaged: a value of '" +
                                        coder.column + "' has two codes");
    }
  }
  return [coders](Frame* frame) {
    for (const Coder& coder : *coders) {
      frame->codes.push_back(coder.Code(frame->TakeText(coder.column), frame->rows));
    }
  };
}

}  // namespace

const Step kEncodeStep = {EncodeSpec, Fit, Load};

}  // namespace bottega
