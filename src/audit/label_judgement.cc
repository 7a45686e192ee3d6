#include "audit/label_judgement.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "audit/groups.h"
#include "base/random.h"
#include "learn/blend.h"
#include "learn/boosted_trees.h"
#include "learn/encode.h"
#include "learn/folds.h"
#include "learn/label_scores.h"
#include "learn/residuals.h"
#include "learn/sparse_logistic.h"
#include "profile/picture_scan.h"
#include "profile/quantiles.h"

namespace bottega {
namespace {

constexpr int kFolds = 5;
constexpr int64_t kSmallTable = 10'000;  // rows up to which neighbours are worth their time

std::vector<int64_t> KnownPositions(const AuditContext& context, int target) {
  const bool classes = IsClassTarget(context.data);
  std::vector<int64_t> positions;
  for (int64_t i = 0; i < context.data.size(); ++i) {
    const size_t at = static_cast<size_t>(i);
    const bool known = classes ? context.shared.CodesOfColumn(target).code[at] >= 0
                               : std::isfinite(context.shared.NumbersOfColumn(target)[at]);
    if (known) positions.push_back(i);
  }
  return positions;
}

// `most` of them at random, ascending.
std::vector<int64_t> SampleOf(std::vector<int64_t> positions, int64_t most, uint64_t seed) {
  const int64_t n = static_cast<int64_t>(positions.size());
  if (n <= most) return positions;
  std::vector<int64_t> order = Permutation(n, seed, Purpose::kSample, 2);
  order.resize(static_cast<size_t>(most));
  std::ranges::sort(order);
  for (int64_t& at : order) at = positions[static_cast<size_t>(at)];
  return order;
}

Matrix PictureMatrix(const std::vector<PictureScan>& scans, std::vector<int64_t>* positions) {
  std::erase_if(*positions, [&](int64_t p) { return !scans[static_cast<size_t>(p)].readable; });
  Matrix out(static_cast<int64_t>(positions->size()), kPictureFeatures);
  for (size_t i = 0; i < positions->size(); ++i) {
    const std::vector<float>& features = scans[static_cast<size_t>((*positions)[i])].features;
    std::ranges::copy(features, out.row(static_cast<int64_t>(i)));
  }
  return out;
}

// Places for words: fewer where each holds a weight for many classes.
int WordBits(size_t classes) {
  const int outputs = static_cast<int>(std::bit_width(std::max<size_t>(classes, 2) - 1)) - 1;
  return std::clamp(22 - outputs, 14, 20);
}

SparseRows HashTextColumns(const std::vector<const CellColumn*>& texts,
                           const std::vector<int64_t>& positions, int bits) {
  std::vector<std::string> joined;
  std::vector<std::string_view> views;
  if (texts.size() > 1) joined.resize(positions.size());
  for (size_t i = 0; i < positions.size(); ++i) {
    std::string_view view;
    for (const CellColumn* column : texts) {
      const int32_t code = column->code[static_cast<size_t>(positions[i])];
      if (code < 0) continue;
      view = column->text[static_cast<size_t>(code)];
      if (texts.size() > 1) joined[i].append(view).append("\n");
    }
    views.push_back(texts.size() > 1 ? std::string_view(joined[i]) : view);
  }
  return HashTexts(views, bits);
}

// Labels with -1 for rows beyond a sample: what models learn from where the data are big.
std::vector<int32_t> LearnedLabels(const std::vector<int32_t>& label, int64_t most, uint64_t seed) {
  const int64_t n = static_cast<int64_t>(label.size());
  if (n <= most) return label;
  std::vector<int32_t> out(label.size(), -1);
  const std::vector<int64_t> order = Permutation(n, seed, Purpose::kSample, 2);
  for (int64_t i = 0; i < most; ++i) {
    const size_t row = static_cast<size_t>(order[static_cast<size_t>(i)]);
    out[row] = label[row];
  }
  return out;
}

// Per row of the data the first that is a copy of it. Of texts only equal ones are copies: one that
// repeats a part of another was often labelled by itself, and says much of that one's label.
std::vector<int64_t> CopiesOf(const AuditContext& context) {
  if (!HoldsOneText(context.data)) return context.shared.DuplicatesOfData().group;
  const CellColumn& texts = context.shared.CellsOfColumn(ComparedColumns(context.data)[0]);
  std::vector<int64_t> first(static_cast<size_t>(texts.distinct()), -1), group;
  for (size_t row = 0; row < texts.code.size(); ++row) {
    const int64_t position = static_cast<int64_t>(row);
    if (texts.code[row] < 0) {
      group.push_back(position);
      continue;
    }
    int64_t& known = first[static_cast<size_t>(texts.code[row])];
    if (known < 0) known = position;
    group.push_back(known);
  }
  return group;
}

std::vector<int64_t> GroupsOfRows(const AuditContext& context,
                                  const std::vector<int64_t>& positions) {
  const std::vector<int64_t> group = CopiesOf(context);
  std::vector<int64_t> out;
  for (const int64_t position : positions) out.push_back(group[static_cast<size_t>(position)]);
  return out;
}

// Cuts values at the distance of their 5th and 95th percentile beyond these.
void LimitFarValues(std::vector<double>* value) {
  std::vector<double> sorted = *value;
  std::ranges::sort(sorted);
  const double low = Quantile(sorted, 0.05), high = Quantile(sorted, 0.95);
  if (high <= low) return;
  for (double& v : *value) v = std::clamp(v, 2 * low - high, 2 * high - low);
}

// Cuts values at four usual errors from what was predicted for them.
void LimitResiduals(const std::vector<double>& predicted, std::vector<double>* value) {
  const std::vector<double> scaled = ScaledResiduals(*value, predicted);
  for (size_t i = 0; i < value->size(); ++i) {
    if (!(scaled[i] > 4)) continue;
    (*value)[i] = predicted[i] + 4 / scaled[i] * ((*value)[i] - predicted[i]);
  }
}

BoostOptions TreeOptions(const AuditContext& context, const LabelFeatures& features, int outputs) {
  return OptionsFor(std::min<int64_t>(features.table.rows, context.sample),
                    static_cast<int64_t>(features.table.columns.size()), outputs,
                    {.seed = context.seed});
}

}  // namespace

LabelFeatures MakeLabelFeatures(const AuditContext& context, WhichRows rows) {
  const Dataset& data = context.data;
  LabelFeatures features;
  if (rows == WhichRows::kLabelled) {
    features.positions = KnownPositions(context, TargetIndex(data));
  } else {
    features.positions.resize(static_cast<size_t>(data.size()));
    std::iota(features.positions.begin(), features.positions.end(), 0);
  }
  if (data.HasPictures()) {
    features.positions = SampleOf(std::move(features.positions), context.sample, context.seed);
    features.dense = PictureMatrix(*ScanPictures(data), &features.positions);
    return features;
  }
  std::vector<const CellColumn*> table, texts;
  for (const int column : ComparedColumns(data)) {
    const CellColumn& cells = context.shared.CellsOfColumn(column);
    if (cells.distinct() > 0) (IsFreeText(cells) ? texts : table).push_back(&cells);
  }
  features.table = BinColumns(table, features.positions);
  if (!texts.empty()) {
    const size_t classes = context.shared.CodesOfColumn(TargetIndex(data)).values.size();
    features.text = HashTextColumns(texts, features.positions, WordBits(classes));
  }
  if (features.has_table() && features.table.rows <= kSmallTable) {
    features.dense = EncodeCells(table, features.positions);
  }
  return features;
}

LabelJudgement JudgeClasses(const AuditContext& context, const LabelFeatures& features,
                            int neighbors) {
  const Codes& codes = context.shared.CodesOfColumn(TargetIndex(context.data));
  const int classes = static_cast<int>(codes.values.size());
  LabelJudgement out;
  for (const int64_t position : features.positions) {
    out.label.push_back(codes.code[static_cast<size_t>(position)]);
  }
  const std::vector<int64_t> group = GroupsOfRows(context, features.positions);
  const std::vector<int32_t> fold = StratifiedGroupFolds(out.label, group, kFolds, context.seed);
  const std::vector<int32_t> learned = LearnedLabels(out.label, context.sample, context.seed);
  const auto add = [&](Matrix probability, const std::string& by) {
    if (out.by.empty()) {
      out.probability = std::move(probability);
      out.by = by;
      return;
    }
    out.probability = Blend(out.label, out.probability, probability);
    if (!out.by.ends_with(by)) out.by += " and " + by;
  };
  if (features.has_table()) {
    Matrix p = OutOfFoldClasses(features.table, learned, classes, fold, kFolds,
                                TreeOptions(context, features, classes == 2 ? 1 : classes));
    add(std::move(p), "boosted trees");
  }
  if (features.has_text()) {
    for (const double rate : {0.5, 0.1}) {  // long steps suit clean labels, short ones noisy ones
      Matrix p = SparseOutOfFold(features.text, learned, classes, fold, kFolds,
                                 {.rate = rate, .seed = context.seed});
      Calibrate(out.label, &p);
      add(std::move(p), "a linear model of the words");
    }
  }
  if (features.has_dense()) {
    add(NeighborAndLinearScores(features.dense, learned, classes, group, fold, kFolds,
                                {.neighbors = neighbors, .seed = context.seed}),
        "neighbours and a linear probe");
  }
  return out;
}

std::vector<double> JudgeValues(const AuditContext& context, const LabelFeatures& features) {
  if (!features.has_table()) return {};
  const std::vector<double>& numbers = context.shared.NumbersOfColumn(TargetIndex(context.data));
  std::vector<double> value;
  for (const int64_t position : features.positions) {
    value.push_back(numbers[static_cast<size_t>(position)]);
  }
  const std::vector<int32_t> one(value.size(), 0);
  const std::vector<int32_t> fold =
      StratifiedGroupFolds(one, GroupsOfRows(context, features.positions), kFolds, context.seed);
  const std::vector<int32_t> learned = LearnedLabels(one, context.sample, context.seed);
  const auto predict = [&] {
    std::vector<double> learned_value = value;
    for (size_t i = 0; i < value.size(); ++i) {
      if (learned[i] < 0) learned_value[i] = NAN;
    }
    const Matrix p = OutOfFoldValues(features.table, learned_value, fold, kFolds,
                                     TreeOptions(context, features, 1));
    return std::vector<double>(p.values.begin(), p.values.end());
  };
  // Twice, so that a slipped digit does not bend what is learned for the rows around it.
  LimitFarValues(&value);
  LimitResiduals(predict(), &value);
  return predict();
}

}  // namespace bottega
