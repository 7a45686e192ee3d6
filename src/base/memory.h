// How much memory there is.
#pragma once

#include <cstdint>

namespace bottega {

// Bytes that this process holds in memory now (its resident set).
int64_t ResidentMemory();

// Bytes that could still be taken without swapping: what the kernel calls available, and what is
// left of the control group's limit where there is one, whichever is less. A large number where the
// system does not tell.
int64_t AvailableMemory();

}  // namespace bottega
