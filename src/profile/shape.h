// The pattern of characters that texts follow: codes, phone numbers, dates.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bottega {

// Runs of digits become '9', runs of letters 'a' (any script), runs of white space one space; all
// other characters stay: "AB-1234 x" -> "a-9 a".
std::string ShapeOf(std::string_view text);
// The same character by character, "AB-1234" -> "aa-9999": how long the runs are.
std::string ExactShapeOf(std::string_view text);
// The letters and digits between separators: "9", "a", "9a" ...
std::vector<std::string> ShapeTokens(std::string_view shape);

// Whether `damaged` could be `whole` with some characters replaced: as many bytes, and where they
// differ, a character of another kind (letter, digit, separator).
bool MatchesButKinds(std::string_view damaged, std::string_view whole);

}  // namespace bottega
