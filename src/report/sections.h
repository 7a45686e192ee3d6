// The chapters of report.html: each takes the facts and gives HTML, empty when it has nothing to
// say. Everything that came from data is escaped here.
#pragma once

#include <string>

#include "base/json.h"

namespace bottega {

std::string OverviewHtml(const Json& facts);  // the first page, in plain words
std::string ScoresHtml(const Json& facts);    // all metrics a part, per class, warnings
std::string DataHtml(const Json& facts);      // source, parts, balance
std::string AuditSectionHtml(const Json& facts);
std::string RepairsHtml(const Json& facts);  // repairs and refused columns
std::string CurvesHtml(const Json& facts);
std::string CrossValidationHtml(const Json& facts);
std::string SeedsHtml(const Json& facts);
std::string ConfusionHtml(const Json& facts);  // or the histogram of errors
std::string MistakesHtml(const Json& facts);
std::string GroupsHtml(const Json& facts);
std::string CalibrationHtml(const Json& facts);
std::string ReproduceHtml(const Json& facts);

// <p>, escaped, with an optional class.
std::string Paragraph(const std::string& text, const std::string& css_class = {});
// Values of a JSON leaf as plain text: strings unquoted, null as an empty text.
std::string PlainText(const Json& value);

}  // namespace bottega
