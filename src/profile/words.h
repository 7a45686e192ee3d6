// Words of a text as language models and shingles see them.
#pragma once

#include <functional>
#include <string_view>

namespace bottega {

// Calls `use` with each run of letters (with the marks and apostrophes inside it), in lower case,
// in order, until it returns false. Digits and everything else part words. `text` is UTF-8; the
// view is valid during the call only.
void ForEachWord(std::string_view text, const std::function<bool(std::u32string_view)>& use);

}  // namespace bottega
