#include "model/models_specs.h"

namespace bottega {

SpecList ModelSpecs() {
  return {&AutoModelSpec(),   &MlpSpec(),      &ResmlpSpec(),   &FtTransformerSpec(),
          &ResnetSmallSpec(), &Resnet18Spec(), &Resnet34Spec(), &Resnet50Spec()};
}

bool ReadsPictures(const std::string& model) { return model.starts_with("resnet"); }

}  // namespace bottega
