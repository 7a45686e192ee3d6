// What rows belong to: persons, devices, cases, as columns name them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/check.h"

namespace bottega {

struct Entity {
  std::string name;  // of the column, or "first_name + last_name"
  int column = -1;   // for the place
  std::vector<int32_t> code;
  std::vector<int64_t> count;
  bool declared = false;
  bool joint = false;  // of several columns
};

// The declared group first, then undeclared columns that look like one: identifiers and codes of
// which at least the share `repeats` of rows has a value that stands in another row too, by type,
// name or the form of their values; then the name and birth columns of persons, taken together.
std::vector<Entity> EntitiesOf(const AuditContext& context, double repeats);

// Probability that rows of one value agree on the target as often by chance: the rows of a value,
// paired in order, against the share of agreeing pairs among all rows (one-sided z test; numbers by
// quarters). 1 where there is no target or fewer than 20 pairs.
double AgreementP(const AuditContext& context, const Entity& entity);

}  // namespace bottega
