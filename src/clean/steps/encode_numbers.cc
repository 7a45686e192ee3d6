#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "clean/steps.h"
#include "profile/quantiles.h"

namespace bottega {

namespace {

const Spec& EncodeNumbersSpec() {
  static const Spec spec = {
      .kind = "step",
      .name = "encode_numbers",
      .one_line = "each number as how far it fills a row of bins",
      .text =
          "Piecewise linear encoding: bin edges at quantiles of the training rows; bin t of a "
          "number x is (x - edge[t-1]) / (edge[t] - edge[t-1]) cut to 0 .. 1, so that bins "
          "below x are 1, bins above are 0. A network then learns a bent line for each column "
          "in its first layer. Put it before `scale`. Columns with fewer than three distinct "
          "values are left alone.",
      .params = {{.name = "bins",
                  .type = ParamType::kInt,
                  .what = "most bins a column (equal quantiles share one)",
                  .fallback = 16,
                  .min = 2,
                  .max = 1024,
                  .larger = "finer steps, more weights to learn"},
                 {.name = "keep",
                  .type = ParamType::kBool,
                  .what = "keep the number itself beside its bins",
                  .fallback = true}},
      .synonyms = {"piecewise_linear", "ple"},
      .source =
          "Gorishniy et al. 2022, On Embeddings for Numerical Features in Tabular Deep "
          "Learning, section 3.2",
  };
  return spec;
}

// Rising, distinct.
std::vector<double> EdgesOf(std::vector<double> values, int bins) {
  std::ranges::sort(values);
  std::vector<double> edges = EvenQuantiles(values, bins + 1);
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

Json Fit(const Frame& train, const Json& settings, std::vector<Refusal>* refused) {
  Json columns = Json::array();
  for (const NumberSeries& series : train.numbers) {
    if (series.scaled) continue;
    std::vector<double> values = series.Known();
    const std::vector<double> edges =
        values.empty() ? values : EdgesOf(std::move(values), settings.at("bins").get<int>());
    if (edges.size() < 3) {
      refused->push_back(
          {"encode_numbers", series.name, "its quantiles are equal: bins would tell nothing"});
      continue;
    }
    columns.push_back({{"column", series.name}, {"edges", edges}});
  }
  return {{"columns", columns}, {"keep", settings.at("keep")}};
}

struct Binner {
  std::string column;
  std::vector<double> edges;

  void Encode(const NumberSeries& series, Frame* frame) const;
};

void Binner::Encode(const NumberSeries& series, Frame* frame) const {
  const std::vector<double>& values = series.values;
  for (size_t t = 1; t < edges.size(); ++t) {
    NumberSeries bin{
        .name = column + ":bin" + std::to_string(t), .column = series.column, .scaled = true};
    bin.values.resize(values.size());
    const double low = edges[t - 1], width = edges[t] - edges[t - 1];
    for (size_t i = 0; i < values.size(); ++i) {
      bin.values[i] = std::clamp((values[i] - low) / width, 0.0, 1.0);
    }
    frame->numbers.push_back(std::move(bin));
  }
}

Applier Load(const Json& state) {
  auto binners = std::make_shared<std::vector<Binner>>();
  for (const Json& item : StateList(state, "columns")) {
    binners->push_back({StateText(item, "column"), StateNumbers(item, "edges")});
    const std::vector<double>& edges = binners->back().edges;
    if (edges.size() < 2 ||
        std::ranges::adjacent_find(edges, std::greater_equal<>()) != edges.end()) {
      throw Error(ErrorKind::kData,
                  "the state of a fitted step is damaged: 'edges' must be rising numbers");
    }
  }
  const bool keep = StateBool(state, "keep");
  return [binners, keep](Frame* frame) {
    for (const Binner& binner : *binners) {
      const int index = frame->FindNumber(binner.column);
      if (index < 0) {
        throw Error(ErrorKind::kInternal, "no number series '" + binner.column + "'");
      }
      const NumberSeries series = frame->numbers[static_cast<size_t>(index)];
      if (!keep) frame->numbers.erase(frame->numbers.begin() + index);
      binner.Encode(series, frame);
    }
  };
}

}  // namespace

const Step kEncodeNumbersStep = {EncodeNumbersSpec, Fit, Load};

}  // namespace bottega
