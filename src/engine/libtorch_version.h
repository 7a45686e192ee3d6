// Free of libtorch types, for manifests and `--version`.
#pragma once

#include <string>

namespace bottega {

// "2.13.0", and "2.11.0 (CUDA)" where libtorch can use a GPU.
std::string LibtorchVersion();

}  // namespace bottega
