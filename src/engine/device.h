// Device, threads and determinism: chosen once, before the first tensor operation.
#pragma once

#include <c10/core/Device.h>

#include <cstdint>
#include <string>

#include "engine/libtorch_version.h"

namespace bottega {

struct EngineSettings {
  std::string device = "auto";  // "auto", "cpu", "cuda", "cuda:1"
  int threads = 0;              // of libtorch's operators on the CPU; 0: all processors
};

struct EngineChoice {
  c10::Device device = c10::Device(c10::DeviceType::CPU);
  int threads = 1;
};

// Sets libtorch's thread number and deterministic algorithms, and picks the device: with "auto"
// the first CUDA device that libtorch can use, else the CPU. Thread-safe; the number of threads is
// the calling thread's own. A later call may change that, not the device of tensors that exist
// already.
// Errors: kUsage for a device that is not there.
EngineChoice StartEngine(const EngineSettings& settings = {});

// libtorch's number of threads inside one operator that the calling thread runs. Small models are
// faster on one.
void SetTorchThreads(int threads);
int TorchThreads();

// Whether the CPU multiplies bf16 matrices in hardware (AVX-512 BF16, AMX).
bool HasBf16Instructions();

// Waits until the device finished its work; nothing to do on a CPU.
void Synchronize(c10::Device device);

}  // namespace bottega
