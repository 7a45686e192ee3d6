// Finds the first operator whose result is not finite.
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bottega {

struct NonFiniteOutput {
  std::string operation;  // "addmm", "relu" ...
  std::string parameter;  // the named tensor that it took, or the last one taken before it; or ""
  bool own = false;       // it took `parameter` itself
};

// While it lives, the results of all operators that the calling thread runs are looked at: slow,
// for a step that went wrong. `named`: parameters and buffers, recognized by where they lie.
class OperatorWatch {
 public:
  explicit OperatorWatch(const std::vector<std::pair<std::string, at::Tensor>>& named);
  ~OperatorWatch();
  OperatorWatch(const OperatorWatch&) = delete;
  OperatorWatch& operator=(const OperatorWatch&) = delete;

  const std::optional<NonFiniteOutput>& first() const;
  // Every named tensor that was taken, in order of its first use.
  const std::vector<std::string>& used() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bottega
