#include "profile/derived_columns.h"

#include <algorithm>
#include <tuple>

namespace bottega {
namespace {

// Spread evenly over the table, and so is each tenth of them.
std::vector<int64_t> EvenRows(int64_t n, int64_t most) {
  std::vector<int64_t> rows;
  const int64_t count = std::min(n, most);
  for (int64_t first = 0; first < 10; ++first) {
    for (int64_t i = first; i < count; i += 10) rows.push_back(i * n / count);
  }
  return rows;
}

// The plainest first: fewer inputs, exact, no minus sign; then what has fewer different values.
// What is joined of texts comes before its parts, which follow from it too.
auto Order(const Derivation& d, const std::vector<DeriveColumn>& columns) {
  return std::tuple(d.kind == DerivationKind::kText && d.inputs.size() > 1 ? 0 : d.inputs.size(),
                    !d.exact, d.awkward, d.kind, columns[d.column].cells->distinct(),
                    columns.size() - d.column, d.inputs);
}

// Whether `column` is computed, by way of accepted derivations, from `from`.
bool DependsOn(size_t column, size_t from, const std::vector<const Derivation*>& accepted) {
  if (column == from) return true;
  const Derivation* d = accepted[column];
  return d != nullptr && std::ranges::any_of(d->inputs, [&](size_t input) {
           return DependsOn(input, from, accepted);
         });
}

}  // namespace

std::string_view DerivationKindName(DerivationKind kind) {
  switch (kind) {
    case DerivationKind::kLinear:
      return "linear";
    case DerivationKind::kDatePart:
      return "date_part";
    case DerivationKind::kFunction:
      return "function";
    case DerivationKind::kStep:
      return "step";
    case DerivationKind::kProduct:
      return "product";
    case DerivationKind::kSum:
      return "sum";
    case DerivationKind::kSmooth:
      return "smooth";
    case DerivationKind::kText:
      return "text";
  }
  return "";
}

std::vector<Derivation> FindDerivations(const std::vector<DeriveColumn>& columns,
                                        const DeriveOptions& options) {
  if (columns.empty()) return {};
  const std::vector<int64_t> rows =
      EvenRows(static_cast<int64_t>(columns[0].cells->code.size()), options.sample);
  std::vector<Derivation> candidates;
  for (const auto search : {&DeriveNumbers, &DeriveValues, &DeriveTexts}) {
    for (Derivation& found : search(columns, rows, options)) candidates.push_back(std::move(found));
  }
  std::ranges::stable_sort(candidates, [&](const Derivation& a, const Derivation& b) {
    return Order(a, columns) < Order(b, columns);
  });
  std::vector<const Derivation*> accepted(columns.size(), nullptr);
  for (const Derivation& candidate : candidates) {
    const bool circular = std::ranges::any_of(candidate.inputs, [&](size_t input) {
      return DependsOn(input, candidate.column, accepted);
    });
    if (accepted[candidate.column] == nullptr && !circular) {
      accepted[candidate.column] = &candidate;
    }
  }
  std::vector<Derivation> out;
  for (const Derivation* derivation : accepted) {
    if (derivation != nullptr) out.push_back(*derivation);
  }
  return out;
}

}  // namespace bottega
