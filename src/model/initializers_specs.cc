#include "model/initializers_specs.h"

namespace bottega {

namespace {

Param ZeroLast() {
  return {.name = "zero_last",
          .type = ParamType::kBool,
          .what =
              "start the last layer at 0: the first answer is the same for all rows, and the "
              "first loss is that of knowing nothing",
          .fallback = false,
          .source = "Zhang, Dauphin and Ma 2019, arXiv:1901.09321"};
}

Param Gain(const std::string& what) {
  return {.name = "gain",
          .type = ParamType::kFloat,
          .what = what,
          .fallback = 1.0,
          .min = 0,
          .min_open = true,
          .larger = "larger first activations",
          .smaller = "smaller first activations"};
}

Param Mode() {
  return {.name = "mode",
          .type = ParamType::kChoice,
          .what =
              "keep the variance of activations on the way forward (fan_in) or of gradients on "
              "the way back (fan_out)",
          .fallback = "fan_in",
          .choices = {"fan_in", "fan_out"},
          .source = "He et al. 2015, arXiv:1502.01852, section 2.2"};
}

Spec Scheme(const std::string& name, const std::string& one_line, const std::string& text,
            std::vector<Param> params, const std::string& source) {
  params.push_back(ZeroLast());
  return {.kind = "initializer",
          .name = name,
          .one_line = one_line,
          .text = text,
          .params = std::move(params),
          .source = source};
}

}  // namespace

SpecList InitializerSpecs() {
  static const std::string kFans = " Biases start at 0; embeddings and norms keep their own start.";
  static const std::vector<Spec> specs = {
      Scheme("default", "what each layer does by itself",
             "Linear layers: uniform within 1 / sqrt(inputs); convolutions: kaiming_normal by "
             "fan_out; embeddings: normal with deviation 1; as PyTorch's layers and torchvision's "
             "residual networks.",
             {}, "torch.nn.Linear, torchvision.models.resnet"),
      Scheme("xavier_uniform", "uniform, with the variance 2 gain^2 / (inputs + outputs)",
             "For tanh and linear layers. ReLU halves the variance a layer: use kaiming." + kFans,
             {Gain("factor; 5/3 for tanh")}, "Glorot and Bengio 2010, AISTATS"),
      Scheme("xavier_normal", "normal, with the variance 2 gain^2 / (inputs + outputs)",
             "For tanh and linear layers. ReLU halves the variance a layer: use kaiming." + kFans,
             {Gain("factor; 5/3 for tanh")}, "Glorot and Bengio 2010, AISTATS"),
      Scheme("kaiming_uniform", "uniform, with the variance 2 / fan: for ReLU",
             "Keeps the size of activations through many ReLU layers without norms." + kFans,
             {Mode()}, "He et al. 2015, arXiv:1502.01852"),
      Scheme("kaiming_normal", "normal, with the variance 2 / fan: for ReLU",
             "Keeps the size of activations through many ReLU layers without norms." + kFans,
             {Mode()}, "He et al. 2015, arXiv:1502.01852"),
      Scheme("orthogonal", "a random rotation: keeps lengths exactly",
             "For deep networks without norms, and recurrent ones. Costs a QR decomposition a "
             "layer." +
                 kFans,
             {Gain("factor; sqrt(2) for ReLU")}, "Saxe et al. 2014, arXiv:1312.6120"),
      Scheme("truncated_normal", "normal, cut at two deviations",
             "As transformers start: small weights without outliers." + kFans,
             {{.name = "std",
               .type = ParamType::kFloat,
               .what = "deviation before the cut",
               .fallback = 0.02,
               .min = 0,
               .min_open = true,
               .larger = "larger first activations",
               .smaller = "smaller first activations"}},
             "Devlin et al. 2019, arXiv:1810.04805; Dosovitskiy et al. 2021, arXiv:2010.11929")};
  SpecList list;
  for (const Spec& spec : specs) list.push_back(&spec);
  return list;
}

}  // namespace bottega
