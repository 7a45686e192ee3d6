#include <algorithm>
#include <cmath>
#include <memory>

#include "base/text.h"
#include "clean/steps.h"
#include "clean/steps/categories.h"

namespace bottega {

namespace {

const Spec& OrdinalSpec() {
  static const Spec spec = {
      .kind = "step",
      .name = "ordinal",
      .one_line = "categories that have an order to the numbers 0, 1, 2, ...",
      .text =
          "`order` gives the values of a column from the lowest to the highest; values that are "
          "numbers need none; without one a column is in byte order, which is seldom an order of "
          "kinds. What is missing, not in the order or rare gets the median place of the training "
          "rows, or stays missing for `impute` behind it.",
      .params = {{.name = "order",
                  .type = ParamType::kMap,
                  .what = "column to its values, lowest first, as in {size: [S, M, L]}",
                  .fallback = Json::object()},
                 ColumnsParam(),
                 MinRowsParam(1),
                 {.name = "unknown",
                  .type = ParamType::kChoice,
                  .what = "what stands for missing and unknown values",
                  .fallback = "median",
                  .choices = {"median", "missing"}}},
      .synonyms = {"ordinal_encode", "rank"},
  };
  return spec;
}

std::vector<std::string> GivenOrder(const Json& order, const std::string& column) {
  if (!order.contains(column)) return {};
  const Json& list = order[column];
  std::vector<std::string> values;
  if (!list.is_array() || list.empty()) {
    throw Error(ErrorKind::kRecipe, "ordinal.order: '" + column + "' needs a list of values", {},
                "give them lowest first, as in {ordinal: {order: {size: [S, M, L]}}}");
  }
  for (const Json& value : list) {
    values.push_back(value.is_string() ? value.get<std::string>() : ValueText(value));
  }
  return values;
}

void SortByNumber(std::vector<std::string>* values) {
  const auto number = [](const std::string& value) { return ParseNumber(value); };
  if (!std::ranges::all_of(*values, [&](const auto& v) { return number(v).has_value(); })) return;
  std::ranges::stable_sort(*values, {}, [&](const std::string& v) { return *number(v); });
}

double MedianPlace(const TextSeries& series, int64_t rows, const std::vector<std::string>& values) {
  const CategoryIndex index(series.name, values);
  std::vector<int64_t> places;
  for (int64_t i = 0; i < rows; ++i) {
    const auto cell = series.At(i);
    const int64_t place = cell ? index.Find(*cell) : -1;
    if (place >= 0) places.push_back(place);
  }
  if (places.empty()) return static_cast<double>(values.size() - 1) / 2;
  std::ranges::sort(places);
  return static_cast<double>(places[places.size() / 2]);
}

Json Fit(const Frame& train, const Json& settings, std::vector<Refusal>* refused) {
  Json columns = Json::array();
  const Json& order = settings.at("order");
  Json wanted = settings;
  // Columns with an order need not be named again.
  for (const auto& [column, values] : order.items()) wanted["columns"].push_back(column);
  for (const TextSeries* series : CategoriesFor(train, wanted, "ordinal", refused)) {
    const CategoryCounts counts = CountCategories(*series, train.rows);
    std::vector<std::string> values = GivenOrder(order, series->name);
    if (values.empty()) {
      values = KeptCategories(counts, settings.at("min_rows").get<int64_t>(), 100'000);
      SortByNumber(&values);
    }
    std::string why = WhyNoCategories(counts, 0.5);
    if (why.empty() && values.size() < 2) why = "fewer than two values are left to be in order";
    if (!why.empty()) {
      refused->push_back({"ordinal", series->name, why});
      continue;
    }
    columns.push_back({{"column", series->name}, {"values", values}});
    if (settings.at("unknown") == "median") {
      columns.back()["unknown"] = MedianPlace(*series, train.rows, values);
    }
  }
  return {{"columns", columns}};
}

Applier Load(const Json& state) {
  struct Ranker {
    CategoryIndex index;
    double unknown;
  };
  auto rankers = std::make_shared<std::vector<std::unique_ptr<Ranker>>>();
  for (const Json& item : StateList(state, "columns")) {
    const double unknown = item.contains("unknown") ? StateNumber(item, "unknown") : std::nan("");
    rankers->push_back(std::unique_ptr<Ranker>(
        new Ranker{{StateText(item, "column"), StateTexts(item, "values")}, unknown}));
  }
  return [rankers](Frame* frame) {
    for (const auto& ranker : *rankers) {
      const TextSeries series = frame->TakeText(ranker->index.column());
      NumberSeries out{.name = series.name, .column = series.name};
      for (int64_t i = 0; i < frame->rows; ++i) {
        const auto cell = series.At(i);
        const int64_t place = cell ? ranker->index.Find(*cell) : -1;
        out.values.push_back(place < 0 ? ranker->unknown : static_cast<double>(place));
      }
      frame->numbers.push_back(std::move(out));
    }
  };
}

}  // namespace

const Step kOrdinalStep = {OrdinalSpec, Fit, Load};

}  // namespace bottega
