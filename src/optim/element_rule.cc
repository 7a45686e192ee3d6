#include "optim/element_rule.h"

#include <ATen/Parallel.h>

namespace bottega {

namespace {

// Of a long array for one thread; a piece's ends do not depend on the number of threads.
constexpr int64_t kPiece = 1 << 16;

class Elementwise : public Optimizer {
 public:
  Elementwise(std::unique_ptr<ElementRule> rule, const UpdateTargets& targets)
      : rule_(std::move(rule)), set_(targets, rule_->Slots(), rule_->Initial()) {}

  void Step(double lr, const Objective*) override {
    const at::NoGradGuard no_grad;
    set_.Advance();
    if (set_.Plain()) {
      for (const Segment& segment : set_.Segments()) Run(lr, segment);
    } else {
      for (UpdateLists& lists : set_.Lists()) Run(lr, lists);
    }
  }

  NamedTensors State() override { return set_.State(); }
  void LoadState(const NamedTensors& state) override { set_.LoadState(state); }

 private:
  static UpdateScalars ScalarsOf(double lr, const ParameterRule& rule, int64_t step) {
    const double own = lr * rule.lr_scale;
    return {.lr = own, .l2 = rule.l2, .keep = 1 - own * rule.weight_decay, .step = step};
  }

  void Run(double lr, const Segment& segment) const {
    const UpdateScalars scalars = ScalarsOf(lr, segment.rule, segment.step);
    const LoopArrays& all = segment.arrays;
    if (all.size <= kPiece) return rule_->Loop(scalars, all);
    at::parallel_for(0, (all.size + kPiece - 1) / kPiece, 1, [&](int64_t begin, int64_t end) {
      for (int64_t piece = begin; piece < end; ++piece) {
        const int64_t from = piece * kPiece;
        rule_->Loop(scalars, all.Part(from, std::min(kPiece, all.size - from)));
      }
    });
  }

  void Run(double lr, UpdateLists& lists) const {
    const UpdateScalars scalars = ScalarsOf(lr, lists.rule, lists.step);
    if (scalars.l2 != 0) {
      lists.gradients = at::_foreach_add(lists.gradients, lists.parameters, scalars.l2);
    }
    if (scalars.keep != 1) at::_foreach_mul_(lists.parameters, scalars.keep);
    rule_->Lists(scalars, lists);
  }

  std::unique_ptr<ElementRule> rule_;
  ParameterSet set_;
};

}  // namespace

std::unique_ptr<Optimizer> MakeElementwise(std::unique_ptr<ElementRule> rule,
                                           const UpdateTargets& targets) {
  return std::make_unique<Elementwise>(std::move(rule), targets);
}

}  // namespace bottega
