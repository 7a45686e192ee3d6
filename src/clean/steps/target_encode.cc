#include <cmath>
#include <memory>

#include "base/random.h"
#include "base/text.h"
#include "clean/steps.h"
#include "clean/steps/categories.h"

namespace bottega {

namespace {

const Spec& TargetEncodeSpec() {
  static const Spec spec = {
      .kind = "step",
      .name = "target_encode",
      .one_line = "categories to the mean target of their training rows, cross-fitted",
      .text =
          "For columns with many values. A value becomes the share of the second class (of each "
          "class, where there are more than two) or the mean target among its training rows, drawn "
          "towards the mean of all rows the fewer rows it has. Training rows get what the other "
          "folds say of their value, so that no row sees its own target and a model does not trust "
          "the column more than it deserves; new rows get what all training rows say. Values that "
          "are rare or were never seen count together, and so do missing ones; without such "
          "training rows they get the mean of all. Folds are drawn by record number.",
      .params = {ColumnsParam(),
                 MinRowsParam(5),
                 {.name = "folds",
                  .type = ParamType::kInt,
                  .what = "parts of the training rows; each is encoded by the others",
                  .fallback = 5,
                  .min = 2,
                  .max = 50},
                 {.name = "smooth",
                  .type = ParamType::kFloat,
                  .what = "how many rows the mean of all rows counts for; not set: by the variance "
                          "within and between values (empirical Bayes)",
                  .min = 0,
                  .larger = "values are drawn more to the mean"}},
      .synonyms = {"mean_encode", "likelihood_encode"},
      .source =
          "Micci-Barreca 2001, A Preprocessing Scheme for High-Cardinality Categorical Attributes",
  };
  return spec;
}

constexpr int kMostClasses = 20;

int32_t FoldOf(int64_t record, int folds) {
  return static_cast<int32_t>(Random(0, Purpose::kSplit, folds, record).Below(folds));
}

// Mean targets by code: 0 .. n-1 of the kept values, n of rare and new ones, n+1 of missing cells.
struct Table {
  double mean = 0;
  std::vector<double> encoding;  // per code; `mean` where the rows hold none
};

// Of the rows that `use`: the shrunken mean of each code. Without `smooth` the weight of a mean
// over n rows is n V / (n V + v), V the variance of all targets and v that within the value.
Table Learn(const std::vector<int32_t>& code, const std::vector<double>& target,
            const std::vector<bool>& use, size_t codes, const Json& smooth) {
  std::vector<double> sum(codes), squares(codes), count(codes);
  double n = 0, mean = 0, spread = 0;
  for (size_t i = 0; i < code.size(); ++i) {
    if (!use[i]) continue;
    const double away = target[i] - mean;
    mean += away / ++n;
    spread += away * (target[i] - mean);
    sum[static_cast<size_t>(code[i])] += target[i];
    count[static_cast<size_t>(code[i])] += 1;
  }
  for (size_t i = 0; i < code.size(); ++i) {
    const auto k = static_cast<size_t>(code[i]);
    if (use[i]) squares[k] += std::pow(target[i] - sum[k] / count[k], 2);
  }
  Table table{.mean = mean, .encoding = std::vector<double>(codes, mean)};
  const double variance = n > 0 ? spread / n : 0;
  for (size_t k = 0; k < codes; ++k) {
    if (count[k] == 0) continue;
    const double weight = smooth.is_number()
                              ? count[k] / (count[k] + smooth.get<double>())
                              : variance * count[k] / (variance * count[k] + squares[k] / count[k]);
    if (std::isfinite(weight)) table.encoding[k] = weight * sum[k] / count[k] + (1 - weight) * mean;
  }
  return table;
}

std::vector<int32_t> CodesOfSeries(const TextSeries& series, int64_t rows,
                                   const CategoryIndex& index) {
  const auto n = static_cast<int32_t>(index.size());
  std::vector<int32_t> codes;
  for (int64_t i = 0; i < rows; ++i) {
    const auto cell = series.At(i);
    const auto found = cell ? static_cast<int32_t>(index.Find(*cell)) : -1;
    codes.push_back(!cell ? n + 1 : found >= 0 ? found : n);
  }
  return codes;
}

// The target of one output: the class as 0 and 1, or the value.
std::vector<double> OutputTarget(const Frame& train, int output, int outputs) {
  if (train.classes == 0) return train.target;
  const int wanted = outputs == 1 ? 1 : output;
  std::vector<double> target;
  for (const double t : train.target) target.push_back(std::isnan(t) ? t : t == wanted ? 1 : 0);
  return target;
}

Json TablesOf(const Frame& train, const std::vector<int32_t>& codes, size_t width, int folds,
              const std::vector<double>& target, const Json& smooth) {
  Json tables = Json::array();
  for (int fold = -1; fold < folds; ++fold) {  // -1: all rows
    std::vector<bool> use(codes.size());
    for (size_t i = 0; i < codes.size(); ++i) {
      use[i] = !std::isnan(target[i]) && (fold < 0 || FoldOf(train.training[i], folds) != fold);
    }
    const Table table = Learn(codes, target, use, width, smooth);
    tables.push_back({{"mean", table.mean}, {"encoding", table.encoding}});
  }
  return tables;
}

std::string WhyRefused(const Frame& train, const CategoryCounts& counts) {
  if (train.target.empty()) return "there is no target to encode it by";
  if (train.classes > kMostClasses) {
    return "the target has " + std::to_string(train.classes) + " classes, the most are " +
           std::to_string(kMostClasses);
  }
  return WhyNoCategories(counts, 0.5);
}

Json Fit(const Frame& train, const Json& settings, std::vector<Refusal>* refused) {
  Json columns = Json::array();
  const int folds = settings.at("folds").get<int>();
  const int outputs = train.classes > 2 ? train.classes : 1;
  for (const TextSeries* series : CategoriesFor(train, settings, "target_encode", refused)) {
    const CategoryCounts counts = CountCategories(*series, train.rows);
    if (const std::string why = WhyRefused(train, counts); !why.empty()) {
      refused->push_back({"target_encode", series->name, why});
      continue;
    }
    const std::vector<std::string> kept =
        KeptCategories(counts, settings.at("min_rows").get<int64_t>(), 1'000'000);
    const CategoryIndex index(series->name, kept);
    const std::vector<int32_t> codes = CodesOfSeries(*series, train.rows, index);
    Json learned = Json::array();
    for (int output = 0; output < outputs; ++output) {
      learned.push_back(TablesOf(train, codes, kept.size() + 2, folds,
                                 OutputTarget(train, output, outputs), settings.at("smooth")));
    }
    columns.push_back({{"column", series->name}, {"values", kept}, {"outputs", learned}});
  }
  return {{"columns", columns}, {"folds", folds}};
}

struct Encoder {
  Encoder(std::string column, std::vector<std::string> values)
      : index(std::move(column), std::move(values)) {}

  CategoryIndex index;
  std::vector<std::vector<Table>> outputs;  // per output: of all rows, then without each fold

  void Encode(const TextSeries& series, int folds, Frame* frame) const;
};

void Encoder::Encode(const TextSeries& series, int folds, Frame* frame) const {
  const std::vector<int32_t> codes = CodesOfSeries(series, frame->rows, index);
  for (size_t output = 0; output < outputs.size(); ++output) {
    NumberSeries out{.name = series.name + ":target" +
                             (outputs.size() > 1 ? std::to_string(output) : std::string()),
                     .column = series.name};
    for (size_t i = 0; i < codes.size(); ++i) {
      const int64_t record = frame->training.empty() ? -1 : frame->training[i];
      const Table& table =
          outputs[output][record < 0 ? 0 : static_cast<size_t>(FoldOf(record, folds)) + 1];
      out.values.push_back(table.encoding[static_cast<size_t>(codes[i])]);
    }
    frame->numbers.push_back(std::move(out));
  }
}

std::vector<Table> TablesFrom(const Json& list, size_t values, int folds) {
  std::vector<Table> tables;
  for (const Json& item : list) {
    tables.push_back({StateNumber(item, "mean"), StateNumbers(item, "encoding")});
    if (tables.back().encoding.size() != values + 2) {
      throw Error(ErrorKind::kData,
                  "the state of a fitted step is damaged: 'encoding' is cut short");
    }
  }
  if (static_cast<int>(tables.size()) != folds + 1) {
    throw Error(ErrorKind::kData, "the state of a fitted step is damaged: a fold is absent");
  }
  return tables;
}

Applier Load(const Json& state) {
  auto encoders = std::make_shared<std::vector<std::unique_ptr<Encoder>>>();
  const int folds = static_cast<int>(StateNumber(state, "folds"));
  for (const Json& item : StateList(state, "columns")) {
    encoders->push_back(
        std::make_unique<Encoder>(StateText(item, "column"), StateTexts(item, "values")));
    for (const Json& tables : StateList(item, "outputs")) {
      if (!tables.is_array()) {
        throw Error(ErrorKind::kData, "the state of a fitted step is damaged: 'outputs'");
      }
      encoders->back()->outputs.push_back(
          TablesFrom(tables, encoders->back()->index.size(), folds));
    }
  }
  return [encoders, folds](Frame* frame) {
    for (const auto& encoder : *encoders) {
      encoder->Encode(frame->TakeText(encoder->index.column()), folds, frame);
    }
  };
}

}  // namespace

const Step kTargetEncodeStep = {TargetEncodeSpec, Fit, Load};

}  // namespace bottega
