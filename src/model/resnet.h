// Residual networks for pictures: He et al. 2015, "Deep residual learning for image recognition",
// arXiv:1512.03385, with names and numerics of torchvision.models.resnet (stride in the 3x3
// convolution of a bottleneck, "v1.5"), so that state dicts move both ways:
// conv1, bn1, layer1.0.conv1, layer2.0.downsample.0, fc ...
#pragma once

#include "base/json.h"
#include "model/layers.h"
#include "model/module.h"

namespace bottega {

struct ResnetShape {
  std::vector<int64_t> blocks;  // residual blocks of each stage
  int64_t width = 64;           // channels of the first stage; each further stage doubles
  bool bottleneck = false;      // 1x1, 3x3, 1x1 (four times as wide at the end), else two 3x3
  int64_t stem_kernel = 7;
  int64_t stem_stride = 2;
  bool stem_pool = true;        // 3x3 max pooling of stride 2 after the stem
  double dropout = 0;           // before fc
  double drop_path = 0;         // of the last block; linearly less before it
  std::string norm = "batch";   // "batch", "group"
  bool zero_last_norm = false;  // weight of each block's last norm starts at 0
};

class ResidualBlock : public Module {
 public:
  // `number` of the block among all `count`, from 0.
  ResidualBlock(int64_t in, int64_t width, int64_t stride, int64_t number, int64_t count,
                const ResnetShape& shape, Initializer& initializer);
  at::Tensor Forward(const at::Tensor& x, const StepContext& context) const;

 private:
  std::vector<std::shared_ptr<Conv2d>> convs_;
  std::vector<std::shared_ptr<Norm>> norms_;
  std::shared_ptr<Conv2d> shortcut_conv_;
  std::shared_ptr<Norm> shortcut_norm_;
  uint32_t number_;
  double drop_path_;
};

class Resnet : public Model {
 public:
  Resnet(const ResnetShape& shape, const ModelInput& input);
  at::Tensor Embed(const Batch& batch, const StepContext& context) override;
  at::Tensor Head(const at::Tensor& embedding) override;
  // "stem", then "layer1.0" and so on.
  std::vector<std::string> Blocks() const override { return block_names_; }

 private:
  ResnetShape shape_;
  std::vector<std::string> block_names_ = {"stem"};
  std::shared_ptr<Conv2d> conv1_;
  std::shared_ptr<Norm> bn1_;
  std::vector<std::shared_ptr<ResidualBlock>> blocks_;
  std::shared_ptr<Linear> fc_;
};

std::shared_ptr<Model> MakeResnet18(const Json& settings, const ModelInput& input);
std::shared_ptr<Model> MakeResnet34(const Json& settings, const ModelInput& input);
std::shared_ptr<Model> MakeResnet50(const Json& settings, const ModelInput& input);
// Three stages behind a 3x3 stem, for pictures of 28 to about 96 px.
std::shared_ptr<Model> MakeResnetSmall(const Json& settings, const ModelInput& input);

}  // namespace bottega
