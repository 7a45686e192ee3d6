// For loops over plain arrays in files named *_kernel.cc, which CMake compiles for vectorization.
#pragma once

// Before a function: it is compiled for AVX-512, AVX2 and plain x86-64, chosen at load time.
#if defined(__x86_64__)
#define BOTTEGA_VECTORIZED \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define BOTTEGA_VECTORIZED
#endif
