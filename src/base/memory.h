// How much memory there is.
#pragma once

#include <cstdint>

namespace bottega {

// Bytes that this process holds in memory now (its resident set).
int64_t ResidentMemory();

// The most it has held since it began or since ResetPeakMemory (VmHWM).
int64_t PeakMemory();
// Gives freed blocks back to the system and lets PeakMemory begin anew. False where the system
// does not allow it: then the peak is the process's.
bool ResetPeakMemory();
// From now on blocks of 4 MB and more go back to the system when they are freed. Left to itself
// malloc keeps them in one heap, whose holes then count as held: in a ResNet-50 as much as a
// quarter. It costs a few percent of a training's time.
void ReturnLargeBlocks();

// Bytes that could still be taken without swapping: what the kernel calls available, and what is
// left of the control group's limit where there is one, whichever is less. A large number where the
// system does not tell.
int64_t AvailableMemory();

}  // namespace bottega
