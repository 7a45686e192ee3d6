#include "optim/schedule.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "optim/schedule_formulas.h"
#include "optim/schedules.h"

namespace bottega {

namespace {

class Plateau : public Schedule {
 public:
  explicit Plateau(const Json& settings)
      : drop_(settings.at("factor").get<double>()),
        threshold_(settings.at("threshold").get<double>()),
        floor_(settings.at("floor").get<double>()),
        patience_(settings.at("patience").get<int64_t>()),
        cooldown_(settings.at("cooldown").get<int64_t>()) {}

  double Factor(int64_t, int64_t) override { return factor_; }

  void Observe(double value) override {
    const bool better =
        !seen_ || (value < 0 ? value < best_ * (1 + threshold_) : value < best_ * (1 - threshold_));
    if (better) {
      best_ = value;
      seen_ = true;
      bad_ = 0;
    } else {
      ++bad_;
    }
    if (resting_ > 0) {
      --resting_;
      bad_ = 0;
    }
    if (bad_ <= patience_) return;
    factor_ = std::max(factor_ * drop_, floor_);
    resting_ = cooldown_;
    bad_ = 0;
  }

  Json State() const override {
    return {{"factor", factor_},
            {"best", best_},
            {"seen", seen_},
            {"bad", bad_},
            {"resting", resting_}};
  }

  void LoadState(const Json& state) override {
    factor_ = state.at("factor").get<double>();
    best_ = state.at("best").get<double>();
    seen_ = state.at("seen").get<bool>();
    bad_ = state.at("bad").get<int64_t>();
    resting_ = state.at("resting").get<int64_t>();
  }

 private:
  double drop_, threshold_, floor_;
  int64_t patience_, cooldown_;
  double factor_ = 1, best_ = 0;
  bool seen_ = false;
  int64_t bad_ = 0, resting_ = 0;
};

// Warm-up in front of another schedule.
class Warmed : public Schedule {
 public:
  Warmed(double warmup, std::unique_ptr<Schedule> inner)
      : warmup_(warmup), inner_(std::move(inner)) {}

  double Factor(int64_t step, int64_t total) override {
    const int64_t steps = std::min<int64_t>(
        total, std::llround(warmup_ < 1 ? warmup_ * static_cast<double>(total) : warmup_));
    if (step >= steps) return inner_->Factor(step - steps, total - steps);
    return inner_->Factor(0, total - steps) * static_cast<double>(step + 1) /
           static_cast<double>(steps + 1);
  }
  void Observe(double value) override { inner_->Observe(value); }
  Json State() const override { return inner_->State(); }
  void LoadState(const Json& state) override { inner_->LoadState(state); }

 private:
  double warmup_;
  std::unique_ptr<Schedule> inner_;
};

std::unique_ptr<Schedule> MakePlateau(const Json& settings, int64_t) {
  return std::make_unique<Plateau>(settings);
}

}  // namespace

const std::vector<ScheduleBuilder>& ScheduleBuilders() {
  static const std::vector<ScheduleBuilder> builders = {{"constant", MakeConstant},
                                                        {"step", MakeStep},
                                                        {"multi_step", MakeMultiStep},
                                                        {"exponential", MakeExponential},
                                                        {"cosine", MakeCosine},
                                                        {"cosine_restarts", MakeCosineRestarts},
                                                        {"polynomial", MakePolynomial},
                                                        {"one_cycle", MakeOneCycle},
                                                        {"wsd", MakeWsd},
                                                        {"plateau", MakePlateau}};
  return builders;
}

std::unique_ptr<Schedule> MakeSchedule(const Json& settings, int64_t steps_per_epoch) {
  const std::string name = settings.at("name").get<std::string>();
  for (const ScheduleBuilder& builder : ScheduleBuilders()) {
    if (builder.name != name) continue;
    return std::make_unique<Warmed>(settings.value("warmup", 0.0),
                                    builder.make(settings, steps_per_epoch));
  }
  throw Error(ErrorKind::kRecipe, "unknown schedule '" + name + "'", {}, "bottega list schedules");
}

}  // namespace bottega
