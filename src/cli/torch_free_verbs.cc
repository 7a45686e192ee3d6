#include "cli/verb.h"
#include "cli/verbs/engine_verb_specs.h"
#include "cli/verbs/prepare_verb_specs.h"
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
      {RunsSpec, RunRuns},
      {RecipeVerbSpec, RunRecipe},
      {DoctorSpec, RunDoctor},
      {CompletionSpec, RunCompletion},
  };
  return kVerbs;
}

SpecList EngineVerbSpecs() {
  return {&TrainVerbSpec(), &EvaluateVerbSpec(), &PredictVerbSpec(), &RunVerbSpec(),
          &DemoVerbSpec(),  &LrFindSpec(),       &LrShowSpec(),      &OptimRaceSpec()};
}

}  // namespace bottega
