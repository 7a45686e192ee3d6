#include "cli/verb.h"
#include "cli/verbs/engine_verb_specs.h"
#include "cli/verbs/prepare_verb_specs.h"
#include "cli/verbs/search_verb_specs.h"
#include "cli/verbs/verbs.h"

namespace bottega {

const VerbTable& TorchFreeVerbs() {
  static const VerbTable kVerbs = {
      {InitSpec, RunInit},
      {AuditSpec, RunAuditVerb, "model"},
      {CleanSpec, RunClean},
      {ReviewSpec, RunReview},
      {SplitVerbSpec, RunSplit},
      {ReportSpec, RunReport},
      {ListSpec, RunList},
      {SchemaInferSpec, RunSchemaInfer},
      {SchemaCheckSpec, RunSchemaCheck},
      {DataDiffSpec, RunDataDiff},
      {DataExportSpec, RunDataExport},
      {DataAccessSpec, RunDataAccess},
      {ForgetSpec, RunForget},
      {VerifySpec, RunVerify},
      {RunsListSpec, RunRunsList},
      {RunsShowSpec, RunRunsShow},
      {RunsDiffSpec, RunRunsDiff},
      {RunsCompareSpec, RunRunsCompare},
      {RunsTagSpec, RunRunsTag},
      {RunsGcSpec, RunRunsGc},
      {RunsPushSpec, RunRunsPush},
      {RecipeVerbSpec, RunRecipe},
      {DoctorSpec, RunDoctor},
      {CompletionSpec, RunCompletion},
  };
  return kVerbs;
}

SpecList EngineVerbSpecs() {
  return {&TrainVerbSpec(),    &PlanVerbSpec(),    &TuneVerbSpec(),     &AblateVerbSpec(),
          &EvaluateVerbSpec(), &PredictVerbSpec(), &DiagnoseVerbSpec(), &RunVerbSpec(),
          &DemoVerbSpec(),     &LrFindSpec(),      &LrShowSpec(),       &OptimRaceSpec()};
}

}  // namespace bottega
