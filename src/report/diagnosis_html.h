// diagnosis.html, and the chapter of it in report.html.
#pragma once

#include <string>

#include "base/json.h"

namespace bottega {

// A page that loads nothing, from diagnosis.json (doc/formats/diagnosis.md).
std::string RenderDiagnosis(const Json& diagnosis);

// Verdicts and changes alone; "" for null.
std::string DiagnosisChapter(const Json& diagnosis);

}  // namespace bottega
