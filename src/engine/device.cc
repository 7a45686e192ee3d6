#include "engine/device.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <c10/util/Exception.h>
#include <torch/headeronly/version.h>

#include <cstdlib>
#include <mutex>

#include "base/error.h"
#include "base/threads.h"
#include "engine/device_check.h"

namespace bottega {

namespace {

int CudaDevices() { return at::hasCUDA() ? at::detail::getCUDAHooks().deviceCount() : 0; }

c10::Device PickDevice(const std::string& name) {
  if (name == "cpu") return c10::Device(c10::kCPU);
  const int count = CudaDevices();
  if (name == "auto") return count > 0 ? c10::Device(c10::kCUDA, 0) : c10::Device(c10::kCPU);
  if (name == "cuda" || name.starts_with("cuda:")) {
    const c10::Device device(name == "cuda" ? "cuda:0" : name);
    if (device.index() < count) return device;
    throw Error(ErrorKind::kUsage,
                "device '" + name + "' is not there: libtorch " + LibtorchVersion() + " sees " +
                    std::to_string(count) + " CUDA devices",
                {}, "bottega train --set train.device=cpu");
  }
  throw Error(ErrorKind::kUsage, "unknown device '" + name + "'", {},
              "bottega train --set train.device=auto");
}

void ChooseDeterministicKernels() {
  // cuBLAS reads this at its first use.
  setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", 0);
  at::Context& context = at::globalContext();
  context.setDeterministicCuDNN(true);
  context.setBenchmarkCuDNN(false);
  context.setDeterministicAlgorithms(true, /*warn_only=*/true);
  // Filling every uninitialised tensor would cost time and guards only against our own mistakes.
  context.setDeterministicFillUninitializedMemory(false);
}

// libtorch's warnings are about its own calls: nothing that whoever types a command could act on.
class NoWarnings : public c10::WarningHandler {
  void process(const c10::Warning&) override {}
};

}  // namespace

EngineChoice StartEngine(const EngineSettings& settings) {
  static NoWarnings no_warnings;
  static std::once_flag once;  // several trainings may begin at the same time
  std::call_once(once, [] {
    c10::WarningUtils::set_warning_handler(&no_warnings);
    ChooseDeterministicKernels();
  });
  EngineChoice choice;
  choice.device = PickDevice(settings.device);
  choice.threads = settings.threads > 0 ? settings.threads : AvailableProcessors();
  SetTorchThreads(choice.threads);
  return choice;
}

void RequireDevice(const std::string& name) { PickDevice(name); }

void SetTorchThreads(int threads) {
  if (at::get_num_threads() != threads) at::set_num_threads(threads);
}

int TorchThreads() { return at::get_num_threads(); }

bool HasBf16Instructions() {
  static const auto op = c10::Dispatcher::singleton()
                             .findSchemaOrThrow("mkldnn::_is_mkldnn_bf16_supported", "")
                             .typed<bool()>();
  return op.call();
}

void Synchronize(c10::Device device) {
  if (device.is_cpu()) return;
  c10::impl::VirtualGuardImpl(device.type()).synchronizeDevice(device.index());
}

std::string LibtorchVersion() {
  const std::string version = std::to_string(TORCH_VERSION_MAJOR) + "." +
                              std::to_string(TORCH_VERSION_MINOR) + "." +
                              std::to_string(TORCH_VERSION_PATCH);
  return at::hasCUDA() ? version + " (CUDA)" : version;
}

}  // namespace bottega
