#include "engine/capture.h"

#include <c10/util/Exception.h>

#include <new>

#include "base/error.h"

namespace bottega {

namespace {

std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

[[noreturn]] void ThrowOutOfMemory(std::string_view doing, const std::string& detail) {
  throw Error(ErrorKind::kBudget,
              "memory ran out while " + std::string(doing) + " (" + FirstLine(detail) + ")", {},
              "a smaller model needs less, and so do smaller micro-batches: "
              "`bottega train --set train.micro_batch=8`");
}

}  // namespace

bool SaysOutOfMemory(std::string_view message) {
  for (const std::string_view sign : {"out of memory", "not enough memory", "can't allocate memory",
                                      "Cannot allocate memory", "CUBLAS_STATUS_ALLOC_FAILED"}) {
    if (message.find(sign) != std::string_view::npos) return true;
  }
  return false;
}

void RethrowTorch(std::string_view doing) {
  try {
    throw;
  } catch (const c10::OutOfMemoryError& error) {
    ThrowOutOfMemory(doing, error.what_without_backtrace());
  } catch (const c10::Error& error) {
    const std::string text = error.what_without_backtrace();
    if (SaysOutOfMemory(text)) ThrowOutOfMemory(doing, text);
    throw Error(ErrorKind::kInternal,
                "libtorch failed while " + std::string(doing) + ": " + FirstLine(text));
  } catch (const std::bad_alloc&) {
    ThrowOutOfMemory(doing, "std::bad_alloc");
  }
}

}  // namespace bottega
