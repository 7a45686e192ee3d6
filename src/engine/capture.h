// The one place where libtorch's exceptions become bottega's.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace bottega {

// Call inside a catch block: throws the current exception as an Error.
//   out of memory (CPU or GPU)  kBudget, with the hint to lower train.batch
//   anything else of libtorch   kInternal: its message's first line, without the C++ backtrace
// Errors and Interrupted pass unchanged. `doing` completes "while ...", as in "training a step".
[[noreturn]] void RethrowTorch(std::string_view doing);

// Whether libtorch's message says that memory ran out.
bool SaysOutOfMemory(std::string_view message);

// body(), with libtorch's exceptions turned into Errors.
template <typename Body>
decltype(auto) CatchTorch(std::string_view doing, Body&& body) {
  try {
    return std::forward<Body>(body)();
  } catch (...) {
    RethrowTorch(doing);
  }
}

}  // namespace bottega
