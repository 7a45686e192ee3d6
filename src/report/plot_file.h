// A plot as a file of its own.
#pragma once

#include <string>

namespace bottega {

// An SVG document of a figure that Draw() made, with the colours of the light page.
std::string SvgDocument(const std::string& figure);

}  // namespace bottega
