#include "model/models_specs.h"

namespace bottega {

SpecList ModelSpecs() {
  return {&AutoModelSpec(), &MlpSpec(),      &ResnetSmallSpec(),
          &Resnet18Spec(),  &Resnet34Spec(), &Resnet50Spec()};
}

}  // namespace bottega
