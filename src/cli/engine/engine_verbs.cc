#include "cli/engine/engine_verbs.h"

#include "cli/verbs/engine_verb_specs.h"

namespace bottega {

VerbTable EngineVerbs() {
  VerbTable verbs = TorchFreeVerbs();
  verbs.push_back({TrainVerbSpec, RunTrain});
  verbs.push_back({EvaluateVerbSpec, RunEvaluate});
  verbs.push_back({PredictVerbSpec, RunPredict});
  verbs.push_back({RunVerbSpec, RunRun});
  verbs.push_back({DemoVerbSpec, RunDemo});
  return verbs;
}

}  // namespace bottega
