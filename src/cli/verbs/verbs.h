// The verbs that need no tensors, one file each.
#pragma once

#include <optional>

#include "cli/project.h"
#include "cli/verb.h"

namespace bottega {

const Spec& InitSpec();
Json RunInit(Invocation& call);
const Spec& AuditSpec();
Json RunAuditVerb(Invocation& call);
Json RunAuditWith(Invocation& call, std::optional<Embedder> embedder);
const Spec& CleanSpec();
Json RunClean(Invocation& call);
const Spec& ReviewSpec();
Json RunReview(Invocation& call);
const Spec& SplitVerbSpec();
Json RunSplit(Invocation& call);
const Spec& ReportSpec();
Json RunReport(Invocation& call);
const Spec& ListSpec();
Json RunList(Invocation& call);
const Spec& SchemaInferSpec();
Json RunSchemaInfer(Invocation& call);
const Spec& SchemaCheckSpec();
Json RunSchemaCheck(Invocation& call);
const Spec& DataDiffSpec();
Json RunDataDiff(Invocation& call);
const Spec& DataExportSpec();
Json RunDataExport(Invocation& call);
const Spec& DataAccessSpec();
Json RunDataAccess(Invocation& call);
const Spec& ForgetSpec();
Json RunForget(Invocation& call);
const Spec& VerifySpec();
Json RunVerify(Invocation& call);
const Spec& RunsListSpec();
Json RunRunsList(Invocation& call);
const Spec& RunsShowSpec();
Json RunRunsShow(Invocation& call);
const Spec& RunsDiffSpec();
Json RunRunsDiff(Invocation& call);
const Spec& RunsCompareSpec();
Json RunRunsCompare(Invocation& call);
const Spec& RunsTagSpec();
Json RunRunsTag(Invocation& call);
const Spec& RunsGcSpec();
Json RunRunsGc(Invocation& call);
const Spec& RunsPushSpec();
Json RunRunsPush(Invocation& call);
const Spec& RecipeVerbSpec();
Json RunRecipe(Invocation& call);
const Spec& DoctorSpec();
Json RunDoctor(Invocation& call);
const Spec& CompletionSpec();
Json RunCompletion(Invocation& call);

}  // namespace bottega
