#include <memory>

#include "base/text.h"
#include "clean/steps.h"
#include "clean/steps/categories.h"
#include "clean/steps/rare_values.h"

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
          "once is refused: its codes would name rows, not kinds of rows. plan.json names no rare "
          "value: it keeps salted hashes, so that new values can be told from rare ones.",
      .params = {ColumnsParam(),
                 MinRowsParam(5),
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
      .synonyms = {"label_encode", "embedding"},
      .source = "Guo and Berkhahn 2016, Entity Embeddings of Categorical Variables",
  };
  return spec;
}

Json Fit(const Frame& train, const Json& settings, std::vector<Refusal>* refused) {
  Json columns = Json::array();
  const auto min_rows = settings.at("min_rows").get<int64_t>();
  for (const TextSeries* series : CategoriesFor(train, settings, "encode", refused)) {
    const CategoryCounts counts = CountCategories(*series, train.rows);
    const std::vector<std::string> kept =
        KeptCategories(counts, min_rows, settings.at("max_values").get<size_t>());
    std::string why = WhyNoCategories(counts, settings.at("max_distinct").get<double>());
    if (why.empty() && kept.empty() && counts.missing < min_rows) {
      why = "no value occurs in " + FormatCount(min_rows) + " training rows";
    }
    if (!why.empty()) {
      refused->push_back({"encode", series->name, why});
      continue;
    }
    columns.push_back(
        {{"column", series->name}, {"values", kept}, {"missing", counts.missing >= min_rows}});
    KeepRareHashes(counts, kept, &columns.back());
  }
  return {{"columns", columns}};
}

struct Coder {
  Coder(std::string column, std::vector<std::string> values, bool with_missing)
      : index(std::move(column), std::move(values)), missing(with_missing) {}

  CategoryIndex index;
  bool missing = false;

  int32_t MissingCode() const { return missing ? static_cast<int32_t>(index.size()) + 1 : 0; }
  CodeSeries Code(const TextSeries& series, int64_t rows) const;
};

CodeSeries Coder::Code(const TextSeries& series, int64_t rows) const {
  CodeSeries out{.name = index.column(),
                 .cardinality = static_cast<int32_t>(index.size()) + 1 + (missing ? 1 : 0)};
  out.values.resize(static_cast<size_t>(rows));
  // Neighbouring cells are often equal: look up again only what changed.
  std::optional<std::string_view> last;
  int32_t last_code = MissingCode();
  for (int64_t i = 0; i < rows; ++i) {
    const auto cell = series.At(i);
    if (cell != last) {
      last = cell;
      last_code = cell ? static_cast<int32_t>(index.Find(*cell)) + 1 : MissingCode();
    }
    out.values[static_cast<size_t>(i)] = last_code;
  }
  return out;
}

Applier Load(const Json& state) {
  auto coders = std::make_shared<std::vector<std::unique_ptr<Coder>>>();
  for (const Json& item : StateList(state, "columns")) {
    coders->push_back(std::make_unique<Coder>(StateText(item, "column"), StateTexts(item, "values"),
                                              StateBool(item, "missing")));
    if (item.contains("rare_sha256")) RareValues{item};
  }
  return [coders](Frame* frame) {
    for (const auto& coder : *coders) {
      frame->codes.push_back(coder->Code(frame->TakeText(coder->index.column()), frame->rows));
    }
  };
}

}  // namespace

const Step kEncodeStep = {EncodeSpec, Fit, Load};

}  // namespace bottega
