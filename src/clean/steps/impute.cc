#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <unordered_map>

#include "clean/steps.h"

namespace bottega {

namespace {

const Spec& ImputeSpec() {
  static const Spec spec = {
      .kind = "step",
      .name = "impute",
      .one_line = "put a value where one is missing, learned from the training rows",
      .text =
          "A number column that misses values in the training rows also gets a column "
          "`NAME:missing` of 0 and 1, so that the model can tell a filled cell from a real "
          "one. A column whose training rows hold no value at all is refused.",
      .params =
          {{.name = "numbers",
            .type = ParamType::kChoice,
            .what = "what fills numbers: the training rows' median, mean, most frequent value "
                    "(the smallest of several), or `constant`",
            .fallback = "median",
            .choices = {"median", "mean", "most_frequent", "constant"}},
           {.name = "constant",
            .type = ParamType::kFloat,
            .what = "the number that fills when `numbers` is constant",
            .fallback = 0},
           {.name = "indicator",
            .type = ParamType::kBool,
            .what = "add a 0/1 column for each number column that misses training values",
            .fallback = true},
           {.name = "categories",
            .type = ParamType::kChoice,
            .what = "what fills categories: nothing (`own`: missing is a category of its own), or "
                    "the most frequent (the first in byte order of several)",
            .fallback = "own",
            .choices = {"own", "most_frequent"}}},
      .synonyms = {"fill", "imputer"},
      .ignored = {{"constant", "numbers", "median"},
                  {"constant", "numbers", "mean"},
                  {"constant", "numbers", "most_frequent"}},
      .source = "Little and Rubin 2002, Statistical Analysis with Missing Data",
  };
  return spec;
}

double Median(std::vector<double> values) {
  const size_t middle = values.size() / 2;
  std::nth_element(values.begin(), values.begin() + static_cast<int64_t>(middle), values.end());
  if (values.size() % 2 == 1) return values[middle];
  const double below =
      *std::max_element(values.begin(), values.begin() + static_cast<int64_t>(middle));
  return below + (values[middle] - below) / 2;
}

double Mean(const std::vector<double>& values) {
  double mean = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    mean += (values[i] - mean) / static_cast<double>(i + 1);
  }
  return mean;
}

double MostFrequent(const std::vector<double>& values) {
  std::map<double, int64_t> counts;
  for (double value : values) ++counts[value];
  const auto best = std::ranges::max_element(
      counts, [](const auto& a, const auto& b) { return a.second < b.second; });
  return best->first;
}

double FillOf(const std::vector<double>& present, const Json& settings) {
  const std::string method = settings.at("numbers");
  if (method == "constant") return settings.at("constant").get<double>();
  if (method == "mean") return Mean(present);
  if (method == "most_frequent") return MostFrequent(present);
  return Median(present);
}

std::optional<std::string> MostFrequent(const TextSeries& series, int64_t rows) {
  std::map<std::string_view, int64_t> counts;
  for (int64_t i = 0; i < rows; ++i) {
    if (const auto cell = series.At(i)) ++counts[*cell];
  }
  if (counts.empty()) return std::nullopt;
  const auto best = std::ranges::max_element(
      counts, [](const auto& a, const auto& b) { return a.second < b.second; });
  return std::string(best->first);
}

Json Fit(const Frame& train, const Json& settings, std::vector<Refusal>* refused) {
  Json numbers = Json::array(), texts = Json::array();
  for (const NumberSeries& series : train.numbers) {
    const std::vector<double> present = series.Known();
    if (present.empty() && settings.at("numbers") != "constant") {
      refused->push_back({"impute", series.name, "the training rows hold no value"});
      continue;
    }
    const bool gaps = present.size() < series.values.size();
    numbers.push_back({{"column", series.name},
                       {"value", FillOf(present, settings)},
                       {"indicator", gaps && settings.at("indicator").get<bool>()}});
  }
  for (const TextSeries& series : train.texts) {
    if (settings.at("categories") != "most_frequent" || series.type == FeatureType::kText) continue;
    if (const auto value = MostFrequent(series, train.rows)) {
      texts.push_back({{"column", series.name}, {"value", *value}});
    }
  }
  return {{"numbers", numbers}, {"texts", texts}};
}

struct Fill {
  std::string column;
  double value = 0;
  bool indicator = false;
};

void FillNumbers(const std::vector<Fill>& fills, Frame* frame) {
  std::vector<NumberSeries> indicators;
  for (const Fill& fill : fills) {
    const int index = frame->FindNumber(fill.column);
    if (index < 0) throw Error(ErrorKind::kInternal, "no number series '" + fill.column + "'");
    NumberSeries& series = frame->numbers[static_cast<size_t>(index)];
    NumberSeries gap{.name = fill.column + ":missing", .scaled = true};
    if (fill.indicator) gap.values.resize(series.values.size());
    for (size_t i = 0; i < series.values.size(); ++i) {
      const bool missing = std::isnan(series.values[i]);
      if (fill.indicator) gap.values[i] = missing ? 1 : 0;
      if (missing) series.values[i] = fill.value;
    }
    if (fill.indicator) indicators.push_back(std::move(gap));
  }
  for (NumberSeries& gap : indicators) frame->numbers.push_back(std::move(gap));
}

Applier Load(const Json& state) {
  std::vector<Fill> fills;
  for (const Json& item : StateList(state, "numbers")) {
    fills.push_back(
        {StateText(item, "column"), StateNumber(item, "value"), StateBool(item, "indicator")});
  }
  std::vector<std::pair<std::string, std::string>> texts;
  for (const Json& item : StateList(state, "texts")) {
    texts.emplace_back(StateText(item, "column"), StateText(item, "value"));
  }
  return [fills, texts](Frame* frame) {
    FillNumbers(fills, frame);
    for (const auto& [column, value] : texts) {
      if (TextSeries* series = frame->FindText(column)) series->fill = value;
    }
  };
}

}  // namespace

const Step kImputeStep = {ImputeSpec, Fit, Load};

}  // namespace bottega
