// Data protection laws: which article or section each finding touches, and which topics of the law
// the audit looked at. No legal advice.
#pragma once

#include <string>
#include <vector>

#include "audit/finding.h"
#include "base/json.h"

namespace bottega {

// Names of the policies: "gdpr", "ccpa".
const std::vector<std::string>& PolicyNames();

// What stands wherever a policy is shown.
inline constexpr const char* kNoLegalAdvice =
    "This maps findings to the law's text for orientation. It is no legal advice, and no finding "
    "does not mean that the law is kept.";

// Sets detail["policy"] of each finding that the law has a word on, a list of {section, topic}, and
// result->policy: {name, title, notice, topics: [{topic, section, asks, state, findings, ids,
// remark}]}. `state` is "open" (there are findings, or the recipe leaves the question open),
// "nothing_found", "told" (the recipe answers) or "ask" (no program can tell). `ids` holds at most
// twenty. Errors: kUsage for a name that is none.
void ApplyPolicy(const std::string& name, const Json& recipe, AuditResult* result);

}  // namespace bottega
