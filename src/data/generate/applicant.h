// One drawn credit application.
#pragma once

#include <cstdint>
#include <string>

#include "base/random.h"

namespace bottega {

struct Applicant {
  int64_t day = 0;  // of the application, since 1970-01-01
  int age = 0;
  std::string sex, nationality, district, employment, purpose, history, housing;
  double income = 0;   // net, EUR a month
  double savings = 0;  // EUR
  double amount = 0;   // asked for, EUR
  int years_employed = 0, months = 0, open_loans = 0, missed_payments = 0;
  bool deserved = false;  // what a fair decision is
  bool approved = false;  // what stands in the table
};

// The applicant of one stream of randomness; `approved` equals `deserved`.
Applicant DrawApplicant(Random* random);

}  // namespace bottega
