// What `forget` and `data access` share: the project's side of finding a person.
#pragma once

#include "clean/forget/forget.h"
#include "cli/project.h"
#include "cli/verb.h"

namespace bottega {

// The rows of `project` that `--where` of `call` chooses, and what names the person. The project
// must outlive it. Errors: kUsage for a condition that cannot be read; kData where no row meets it.
Forgetting FindForForgetting(const Invocation& call, Project* project, bool from_source);

// As FindForForgetting, and nullopt where no row meets the condition.
std::optional<Forgetting> FindPerson(const Invocation& call, Project* project, bool from_source);

}  // namespace bottega
