#include <gtest/gtest.h>

#include <numeric>

#include "base/random.h"
#include "base/test_folders.h"
#include "engine/device.h"
#include "engine/reference_formula.h"
#include "model/builders.h"
#include "model/dropout.h"
#include "model/models.h"
#include "model/models_specs.h"

namespace bottega {
namespace {

const Json& Reference() {
  static const Json json = ReadJson(TestReference("model_reference.json"));
  return json;
}

Json Settings(const std::string& name, const Json& given = Json::object()) {
  Json settings = {{"name", name}};
  for (const Spec* spec : ModelSpecs()) {
    if (spec->name != name) continue;
    for (const Param& param : spec->params) settings[param.name] = param.fallback;
  }
  for (const auto& [key, value] : given.items()) settings[key] = value;
  return settings;
}

// As fill() in make_model_reference.py: float64, since in float32 processors differ by so much (a
// ReLU's input near 0 falls to either side) that no tolerance would say anything.
void Fill(Model& model) {
  const at::NoGradGuard no_grad;
  for (auto [name, tensor] : AllTensors(model)) {
    if (tensor.is_floating_point()) tensor.set_data(tensor.to(at::kDouble));
  }
  for (auto [name, p] : model.Parameters()) {
    const at::Tensor v = Formula(name, p.sizes().vec());
    const bool norm = name.find("bn") != std::string::npos ||
                      name.find("downsample.1") != std::string::npos ||
                      name.find("norm") != std::string::npos;
    if (p.dim() >= 2) {
      p.copy_(v * std::sqrt(24.0 / static_cast<double>(p.numel() / p.size(0))));
    } else {
      p.copy_(v * 0.2 + (norm && name.ends_with("weight") ? 1.0 : 0.0));
    }
  }
}

Batch Pictures(int64_t count, int64_t side) {
  Batch batch;
  batch.rows.resize(static_cast<size_t>(count));
  std::iota(batch.rows.begin(), batch.rows.end(), 0);
  batch.pictures = (Formula("pictures", {count, 3, side, side}) * 4).to(at::kDouble);
  return batch;
}

struct Tolerance {
  double logits, gradients, losses, evaluation;
};

// One step's logits and gradients, then the losses of all steps of SGD with momentum 0.9.
void CompareTraining(Model& model, const Batch& batch, const Json& reference,
                     const Tolerance& tolerance, double lr) {
  std::map<std::string, at::Tensor> momentum;
  const StepContext context = {.training = true, .rows = batch.rows};
  const Json& losses = reference.at("losses");
  for (size_t step = 0; step < losses.size(); ++step) {
    for (auto [name, p] : model.Parameters()) p.mutable_grad() = at::Tensor();
    const at::Tensor logits = model.Forward(batch, context);
    const at::Tensor loss = at::cross_entropy_loss(logits, batch.labels);
    loss.backward();
    if (step == 0) {
      EXPECT_LT(RelativeDifference(logits, reference.at("logits")), tolerance.logits);
      EXPECT_EQ(reference.at("gradients").size(), model.Parameters().size());
      for (const auto& [name, p] : model.Parameters()) {
        const Json& expected = reference.at("gradients").at(name);
        const at::Tensor g = p.grad().to(at::kDouble).flatten();
        // A bias before a batch norm has a gradient of zero but for rounding.
        const double norm = expected.at("norm").get<double>();
        const double limit = tolerance.gradients * norm + 1e-12;
        EXPECT_NEAR(g.norm().item<double>(), norm, limit) << name;
        const double root = std::sqrt(static_cast<double>(g.numel()));
        EXPECT_NEAR(g.sum().item<double>(), expected.at("sum").get<double>(), limit * root) << name;
        const int64_t at[] = {0, g.numel() / 3, g.numel() - 1};
        for (int i = 0; i < 3; ++i) {
          EXPECT_NEAR(g[at[i]].item<double>(), expected.at("at")[i].get<double>(), limit) << name;
        }
      }
    }
    const double expected = losses[step].get<double>();
    EXPECT_NEAR(loss.item<double>(), expected, tolerance.losses * expected) << "step " << step;
    const at::NoGradGuard no_grad;
    for (auto [name, p] : model.Parameters()) {
      momentum[name] = step == 0 ? p.grad().clone() : momentum[name] * 0.9 + p.grad();
      p.sub_(momentum[name], lr);
    }
  }
  const at::NoGradGuard no_grad;
  const at::Tensor evaluation = model.Forward(batch, {.rows = batch.rows});
  EXPECT_LT(RelativeDifference(evaluation, reference.at("evaluation")), tolerance.evaluation);
}

TEST(Resnet, EighteenEqualsTorchvision) {
  const Json& reference = Reference().at("resnet18");
  const auto model = MakeModel(Settings("resnet18"), {.picture_size = 64, .outputs = 10});
  Fill(*model);
  std::map<std::string, std::vector<int64_t>> ours, theirs;
  for (const auto& [name, tensor] : AllTensors(*model)) ours[name] = tensor.sizes().vec();
  for (const Json& item : reference.at("names")) {
    theirs[item[0].get<std::string>()] = item[1].get<std::vector<int64_t>>();
  }
  EXPECT_EQ(ours, theirs);
  EXPECT_EQ(ours.size(), 122u);
  Batch batch = Pictures(6, 64);
  batch.labels = at::tensor(std::vector<int64_t>{3, 1, 4, 1, 5, 9});
  CompareTraining(*model, batch, reference, {1e-9, 1e-9, 1e-9, 1e-9}, 0.001);
}

TEST(Resnet, DeeperOnesEqualTorchvision) {
  for (const std::string name : {"resnet34", "resnet50"}) {
    const Json& reference = Reference().at(name);
    const auto model = MakeModel(Settings(name), {.picture_size = 96, .outputs = 3});
    Fill(*model);
    int64_t numbers = 0;
    for (const auto& [key, p] : model->Parameters()) numbers += p.numel();
    EXPECT_EQ(numbers, reference.at("numbers").get<int64_t>());
    EXPECT_EQ(AllTensors(*model).size(), reference.at("tensors").get<size_t>());
    const at::NoGradGuard no_grad;
    const Batch batch = Pictures(2, 96);
    const at::Tensor logits = model->Forward(batch, {.training = true, .rows = batch.rows});
    EXPECT_LT(RelativeDifference(logits, reference.at("logits")), 1e-9) << name;
  }
}

TEST(Mlp, EqualsTorch) {
  int cases = 0;
  Batch batch;
  batch.rows.resize(12);
  batch.numbers = (Formula("numbers", {12, 5}) * 4).to(at::kDouble);
  const at::Tensor index = at::arange(12);
  batch.codes = at::stack({index.remainder(4), index.remainder(7)}, 1);
  batch.labels = index.remainder(3);
  for (const Json& reference : Reference().at("mlp")) {
    Json settings = Settings("mlp", reference.at("settings"));
    settings["dropout"] = 0.0;
    const auto model = MakeModel(settings, {.numbers = 5, .cardinality = {4, 7}, .outputs = 3});
    Fill(*model);
    CompareTraining(*model, batch, reference, {1e-9, 1e-9, 1e-9, 1e-9}, 0.05);
    ++cases;
  }
  EXPECT_EQ(cases, 6);
}

TEST(Tables, ResmlpAndFtTransformerEqualTorch) {
  Batch batch;
  batch.rows.resize(12);
  batch.numbers = (Formula("numbers", {12, 5}) * 4).to(at::kDouble);
  const at::Tensor index = at::arange(12);
  batch.codes = at::stack({index.remainder(4), index.remainder(7)}, 1);
  batch.labels = index.remainder(3);
  const ModelInput input = {.numbers = 5, .cardinality = {4, 7}, .outputs = 3};
  const auto resmlp = MakeModel(Settings("resmlp", {{"width", 8}, {"hidden_dropout", 0.0}}), input);
  Fill(*resmlp);
  CompareTraining(*resmlp, batch, Reference().at("resmlp"), {1e-9, 1e-9, 1e-9, 1e-9}, 0.05);
  // Each number a column, and the first column encoded as the numbers 0, 3 and 4.
  const std::pair<const char*, std::vector<int64_t>> cases[] = {
      {"ft_transformer", {}}, {"ft_transformer_encoded", {0, 1, 2, 0, 0}}};
  for (const auto& [name, columns] : cases) {
    SCOPED_TRACE(name);
    const auto transformer = MakeModel(
        Settings("ft_transformer",
                 {{"width", 8}, {"heads", 2}, {"attention_dropout", 0.0}, {"ffn_dropout", 0.0}}),
        {.numbers = 5, .number_columns = columns, .cardinality = {4, 7}, .outputs = 3});
    Fill(*transformer);
    CompareTraining(*transformer, batch, Reference().at(name), {1e-9, 1e-9, 1e-9, 1e-9}, 0.02);
  }
}

TEST(Tables, NewModelsDoNotDependOnTheMicroBatch) {
  // Every dropout on; resmlp's batch norm is left out by its definition.
  const ModelInput input = {.numbers = 5, .cardinality = {4, 7}, .outputs = 3, .seed = 2};
  const auto model = MakeModel(Settings("ft_transformer", {{"residual_dropout", 0.1}}), input);
  Batch batch;
  batch.rows = {7, 1, 12, 5, 30, 2};
  batch.numbers = Formula("numbers", {6, 5});
  const at::Tensor index = at::arange(6);
  batch.codes = at::stack({index.remainder(4), index.remainder(7)}, 1);
  const StepContext context = {.training = true, .seed = 3, .epoch = 2, .rows = batch.rows};
  const at::Tensor whole = model->Forward(batch, context);
  Batch part;
  part.rows = {30, 2};
  part.numbers = batch.numbers.narrow(0, 4, 2);
  part.codes = batch.codes.narrow(0, 4, 2);
  StepContext of_part = context;
  of_part.rows = part.rows;
  EXPECT_TRUE(at::allclose(model->Forward(part, of_part), whole.narrow(0, 4, 2), 1e-5, 1e-5));
  of_part.epoch = 3;
  EXPECT_FALSE(at::allclose(model->Forward(part, of_part), whole.narrow(0, 4, 2), 1e-3, 1e-3));
}

TEST(Tables, WrongWidthAndPicturesAreRefused) {
  EXPECT_THROW(MakeModel(Settings("ft_transformer", {{"width", 30}}), {.numbers = 2}), Error);
  EXPECT_THROW(MakeModel(Settings("ft_transformer"), {.picture_size = 32}), Error);
  EXPECT_THROW(MakeModel(Settings("resmlp"), {.picture_size = 32}), Error);
  EXPECT_FALSE(ReadsPictures("resmlp"));
  EXPECT_FALSE(ReadsPictures("ft_transformer"));
}

TEST(Models, BuildersAndSpecsHaveEqualNames) {
  std::vector<std::string> built, declared;
  for (const ModelBuilder& builder : ModelBuilders()) built.push_back(builder.name);
  for (const Spec* spec : ModelSpecs()) {
    if (KindOfModel(spec->name) == ModelKind::kNetwork) declared.push_back(spec->name);
  }
  EXPECT_EQ(built, declared);
}

TEST(Models, AutoFitsTheData) {
  const Json automatic = {{"name", "auto"}};
  EXPECT_EQ(ResolveModel(automatic, {.numbers = 3}).at("name"), "mlp");
  EXPECT_EQ(ResolveModel(automatic, {.picture_size = 28}).at("name"), "resnet_small");
  EXPECT_EQ(ResolveModel(automatic, {.picture_size = 224}).at("name"), "resnet18");
  EXPECT_EQ(ResolveModel(Settings("resnet50"), {}).at("name"), "resnet50");
  EXPECT_THROW(MakeModel(Settings("resnet18"), {.numbers = 3, .outputs = 2}), Error);
  EXPECT_THROW(MakeModel(Settings("mlp"), {.picture_size = 32, .outputs = 2}), Error);
}

TEST(Models, SmallResnetRunsAtOddSizesAndChannelsLast) {
  for (const int64_t side : {28, 33, 64}) {
    const auto model = MakeModel(Settings("resnet_small", {{"width", 8}}),
                                 {.picture_size = side, .outputs = 3, .seed = 4});
    MoveModel(*model, at::Device(at::kCPU), true);
    Batch batch = Pictures(2, side);
    batch.pictures = batch.pictures.to(at::kFloat);
    const at::Tensor plain = model->Forward(batch, {.training = true, .rows = batch.rows});
    batch.pictures = batch.pictures.contiguous(at::MemoryFormat::ChannelsLast);
    const at::Tensor last = model->Forward(batch, {.training = true, .rows = batch.rows});
    EXPECT_EQ(plain.sizes().vec(), (std::vector<int64_t>{2, 3}));
    EXPECT_TRUE(at::allclose(plain, last, 1e-4, 1e-5));
  }
}

// Without the detour of engine/convolution.h its backward pass writes beyond its buffers.
TEST(Models, NarrowResnetTrainsInChannelsLastOnTwoThreads) {
  StartEngine({.device = "cpu", .threads = 2});
  for (const char* layout : {"contiguous", "channels_last"}) {
    const std::shared_ptr<Model> model =
        MakeModel(Settings("resnet_small", {{"width", 8}, {"blocks", 1}}),
                  {.picture_size = 32, .outputs = 3, .seed = 5});
    const bool last = std::string(layout) == "channels_last";
    MoveModel(*model, at::kCPU, last);
    for (int i = 0; i < 30; ++i) {
      Batch batch = Pictures(5, 32);
      batch.pictures = batch.pictures.to(at::kFloat);
      if (last) batch.pictures = batch.pictures.contiguous(at::MemoryFormat::ChannelsLast);
      model->Forward(batch, {.training = true, .rows = batch.rows}).square().sum().backward();
    }
    for (const auto& [name, parameter] : model->Parameters()) {
      EXPECT_TRUE(parameter.grad().isfinite().all().item<bool>()) << name;
    }
  }
  SetTorchThreads(1);
}

TEST(Models, InitialValuesDependOnTheSeedAndLoadTensorsCopies) {
  const ModelInput input = {.numbers = 4, .cardinality = {5}, .outputs = 2, .seed = 9};
  const auto one = MakeModel(Settings("mlp"), input), same = MakeModel(Settings("mlp"), input);
  ModelInput other_seed = input;
  other_seed.seed = 10;
  const auto other = MakeModel(Settings("mlp"), other_seed);
  const at::Tensor a = one->Parameters()[0].second;
  EXPECT_TRUE(at::equal(a, same->Parameters()[0].second));
  EXPECT_FALSE(at::equal(a, other->Parameters()[0].second));
  NamedTensors values = AllTensors(*one);
  LoadTensors(*other, values);
  EXPECT_TRUE(at::equal(a, other->Parameters()[0].second));
  values.pop_back();
  EXPECT_THROW(LoadTensors(*other, values), Error);
  values.emplace_back("nonsense", at::ones({1}));
  EXPECT_THROW(LoadTensors(*other, values), Error);
}

TEST(Dropout, MaskIsPhiloxAndKeyedByRow) {
  const std::vector<int64_t> rows = {5, int64_t{1} << 40, 0, 77, 5};
  const int64_t width = 37;
  std::vector<float> mask(rows.size() * width);
  const DropoutKey key = {.seed = 0x123456789ABCDEF, .epoch = 3, .layer = 2};
  FillDropoutMask(key, rows, width, 0.3, mask.data());
  const uint32_t threshold = static_cast<uint32_t>(std::lround(0.3 * 65536));
  for (size_t i = 0; i < rows.size(); ++i) {
    const uint64_t id = static_cast<uint64_t>(rows[i]);
    for (int64_t j = 0; j < width; ++j) {
      const PhiloxBlock block = Philox({2u << 20 | static_cast<uint32_t>(j / 8), 3,
                                        static_cast<uint32_t>(id), static_cast<uint32_t>(id >> 32)},
                                       {0x89ABCDEFu ^ (4u << 24), 0x1234567u});
      const uint32_t bits = block[static_cast<size_t>(j % 8 / 2)] >> (j % 2 * 16) & 0xFFFF;
      ASSERT_FLOAT_EQ(mask[i * width + j], bits < threshold ? 0 : 1 / 0.7f) << i << " " << j;
    }
  }
}

TEST(Dropout, KeepsTheMeanAndDoesNothingInEvaluation) {
  std::vector<int64_t> rows(1000);
  std::iota(rows.begin(), rows.end(), 0);
  const at::Tensor x = at::ones({1000, 64});
  const StepContext context = {.training = true, .seed = 1, .rows = rows};
  const at::Tensor y = Dropout(x, 0.25, 0, context);
  EXPECT_NEAR(y.mean().item<double>(), 1, 0.01);
  EXPECT_NEAR((y == 0).to(at::kDouble).mean().item<double>(), 0.25, 0.005);
  EXPECT_TRUE(at::equal(Dropout(x, 0.25, 0, {.rows = rows}), x));
}

}  // namespace
}  // namespace bottega
