#include "data/generate/applicant.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace bottega {
namespace {

constexpr int64_t kFirstDay = 18628;  // 2021-01-01
constexpr int64_t kDays = 1461;       // four years

template <size_t N>
const char* Pick(Random* random, const std::array<std::pair<const char*, double>, N>& choices) {
  double at = random->Uniform();
  for (const auto& [name, share] : choices) {
    if ((at -= share) < 0) return name;
  }
  return choices.back().first;
}

using Choices4 = std::array<std::pair<const char*, double>, 4>;
using Choices5 = std::array<std::pair<const char*, double>, 5>;
using Choices6 = std::array<std::pair<const char*, double>, 6>;

constexpr Choices6 kDistrictsOfNationals = {{{"Altstadt", 0.22},
                                             {"Westend", 0.24},
                                             {"Seeufer", 0.22},
                                             {"Gartenstadt", 0.2},
                                             {"Hafen", 0.07},
                                             {"Nordring", 0.05}}};
constexpr Choices6 kDistrictsOfForeigners = {{{"Altstadt", 0.06},
                                              {"Westend", 0.06},
                                              {"Seeufer", 0.04},
                                              {"Gartenstadt", 0.06},
                                              {"Hafen", 0.42},
                                              {"Nordring", 0.36}}};

void DrawPerson(Random* random, Applicant* a) {
  a->day = kFirstDay + random->Below(kDays);
  a->age = static_cast<int>(std::clamp(std::round(42 + 13 * random->Normal()), 19.0, 78.0));
  a->sex = random->Chance(0.48) ? "female" : "male";
  a->nationality = random->Chance(0.28) ? "foreign" : "national";
  a->district =
      Pick(random, a->nationality == "foreign" ? kDistrictsOfForeigners : kDistrictsOfNationals);
  if (a->age >= 66) {
    a->employment = "retired";
  } else {
    a->employment = Pick(random, Choices4{{{"permanent", 0.6},
                                           {"temporary", 0.2},
                                           {"self-employed", 0.13},
                                           {"unemployed", 0.07}}});
  }
  const double most = std::max(1, a->age - 18);
  a->years_employed =
      a->employment == "unemployed"
          ? 0
          : static_cast<int>(std::min(most, std::floor(-8 * std::log(1 - random->Uniform()))));
}

void DrawMoney(Random* random, Applicant* a) {
  double level = 7.75 + 0.35 * random->Normal() + 0.008 * a->years_employed;
  if (a->employment == "unemployed") level -= 0.75;
  if (a->employment == "retired") level -= 0.3;
  if (a->employment == "temporary") level -= 0.15;
  a->income = std::round(std::exp(level));
  a->savings = std::round(std::exp(7.6 + 1.3 * random->Normal() + 0.012 * (a->age - 40)));
  a->purpose = Pick(random, Choices5{{{"car", 0.34},
                                      {"renovation", 0.22},
                                      {"debt consolidation", 0.2},
                                      {"education", 0.12},
                                      {"furniture", 0.12}}});
  a->amount = std::round(std::exp(8.9 + 0.6 * random->Normal()) / 100) * 100;
  a->months = 12 * static_cast<int>(1 + random->Below(7));
  a->housing =
      Pick(random, Choices4{{{"rent", 0.55}, {"own", 0.33}, {"family", 0.1}, {"other", 0.02}}});
}

void DrawHistory(Random* random, Applicant* a) {
  const double care = random->Normal();
  a->history = care > 0.7 ? "excellent" : care > -0.3 ? "good" : care > -1.1 ? "fair" : "poor";
  a->open_loans =
      static_cast<int>(std::clamp(std::floor(1.2 + 1.1 * random->Normal() - 0.3 * care), 0.0, 6.0));
  a->missed_payments =
      static_cast<int>(std::clamp(std::floor(0.4 - 1.3 * care + 0.9 * random->Normal()), 0.0, 9.0));
}

// Log-odds-like; positive deserves a loan. Nationality, district and sex play no part.
double Worth(const Applicant& a) {
  const double burden = a.amount / a.months * 1.08 / a.income;
  double worth = 1.5 - 9 * std::min(burden, 0.6) - 0.8 * a.missed_payments - 0.45 * a.open_loans;
  worth += 1.3 * std::log(a.income / 2200) + 0.45 * std::log(a.savings / 2000);
  worth += a.history == "excellent" ? 1.8
           : a.history == "good"    ? 0.9
           : a.history == "fair"    ? -0.4
                                    : -1.8;
  worth += a.employment == "permanent" ? 0.7 : a.employment == "unemployed" ? -1.8 : 0;
  worth += 0.04 * std::min(a.years_employed, 20) + (a.housing == "own" ? 0.4 : 0);
  return worth;
}

}  // namespace

Applicant DrawApplicant(Random* random) {
  Applicant a;
  DrawPerson(random, &a);
  DrawMoney(random, &a);
  DrawHistory(random, &a);
  a.deserved = Worth(a) + 0.45 * random->Normal() > 0;
  a.approved = a.deserved;
  return a;
}

}  // namespace bottega
