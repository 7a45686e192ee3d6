// The commands in hints: a hint is one command, or a sentence with commands between back quotes.
#pragma once

#include <string>

namespace bottega {

// `hint` with its commands (`bottega ...`) as they are typed outside of `folder`, which they were
// written for: with -C. A command that names a folder already keeps it, below `folder` where it
// stands right behind `bottega`.
std::string InFolder(const std::string& hint, const std::string& folder);

}  // namespace bottega
