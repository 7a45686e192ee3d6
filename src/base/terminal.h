// What the terminal can do, and colour that goes away where it cannot be shown.
#pragma once

#include <string>
#include <string_view>

namespace bottega {

enum class Style { kBold, kDim, kRed, kGreen, kYellow, kBlue };

// Whether stderr (2) or stdout (1) is a terminal that moves its cursor (TERM is not "dumb").
bool IsTerminal(int fd);
// Colour is used on terminals unless NO_COLOR is set.
bool UsesColor(int fd);
int TerminalWidth(int fd);  // columns; COLUMNS, else the terminal's, else 80
std::string Paint(std::string_view text, Style style, int fd = 1);

}  // namespace bottega
