// The copy that `bottega data access` gives a person, as a page to read.
#pragma once

#include <map>
#include <string>

#include "base/json.h"

namespace bottega {

// `copy`: access.json (doc/formats/access.md). `pictures`: data URIs of the pictures that are rows,
// by their paths in it. One file that loads nothing; every value is escaped.
std::string AccessHtml(const Json& copy, const std::map<std::string, std::string>& pictures = {});

}  // namespace bottega
