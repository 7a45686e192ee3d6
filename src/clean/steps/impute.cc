#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>

#include "clean/steps.h"
#include "clean/steps/impute_rows.h"

namespace bottega {

namespace {

// Parameters of one method have no effect with the others.
std::vector<IgnoredWhen> IgnoredWithout() {
  const std::vector<std::pair<std::string, std::string>> of_method = {{"constant", "constant"},
                                                                      {"neighbors", "knn"},
                                                                      {"donors", "knn"},
                                                                      {"rounds", "iterative"},
                                                                      {"penalty", "iterative"}};
  std::vector<IgnoredWhen> ignored;
  for (const auto& [param, method] : of_method) {
    for (const char* other : {"median", "mean", "most_frequent", "constant", "knn", "iterative"}) {
      if (other != method) ignored.push_back({param, "numbers", other});
    }
  }
  return ignored;
}

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
            .what =
                "what fills numbers: the training rows' median, mean, most frequent value "
                "(the smallest of several), `constant`, the mean of the rows that are nearest in "
                "the other numbers (knn), or regressions on the other numbers, round by round "
                "(iterative)",
            .fallback = "median",
            .choices = {"median", "mean", "most_frequent", "constant", "knn", "iterative"}},
           {.name = "neighbors",
            .type = ParamType::kInt,
            .what = "rows that knn takes the mean of",
            .fallback = 5,
            .min = 1,
            .larger = "smoother fills"},
           {.name = "donors",
            .type = ParamType::kInt,
            .what = "training rows that knn compares with; they stand in plan.json",
            .fallback = 1000,
            .min = 1,
            .max = 100'000,
            .larger = "nearer neighbors, a larger plan and more time for each row"},
           {.name = "rounds",
            .type = ParamType::kInt,
            .what = "most rounds of iterative; it ends when the fills stay as they are",
            .fallback = 10,
            .min = 1,
            .max = 1000},
           {.name = "penalty",
            .type = ParamType::kFloat,
            .what = "ridge penalty of iterative, over standardized columns",
            .fallback = 1,
            .min = 0,
            .min_open = true,
            .larger = "fills nearer the mean"},
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
      .ignored = IgnoredWithout(),
      .source =
          "Little and Rubin 2002, Statistical Analysis with Missing Data; Troyanskaya et al. "
          "2001, Missing value estimation methods for DNA microarrays; van Buuren and "
          "Groothuis-Oudshoorn 2011, mice",
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
  if (method == "mean" || method == "knn" || method == "iterative") return Mean(present);
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

// The numbers of a row that say something of one another: those that are measured, with a value.
std::vector<std::string> ColumnsOfRows(const Frame& train, std::vector<Refusal>* refused) {
  std::vector<std::string> columns;
  for (const NumberSeries& series : train.numbers) {
    const bool known = std::ranges::any_of(series.values, [](double x) { return !std::isnan(x); });
    if (!series.scaled && known) columns.push_back(series.name);
  }
  if (columns.size() > kMostImputedColumns) {
    refused->push_back({"impute", "",
                        "rows have " + std::to_string(columns.size()) +
                            " numbers, the most to impute one from the others are " +
                            std::to_string(kMostImputedColumns) + ": the mean fills them"});
    columns.clear();
  }
  return columns;
}

Json RowsState(const Frame& train, const Json& settings, std::vector<Refusal>* refused) {
  const std::string method = settings.at("numbers");
  if (method != "knn" && method != "iterative") return nullptr;
  const std::vector<std::string> columns = ColumnsOfRows(train, refused);
  if (columns.size() < 2) return nullptr;
  return FitRowImputation(train, columns,
                          {.method = method,
                           .neighbors = settings.at("neighbors").get<int64_t>(),
                           .donors = settings.at("donors").get<int64_t>(),
                           .rounds = settings.at("rounds").get<int64_t>(),
                           .penalty = settings.at("penalty").get<double>()});
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
  Json state = {{"numbers", numbers}, {"texts", texts}};
  if (Json rows = RowsState(train, settings, refused); !rows.is_null()) {
    state["rows"] = std::move(rows);
  }
  return state;
}

struct Fill {
  std::string column;
  double value = 0;
  bool indicator = false;
};

NumberSeries& SeriesOf(const Fill& fill, Frame* frame) {
  const int index = frame->FindNumber(fill.column);
  if (index < 0) throw Error(ErrorKind::kInternal, "no number series '" + fill.column + "'");
  return frame->numbers[static_cast<size_t>(index)];
}

// `rows` may be null.
void FillNumbers(const std::vector<Fill>& fills, const RowImputer* rows, Frame* frame) {
  std::vector<NumberSeries> indicators;
  for (const Fill& fill : fills) {
    if (!fill.indicator) continue;
    const NumberSeries& series = SeriesOf(fill, frame);
    NumberSeries gap{.name = series.name + ":missing", .column = series.column, .scaled = true};
    for (const double x : series.values) gap.values.push_back(std::isnan(x) ? 1 : 0);
    indicators.push_back(std::move(gap));
  }
  if (rows != nullptr) rows->Fill(frame);
  for (const Fill& fill : fills) {
    for (double& x : SeriesOf(fill, frame).values) {
      if (std::isnan(x)) x = fill.value;
    }
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
  std::shared_ptr<const RowImputer> rows;
  if (state.contains("rows")) rows = LoadRowImputation(state["rows"]);
  return [fills, texts, rows](Frame* frame) {
    FillNumbers(fills, rows.get(), frame);
    for (const auto& [column, value] : texts) {
      if (TextSeries* series = frame->FindText(column)) series->fill = value;
    }
  };
}

}  // namespace

const Step kImputeStep = {ImputeSpec, Fit, Load};

}  // namespace bottega
