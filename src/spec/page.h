// A Spec's page: what `bottega list KIND NAME`, `--help` and doc/reference/ show.
#pragma once

#include <string>

#include "spec/spec.h"

namespace bottega {

// Plain text for a terminal `width` columns wide.
std::string SpecPage(const Spec& spec, int width);
// The same for programs: what `--json` prints of it.
Json SpecJson(const Spec& spec);
// Markdown, one page of doc/reference/.
std::string SpecMarkdown(const Spec& spec);
// The command that turns it on.
std::string TurnOn(const Regularizer& trade);
// `text` broken at spaces into lines of at most `width`, each after the first (and the first, if
// `first_indent`) indented by `indent` spaces. Lines that start with white space are kept.
std::string Wrap(const std::string& text, int width, int indent, bool first_indent = true);

}  // namespace bottega
