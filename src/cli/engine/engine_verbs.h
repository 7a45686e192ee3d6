// Verbs that need libtorch, one file each.
#pragma once

#include "cli/verb.h"

namespace bottega {

Json RunAuditWithModel(Invocation& call);
Json RunTrain(Invocation& call);
Json RunPlan(Invocation& call);
Json RunTune(Invocation& call);
Json RunAblate(Invocation& call);
Json RunEvaluate(Invocation& call);
Json RunPredict(Invocation& call);
Json RunDiagnose(Invocation& call);
Json RunRun(Invocation& call);
Json RunDemo(Invocation& call);
Json RunLrFind(Invocation& call);
Json RunLrShow(Invocation& call);
Json RunOptimRace(Invocation& call);

// All verbs: those of TorchFreeVerbs() and these.
VerbTable EngineVerbs();

}  // namespace bottega
