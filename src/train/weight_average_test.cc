#include "train/weight_average.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "base/test_folders.h"
#include "engine/reference_formula.h"
#include "model/mlp.h"
#include "model/models.h"
#include "train/sam.h"

namespace bottega {
namespace {

const Json& Reference() {
  static const Json json = ReadJson(TestReference("regularize_reference.json"));
  return json;
}

// One weight [1, 6] called "weight".
class OneWeight : public Model {
 public:
  OneWeight() {
    AddParameter("weight", Formula("w0", {1, 6}));
    AddBuffer("counter", at::zeros({}, at::kLong));
  }
  at::Tensor Embed(const Batch& batch, const StepContext&) override { return batch.numbers; }
  at::Tensor Head(const at::Tensor& x) override { return x; }
};

void SetWeight(Model& model, int64_t step) {
  const at::NoGradGuard no_grad;
  model.Parameters()[0].second.copy_(Formula("w" + std::to_string(step), {1, 6}));
}

TEST(WeightAverage, EmaEqualsTimms) {
  int cases = 0;
  for (const Json& expected : Reference().at("averages").at("ema")) {
    const auto model = std::make_shared<OneWeight>();
    const auto average = WeightAverage::Make(
        {{"name", "ema"}, {"decay", expected.at("decay")}, {"warmup", expected.at("warmup")}},
        model, 3);
    EXPECT_FALSE(average->Begun());
    for (int64_t step = 1; step <= 10; ++step) {
      SetWeight(*model, step);
      average->AfterStep(step);
    }
    EXPECT_TRUE(average->Begun());
    EXPECT_LT(RelativeDifference(average->tensors()[0].second, expected.at("after")), 1e-6);
    ++cases;
  }
  EXPECT_EQ(cases, 3);
}

TEST(WeightAverage, SwaIsTorchsMeanFromItsEpochOn) {
  const auto model = std::make_shared<OneWeight>();
  const auto average =
      WeightAverage::Make({{"name", "swa"}, {"from", 0.65}, {"lr", 0.25}}, model, 10);
  for (int64_t epoch = 1; epoch <= 10; ++epoch) {
    SetWeight(*model, epoch);
    average->AfterStep(epoch);
    average->AfterEpoch(epoch);
    EXPECT_EQ(average->Begun(), epoch >= 7) << epoch;
    EXPECT_EQ(average->LearningRate(epoch).has_value(), epoch >= 7);
  }
  EXPECT_LT(RelativeDifference(average->tensors()[0].second, Reference().at("averages").at("swa")),
            1e-6);
}

TEST(WeightAverage, ItsStateGoesOnToTheBit) {
  for (const Json& settings : {Json{{"name", "ema"}, {"decay", 0.9}, {"warmup", true}},
                               Json{{"name", "swa"}, {"from", 2.0}, {"lr", nullptr}}}) {
    const auto model = std::make_shared<OneWeight>();
    const auto straight = WeightAverage::Make(settings, model, 8);
    auto resumed = WeightAverage::Make(settings, model, 8);
    for (int64_t step = 1; step <= 8; ++step) {
      SetWeight(*model, step);
      for (WeightAverage* average : {straight.get(), resumed.get()}) {
        average->AfterStep(step);
        average->AfterEpoch(step);
      }
      auto next = WeightAverage::Make(settings, model, 8);
      NamedTensors stored = resumed->tensors();
      std::ranges::reverse(stored);  // a file may give them in another order
      next->LoadState(resumed->State(), stored);
      resumed = std::move(next);
    }
    EXPECT_TRUE(at::equal(straight->tensors()[0].second, resumed->tensors()[0].second));
    EXPECT_THROW(resumed->LoadState(Json::object(), resumed->tensors()), Error);
    EXPECT_THROW(resumed->LoadState(resumed->State(), {}), Error);
  }
}

TEST(InTheirStead, PutsTheWeightsBackToTheBit) {
  OneWeight model;
  const at::Tensor before = model.Parameters()[0].second.detach().clone();
  {
    const InTheirStead averaged(
        model, {{"weight", at::ones({1, 6})}, {"counter", at::zeros({}, at::kLong)}});
    EXPECT_EQ(model.Parameters()[0].second.sum().item<float>(), 6);
  }
  EXPECT_TRUE(at::equal(model.Parameters()[0].second, before));
}

// The mlp of make_regularize_reference.py.
std::shared_ptr<Model> ReferenceMlp(const std::string& norm) {
  const auto model = MakeModel({{"name", "mlp"},
                                {"hidden", {16, 8}},
                                {"dropout", 0.0},
                                {"norm", norm},
                                {"activation", "relu"},
                                {"embedding", nullptr}},
                               {.numbers = 5, .cardinality = {4, 7}, .outputs = 3});
  const at::NoGradGuard no_grad;
  for (auto [name, p] : model->Parameters()) {
    const at::Tensor v = Formula(name, p.sizes().vec()).to(at::kDouble);
    if (p.dim() >= 2) {
      p.copy_(v * std::sqrt(24.0 / static_cast<double>(p.numel() / p.size(0))));
    } else {
      p.copy_(v * 0.2 + (name.starts_with("norms") && name.ends_with("weight") ? 1.0 : 0.0));
    }
  }
  return model;
}

Batch TableBatch(const std::string& name, int64_t rows) {
  Batch batch;
  batch.rows.resize(static_cast<size_t>(rows));
  std::iota(batch.rows.begin(), batch.rows.end(), 0);
  batch.numbers = Formula(name, {rows, 5}) * 4;
  const at::Tensor index = at::arange(rows);
  batch.codes = at::stack({index.remainder(4), index.remainder(7)}, 1);
  batch.labels = index.remainder(3);
  return batch;
}

class ThreeBatches : public Feed {
 public:
  int64_t rows() const override { return 24; }
  int64_t Batches(int64_t) const override { return 3; }
  void StartEpoch(int64_t, std::vector<int64_t>, int64_t) override { next_ = 0; }
  bool Next(Batch* batch) override {
    if (next_ == 3) return false;
    *batch = TableBatch("n" + std::to_string(next_++), 8);
    return true;
  }
  std::map<int64_t, std::string> Failed() const override { return {}; }

 private:
  int next_ = 0;
};

TEST(RefreshNorms, EqualsTorchsUpdateBn) {
  const auto model = ReferenceMlp("batch");
  for (auto [name, buffer] : model->Buffers()) buffer.fill_(3);
  ThreeBatches feed;
  RefreshNorms(*model, feed, 1, {}, {});
  int seen = 0;
  for (const auto& [name, buffer] : model->Buffers()) {
    if (!buffer.is_floating_point()) continue;
    EXPECT_LT(RelativeDifference(buffer, Reference().at("norms").at("statistics").at(name)), 2e-5)
        << name;
    ++seen;
  }
  EXPECT_EQ(seen, 4);
}

TEST(Sam, EqualsThePapersAlgorithmOverFiveSteps) {
  int cases = 0;
  for (const Json& expected : Reference().at("sam")) {
    for (const bool cut : {false, true}) {
      const std::string norm = expected.at("norm").get<std::string>();
      if (cut && norm == "batch") continue;
      const auto model = ReferenceMlp(norm);
      StepSettings settings{.loss = {{"name", "cross_entropy"},
                                     {"label_smoothing", 0.0},
                                     {"class_weights", nullptr}}};
      settings.sam = {{"rho", expected.at("rho")}, {"adaptive", expected.at("adaptive")}};
      const Json train = {{"optimizer",
                           {{"name", "sgd"},
                            {"lr", 0.05},
                            {"momentum", 0.0},
                            {"dampening", 0.0},
                            {"nesterov", false},
                            {"l2", 0.0},
                            {"weight_decay", 0.0}}},
                          {"no_decay", "none"},
                          {"layer_decay", nullptr},
                          {"groups", Json::array()}};
      const auto stepper = MakeStepper(model, train, settings);
      for (int step = 0; step < 5; ++step) {
        const Batch all = TableBatch("numbers", 12);
        std::vector<Batch> batches = {all};
        if (cut) {
          batches.clear();
          for (const int64_t begin : {0, 4, 8}) {
            Batch part;
            part.rows.assign(all.rows.begin() + begin, all.rows.begin() + begin + 4);
            part.numbers = all.numbers.narrow(0, begin, 4);
            part.codes = all.codes.narrow(0, begin, 4);
            part.labels = all.labels.narrow(0, begin, 4);
            batches.push_back(part);
          }
        }
        const StepSums sums = stepper->Step(batches, 1, 0.05);
        EXPECT_NEAR(sums.loss / sums.weight, expected.at("losses")[step].get<double>(), 1e-5);
      }
      for (const auto& [name, tensor] : AllTensors(*model)) {
        if (!expected.at("after").contains(name)) continue;
        EXPECT_LT(RelativeDifference(tensor, expected.at("after").at(name)), 2e-5) << norm << name;
      }
    }
    ++cases;
  }
  EXPECT_EQ(cases, 3);
}

}  // namespace
}  // namespace bottega
