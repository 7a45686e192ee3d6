#include "learn/table_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "base/json.h"
#include "base/test_folders.h"
#include "learn/table_models_specs.h"
#include "learn/xgboost_library.h"

namespace bottega {
namespace {

const Json& Reference() {
  static const Json json = ReadJson(TestReference("table_models.json"));
  return json;
}

Json Settings(const std::string& name, const Json& given = Json::object()) {
  Json settings = {{"name", name}};
  for (const Spec* spec : TableModelSpecs()) {
    if (spec->name != name) continue;
    for (const Param& param : spec->params) settings[param.name] = param.fallback;
  }
  settings.update(given);
  return settings;
}

// Rows begin .. end - 1 of the reference's table.
TableRows Rows(size_t begin, size_t end) {
  const Json& data = Reference().at("data");
  TableRows rows;
  rows.cardinality = data.at("cardinality").get<std::vector<int32_t>>();
  rows.numbers = Matrix(static_cast<int64_t>(end - begin), 3);
  for (size_t r = begin; r < end; ++r) {
    for (int64_t c = 0; c < 3; ++c) {
      rows.numbers.row(static_cast<int64_t>(r - begin))[c] = data["numbers"][r][c].get<float>();
    }
    for (const Json& code : data["codes"][r]) rows.codes.push_back(code.get<int32_t>());
  }
  return rows;
}

TableTargets Targets(const std::string& target, size_t begin, size_t end, bool weighted) {
  const Json& data = Reference().at("data");
  TableTargets targets{.classes = target == "value" ? 0 : target == "multi" ? 3 : 2};
  for (size_t r = begin; r < end; ++r) {
    if (targets.classes > 0) targets.label.push_back(data[target][r].get<int32_t>());
    if (targets.classes == 0) targets.value.push_back(data[target][r].get<float>());
    if (weighted) targets.weight.push_back(data["weight"][r].get<float>());
  }
  return targets;
}

struct Fitted {
  TableRows train, validation;
  TableTargets targets, validation_targets;
  std::unique_ptr<TableFit> fit;

  Fitted(const Json& settings, const std::string& target, size_t rows, bool weighted)
      : train(Rows(0, rows)),
        validation(Rows(rows, 240)),
        targets(Targets(target, 0, rows, weighted)),
        validation_targets(Targets(target, rows, 240, false)) {
    fit = MakeTableFit(settings, View());
  }
  FitData View() const {
    return {.train = &train,
            .targets = &targets,
            .validation = &validation,
            .validation_targets = &validation_targets,
            .seed = 5};
  }
  // Until it has converged or done `most` steps.
  std::unique_ptr<TableModel> Run(int64_t most) const {
    int64_t step = 0;
    while (step < most && fit->Step(step + 1)) ++step;
    return fit->Finish(step);
  }
};

void ExpectNear(const Matrix& got, const Json& expected, double tolerance,
                const std::string& what) {
  ASSERT_EQ(got.rows, static_cast<int64_t>(expected.size())) << what;
  for (int64_t r = 0; r < got.rows; ++r) {
    for (int64_t c = 0; c < got.columns; ++c) {
      ASSERT_NEAR(got.at(r, c),
                  expected[static_cast<size_t>(r)][static_cast<size_t>(c)].get<double>(), tolerance)
          << what << " " << r << " " << c;
    }
  }
}

TEST(LinearModel, WeightsAndAnswersAreScikitLearns) {
  int compared = 0;
  for (const auto& [name, expected] : Reference().at("linear").items()) {
    const std::string target = name.substr(0, name.find('_'));
    const bool weighted = target != name;
    const Json settings =
        Settings("linear", {{"l2", expected["l2"]}, {"tolerance", 1e-10}, {"iterations", 5000}});
    const auto model = Fitted(settings, target, 240, weighted).Run(5000);
    const TableModelState state = model->State();
    const NamedArray &weight = state.Find("weight"), &bias = state.Find("bias");
    const size_t outputs = expected["coef"].size(), width = expected["coef"][0].size();
    ASSERT_EQ(weight.values.size(), outputs * width) << name;
    for (size_t k = 0; k < outputs; ++k) {
      for (size_t c = 0; c < width; ++c) {
        EXPECT_NEAR(weight.values[k * width + c], expected["coef"][k][c].get<double>(), 2e-5)
            << name;
      }
      // A softmax's intercepts are known up to a constant.
      const double shift = bias.values[0] - expected["intercept"][0].get<double>();
      EXPECT_NEAR(bias.values[k] - (outputs > 1 ? shift : 0.0),
                  expected["intercept"][k].get<double>(), 2e-5)
          << name;
    }
    ExpectNear(model->Predict(Rows(0, 10)), expected["p"], 1e-5, name);
    ++compared;
  }
  EXPECT_EQ(compared, 6);
}

TEST(LinearModel, ItsEmbeddingAddsUpToTheScore) {
  const auto model = Fitted(Settings("linear"), "value", 240, false).Run(500);
  const TableRows rows = Rows(0, 20);
  const Matrix parts = model->Embed(rows), answers = model->Predict(rows);
  ASSERT_EQ(parts.columns, 5);
  const float bias = model->State().Find("bias").values[0];
  for (int64_t r = 0; r < rows.rows(); ++r) {
    float sum = bias;
    for (int64_t c = 0; c < parts.columns; ++c) sum += parts.at(r, c);
    EXPECT_NEAR(sum, answers.at(r, 0), 1e-5);
  }
}

TEST(LinearModel, GoesOnWhereItWasSaved) {
  const Json settings = Settings("linear");
  const auto whole = Fitted(settings, "multi", 240, true).Run(500)->State();
  const Fitted first(settings, "multi", 240, true), second(settings, "multi", 240, true);
  for (int64_t step = 1; step <= 7; ++step) ASSERT_TRUE(first.fit->Step(step));
  second.fit->Load(first.fit->Save());
  EXPECT_EQ(second.Run(500)->State().Find("weight").values, whole.Find("weight").values);
}

TEST(Knn, VotesAreScikitLearns) {
  int compared = 0;
  for (const auto& [name, expected] : Reference().at("knn").items()) {
    const size_t bar = name.find('_');
    const Json settings = Settings("knn", {{"k", 7}, {"weights", name.substr(bar + 1)}});
    const auto model = Fitted(settings, name.substr(0, bar), 200, false).Run(1);
    ExpectNear(model->Predict(Rows(190, 240)), expected, 1e-4, name);
    ++compared;
  }
  EXPECT_EQ(compared, 6);
}

TEST(Knn, FewerRowsThanNeighboursAllVote) {
  const auto model = Fitted(Settings("knn", {{"k", 50}}), "binary", 10, false).Run(1);
  double yes = 0;
  for (size_t r = 0; r < 10; ++r) yes += Reference()["data"]["binary"][r].get<int>();
  EXPECT_NEAR(model->Predict(Rows(0, 1)).at(0, 1), yes / 10, 1e-6);
}

TEST(Xgboost, AnswersAreItsPythonLibrarys) {
  ASSERT_EQ(XgboostMissing(), "");
  const Json settings = Settings("boosted_trees", {{"learning_rate", 0.2},
                                                   {"max_depth", 4},
                                                   {"l2", 1.5},
                                                   {"l1", 0.1},
                                                   {"min_child_weight", 2},
                                                   {"min_gain", 0.05},
                                                   {"bins", 64}});
  for (const char* target : {"binary", "multi", "value"}) {
    const auto model = Fitted(settings, target, 240, true).Run(30);
    const Matrix answers = model->Predict(Rows(0, 40));
    const Json& expected = Reference()["trees"][target];
    const int64_t column = std::string(target) == "binary" ? 1 : 0;
    for (int64_t r = 0; r < 40; ++r) {
      for (size_t c = 0; c < expected[0].size(); ++c) {
        EXPECT_NEAR(answers.at(r, column + static_cast<int64_t>(c)),
                    expected[static_cast<size_t>(r)][c].get<double>(), 1e-6)
            << target << " " << r;
      }
    }
  }
}

TEST(Xgboost, RoundsAfterASaveAreTheSameBits) {
  const Json settings = Settings("boosted_trees", {{"subsample", 0.7}, {"column_share", 0.5}});
  for (const char* target : {"binary", "multi", "value"}) {
    const Fitted whole(settings, target, 200, true);
    const std::string expected = whole.Run(25)->State().trees;
    Fitted stopped(settings, target, 200, true);
    for (int64_t step = 1; step <= 25; ++step) {
      if (step == 4 || step == 5 || step == 17) {
        const FitProgress saved = stopped.fit->Save();
        stopped.fit = MakeTableFit(settings, stopped.View());
        stopped.fit->Load(saved);
      }
      ASSERT_TRUE(stopped.fit->Step(step));
    }
    EXPECT_TRUE(stopped.fit->Finish(25)->State().trees == expected) << target;
    EXPECT_FALSE(stopped.fit->Finish(12)->State().trees == expected);
  }
}

TEST(Xgboost, ItsEmbeddingAddsUpToTheMargin) {
  const auto model = Fitted(Settings("boosted_trees"), "value", 240, false).Run(20);
  const TableRows rows = Rows(0, 20);
  const Matrix parts = model->Embed(rows), answers = model->Predict(rows);
  ASSERT_EQ(parts.columns, 6);  // the columns and what the trees say of all rows
  for (int64_t r = 0; r < rows.rows(); ++r) {
    float sum = 0;
    for (int64_t c = 0; c < parts.columns; ++c) sum += parts.at(r, c);
    EXPECT_NEAR(sum, answers.at(r, 0), 1e-4);
  }
}

TEST(Majority, AnswersSharesMeanOrMedian) {
  TableRows rows;
  rows.numbers = Matrix(4, 0);
  const TableRows none = {.numbers = Matrix(0, 0)};
  TableTargets classes{.classes = 2, .label = {0, 1, 1, 1}, .weight = {3, 1, 1, 1}};
  const FitData data{.train = &rows, .targets = &classes, .validation = &none};
  const auto shares = MakeTableFit(Settings("majority"), data)->Finish(1)->Predict(rows);
  EXPECT_FLOAT_EQ(shares.at(0, 0), 0.5F);
  TableTargets values{.value = {1, 2, 3, 10}};
  const FitData numbers{.train = &rows, .targets = &values, .validation = &none};
  EXPECT_FLOAT_EQ(MakeTableFit(Settings("majority"), numbers)->Finish(1)->Predict(rows).at(0, 0),
                  4);
  const Json median = Settings("majority", {{"of_values", "median"}});
  EXPECT_FLOAT_EQ(MakeTableFit(median, numbers)->Finish(1)->Predict(rows).at(0, 0), 2.5F);
  EXPECT_THROW(MakeTableFit(median, numbers)->Finish(1)->Embed(rows), Error);
}

TEST(TableModels, StoredAndLoadedTheyAnswerTheSame) {
  for (const Spec* spec : TableModelSpecs()) {
    for (const char* target : {"binary", "multi", "value"}) {
      const Fitted fitted(Settings(spec->name), target, 200, true);
      const auto model = fitted.Run(10);
      const TableRows like = Rows(0, 0);
      const int classes = fitted.targets.classes;
      const auto loaded = LoadTableModel(Settings(spec->name), classes, like, model->State());
      const TableRows rows = Rows(150, 240);
      EXPECT_EQ(loaded->Predict(rows).values, model->Predict(rows).values) << spec->name << target;
      EXPECT_EQ(model->Predict(like).rows, 0);
    }
  }
}

TEST(TableModels, OthersRowsAreRefused) {
  const auto state = Fitted(Settings("linear"), "binary", 200, false).Run(3)->State();
  TableRows other;
  other.numbers = Matrix(0, 7);
  EXPECT_THROW(LoadTableModel(Settings("linear"), 2, other, state), Error);
  EXPECT_THROW(LoadTableModel(Settings("knn"), 2, other, state), Error);
  EXPECT_THROW(LoadTableModel(Settings("boosted_trees"), 2, other, {.trees = "none"}), Error);
}

}  // namespace
}  // namespace bottega
