// Free of libtorch types, for a check before any work.
#pragma once

#include <string>

namespace bottega {

// Error kUsage unless libtorch sees the device: "auto", "cpu", "cuda" or "cuda:N".
void RequireDevice(const std::string& name);

}  // namespace bottega
