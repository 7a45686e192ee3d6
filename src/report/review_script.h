// The script of a review page: it reads REVIEW, shows one row after the other, keeps answers in
// localStorage, and hands them over as a file.
#pragma once

#include <string_view>

namespace bottega {

std::string_view ReviewScript();

}  // namespace bottega
