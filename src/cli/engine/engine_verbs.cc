#include "cli/engine/engine_verbs.h"

#include "cli/verbs/engine_verb_specs.h"
#include "cli/verbs/prepare_verb_specs.h"
#include "cli/verbs/search_verb_specs.h"
#include "cli/verbs/verbs.h"

namespace bottega {

VerbTable EngineVerbs() {
  VerbTable verbs = {{AuditSpec, RunAuditWithModel}};
  verbs.insert(verbs.end(), TorchFreeVerbs().begin(), TorchFreeVerbs().end());
  verbs.push_back({TrainVerbSpec, RunTrain});
  verbs.push_back({PlanVerbSpec, RunPlan});
  verbs.push_back({TuneVerbSpec, RunTune});
  verbs.push_back({AblateVerbSpec, RunAblate});
  verbs.push_back({EvaluateVerbSpec, RunEvaluate});
  verbs.push_back({PredictVerbSpec, RunPredict});
  verbs.push_back({DiagnoseVerbSpec, RunDiagnose});
  verbs.push_back({RunVerbSpec, RunRun});
  verbs.push_back({DemoVerbSpec, RunDemo});
  verbs.push_back({LrFindSpec, RunLrFind});
  verbs.push_back({LrShowSpec, RunLrShow});
  verbs.push_back({OptimRaceSpec, RunOptimRace});
  return verbs;
}

}  // namespace bottega
