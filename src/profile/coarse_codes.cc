#include "profile/coarse_codes.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace bottega {
namespace {

CoarseCodes Recoded(const CellColumn& cells, const std::vector<int32_t>& place, int64_t size) {
  CoarseCodes out{cells.code, size};
  for (int32_t& code : out.code) {
    if (code >= 0) code = place[static_cast<size_t>(code)];
  }
  return out;
}

std::vector<int32_t> AllCodes(const CellColumn& cells) {
  std::vector<int32_t> order(cells.count.size());
  std::iota(order.begin(), order.end(), 0);
  return order;
}

}  // namespace

CoarseCodes EqualParts(const CellColumn& numbers, int64_t parts) {
  const std::vector<int32_t> order = RisingCodes(numbers);
  const int64_t filled = static_cast<int64_t>(numbers.code.size()) - numbers.missing;
  std::vector<int32_t> place(order.size());
  int64_t before = 0;
  for (const int32_t code : order) {
    const int64_t n = numbers.count[static_cast<size_t>(code)];
    place[static_cast<size_t>(code)] =
        static_cast<int32_t>((2 * before + n) * parts / (2 * filled + 1));
    before += n;
  }
  return Recoded(numbers, place, parts);
}

CoarseCodes FrequentValues(const CellColumn& cells, int64_t most) {
  std::vector<int32_t> order = AllCodes(cells);
  std::ranges::stable_sort(order, std::greater<>(),
                           [&](int32_t c) { return cells.count[static_cast<size_t>(c)]; });
  std::vector<int32_t> place(order.size());
  for (size_t i = 0; i < order.size(); ++i) {
    place[static_cast<size_t>(order[i])] =
        static_cast<int32_t>(std::min(static_cast<int64_t>(i), most - 1));
  }
  return Recoded(cells, place, std::min(cells.distinct(), most));
}

CoarseCodes CoarseCodesOf(const CellColumn& cells, int64_t parts, int64_t few, int64_t most) {
  return cells.is_number() && cells.distinct() > few ? EqualParts(cells, parts)
                                                     : FrequentValues(cells, most);
}

CoarseCodes WithMissing(CoarseCodes codes) {
  if (std::ranges::find(codes.code, -1) == codes.code.end()) return codes;
  std::ranges::replace(codes.code, -1, static_cast<int32_t>(codes.size));
  ++codes.size;
  return codes;
}

}  // namespace bottega
