// The findings of an audit as the body of a page section.
#pragma once

#include <string>
#include <vector>

#include "audit/finding.h"

namespace bottega {

// Rules of the filter and the lists, for Page::css.
std::string_view FindingsCss();

// Each check that found something, in a <details> with id "check-NAME", by theme; at most `most`
// open findings of each are spelled out, and as many folded ones.
std::string FindingsHtml(const AuditResult& result, int64_t most);

// "1 finding", "1,200 findings".
std::string Plural(int64_t n, const std::string& one);

}  // namespace bottega
