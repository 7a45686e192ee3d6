// Threads for data work. libtorch's own threads are chosen in engine/.
#pragma once

#include <cstdint>
#include <functional>

namespace bottega {

// Processors this process may use: affinity and cgroup quota, at least 1.
int AvailableProcessors();

// Calls body(begin, end) over 0 .. n in chunks of at most `chunk`, on `threads` threads (0: all
// available). Chunk borders do not depend on the number of threads. The first exception is
// rethrown after the others stopped. `body` must not touch shared state without its own lock.
void ParallelFor(int64_t n, int64_t chunk, const std::function<void(int64_t, int64_t)>& body,
                 int threads = 0);

}  // namespace bottega
