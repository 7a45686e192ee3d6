#include "optim/schedule_formulas.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace bottega {

namespace {

using Formula = std::function<double(double step, double total)>;

class FormulaSchedule : public Schedule {
 public:
  explicit FormulaSchedule(Formula formula) : formula_(std::move(formula)) {}
  double Factor(int64_t step, int64_t total) override {
    return formula_(static_cast<double>(step), static_cast<double>(std::max<int64_t>(total, 1)));
  }

 private:
  Formula formula_;
};

std::unique_ptr<Schedule> Make(Formula formula) {
  return std::make_unique<FormulaSchedule>(std::move(formula));
}

double Number(const Json& settings, const char* name) { return settings.at(name).get<double>(); }

// A length given in epochs, in whole steps, at least one.
double StepsOf(double epochs, int64_t steps_per_epoch) {
  return std::max(1.0, std::round(epochs * static_cast<double>(steps_per_epoch)));
}

// From `from` to `to` along half a cosine; `share` runs from 0 to 1.
double HalfCosine(double from, double to, double share) {
  return to + (from - to) * (1 + std::cos(std::numbers::pi * share)) / 2;
}

double Line(double from, double to, double share) { return from + (to - from) * share; }

using Way = double (*)(double from, double to, double share);
Way WayOf(const Json& settings) { return settings.at("shape") == "linear" ? Line : HalfCosine; }

}  // namespace

std::unique_ptr<Schedule> MakeConstant(const Json&, int64_t) {
  return Make([](double, double) { return 1.0; });
}

std::unique_ptr<Schedule> MakeStep(const Json& settings, int64_t steps_per_epoch) {
  const double every =
      std::max(1.0, Number(settings, "every") * static_cast<double>(steps_per_epoch));
  const double factor = Number(settings, "factor");
  return Make([=](double t, double) { return std::pow(factor, std::floor(t / every)); });
}

std::unique_ptr<Schedule> MakeMultiStep(const Json& settings, int64_t steps_per_epoch) {
  std::vector<double> at;
  for (const Json& epoch : settings.at("at")) {
    at.push_back(StepsOf(epoch.get<double>(), steps_per_epoch));
  }
  const double factor = Number(settings, "factor");
  return Make([=](double t, double) {
    const auto passed = std::ranges::count_if(at, [&](double drop) { return t >= drop; });
    return std::pow(factor, static_cast<double>(passed));
  });
}

std::unique_ptr<Schedule> MakeExponential(const Json& settings, int64_t steps_per_epoch) {
  const double factor = Number(settings, "factor");
  const double epoch = static_cast<double>(std::max<int64_t>(1, steps_per_epoch));
  return Make([=](double t, double) { return std::pow(factor, t / epoch); });
}

std::unique_ptr<Schedule> MakeCosine(const Json& settings, int64_t) {
  const double floor = Number(settings, "floor");
  return Make(
      [=](double t, double total) { return HalfCosine(1, floor, std::min(t / total, 1.0)); });
}

std::unique_ptr<Schedule> MakeCosineRestarts(const Json& settings, int64_t steps_per_epoch) {
  const double first = StepsOf(Number(settings, "first"), steps_per_epoch);
  const double grow = Number(settings, "grow"), floor = Number(settings, "floor");
  return Make([=](double t, double) {
    double start = 0, length = first;
    while (t >= start + length) {
      start += length;
      length *= grow;
    }
    return HalfCosine(1, floor, (t - start) / length);
  });
}

std::unique_ptr<Schedule> MakePolynomial(const Json& settings, int64_t) {
  const double power = Number(settings, "power"), floor = Number(settings, "floor");
  return Make([=](double t, double total) {
    return floor + (1 - floor) * std::pow(std::max(0.0, 1 - t / total), power);
  });
}

std::unique_ptr<Schedule> MakeOneCycle(const Json& settings, int64_t) {
  const double rise = Number(settings, "rise"), start = 1 / Number(settings, "start_divisor");
  const double end = start / Number(settings, "end_divisor");
  const Way way = WayOf(settings);
  return Make([=](double t, double total) {
    const double top = std::max(0.0, rise * total - 1), last = total - 1;
    if (t <= top) return way(start, 1, top > 0 ? t / top : 1.0);
    return way(1, end, last > top ? std::min((t - top) / (last - top), 1.0) : 1.0);
  });
}

std::unique_ptr<Schedule> MakeWsd(const Json& settings, int64_t) {
  const double share = Number(settings, "decay"), floor = Number(settings, "floor");
  const std::string shape = settings.at("shape").get<std::string>();
  return Make([=](double t, double total) {
    const double length = std::round(share * total), start = total - length;
    if (t < start || length <= 0) return 1.0;
    const double done = std::min((t - start) / length, 1.0);
    if (shape == "sqrt") return Line(1, floor, std::sqrt(done));
    return shape == "linear" ? Line(1, floor, done) : HalfCosine(1, floor, done);
  });
}

}  // namespace bottega
