#include "model/initialize_model.h"

#include <gtest/gtest.h>

#include "model/initializers_specs.h"
#include "model/models.h"

namespace bottega {
namespace {

Json Settings(const std::string& name, const Json& changes = Json::object()) {
  Json settings = {{"name", name}};
  for (const Spec* spec : InitializerSpecs()) {
    if (spec->name != name) continue;
    for (const Param& param : spec->params) settings[param.name] = param.fallback;
  }
  settings.update(changes);
  return settings;
}

std::shared_ptr<Model> MakeWide() {
  return MakeModel({{"name", "mlp"},
                    {"hidden", {400, 100}},
                    {"dropout", 0.0},
                    {"norm", "batch"},
                    {"activation", "relu"},
                    {"embedding", nullptr}},
                   {.numbers = 200, .cardinality = {30}, .outputs = 3, .seed = 5});
}

at::Tensor Find(const Model& model, const std::string& wanted) {
  for (const auto& [name, tensor] : model.Parameters()) {
    if (name == wanted) return tensor.detach();
  }
  return {};
}

// torch.nn.init gives the same deviations: gain sqrt(2 / (in + out)), sqrt(2 / fan).
TEST(InitializeModel, DeviationsAreThoseOfTheFormulas) {
  const double in = 200 + 15, out = 400;
  const std::vector<std::pair<Json, double>> cases = {
      {Settings("xavier_uniform"), std::sqrt(2 / (in + out))},
      {Settings("xavier_normal", {{"gain", 3.0}}), 3 * std::sqrt(2 / (in + out))},
      {Settings("kaiming_uniform"), std::sqrt(2 / in)},
      {Settings("kaiming_normal", {{"mode", "fan_out"}}), std::sqrt(2 / out)},
      // A normal cut at two deviations has 0.8796 of its deviation.
      {Settings("truncated_normal"), 0.02 * 0.87962566}};
  for (const auto& [settings, deviation] : cases) {
    const auto model = MakeWide();
    const at::Tensor table = Find(*model, "embeddings.0.weight").clone();
    const at::Tensor norm = Find(*model, "norms.0.weight").clone();
    InitializeModel(settings, *model, 5);
    const at::Tensor w = Find(*model, "layers.0.weight");
    EXPECT_NEAR(w.std().item<double>() / deviation, 1, 0.01) << settings.dump();
    EXPECT_NEAR(w.mean().item<double>() / deviation, 0, 0.02) << settings.dump();
    EXPECT_EQ(Find(*model, "layers.0.bias").abs().max().item<double>(), 0);
    EXPECT_TRUE(Find(*model, "embeddings.0.weight").equal(table));
    EXPECT_TRUE(Find(*model, "norms.0.weight").equal(norm));
    if (settings["name"] == "truncated_normal") {
      EXPECT_LE(w.abs().max().item<double>(), 0.04 * 1.0001);
    }
    if (settings["name"] == "xavier_uniform") {
      EXPECT_LE(w.abs().max().item<double>(), deviation * std::sqrt(3.0) * 1.0001);
    }
  }
}

TEST(InitializeModel, OrthogonalKeepsLengths) {
  const auto model = MakeWide();
  InitializeModel(Settings("orthogonal", {{"gain", 2.0}}), *model, 5);
  const at::Tensor tall = Find(*model, "layers.0.weight");  // 400 x 215
  EXPECT_TRUE(at::allclose(at::matmul(tall.t(), tall), at::eye(215) * 4, 1e-4, 1e-4));
  const at::Tensor wide = Find(*model, "layers.1.weight");  // 100 x 400
  EXPECT_TRUE(at::allclose(at::matmul(wide, wide.t()), at::eye(100) * 4, 1e-4, 1e-4));
}

TEST(InitializeModel, DependsOnTheSeedAloneAndTheLastLayerMayBeZero) {
  for (const Spec* spec : InitializerSpecs()) {
    const auto one = MakeWide(), two = MakeWide(), other = MakeWide();
    InitializeModel(Settings(spec->name), *one, 5);
    InitializeModel(Settings(spec->name, {{"zero_last", true}}), *two, 5);
    InitializeModel(Settings(spec->name), *other, 6);
    EXPECT_TRUE(Find(*one, "layers.1.weight").equal(Find(*two, "layers.1.weight"))) << spec->name;
    EXPECT_EQ(Find(*two, "head.weight").abs().max().item<double>(), 0) << spec->name;
    EXPECT_GT(Find(*one, "head.weight").abs().max().item<double>(), 0) << spec->name;
    if (spec->name != "default") {
      EXPECT_FALSE(Find(*one, "layers.1.weight").equal(Find(*other, "layers.1.weight")));
    }
  }
}

TEST(InitializeModel, ConvolutionsCountTheirKernel) {
  const Fans fans = FansOf(at::zeros({8, 4, 3, 3}));
  EXPECT_EQ(fans.in, 36);
  EXPECT_EQ(fans.out, 72);
}

}  // namespace
}  // namespace bottega
