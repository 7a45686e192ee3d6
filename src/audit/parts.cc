#include "audit/parts.h"

#include <set>
#include <unordered_map>

#include "base/text.h"

namespace bottega {

bool Parts::several() const {
  std::set<int32_t> seen(code.begin(), code.end());
  seen.erase(-1);
  return seen.size() >= 2;
}

int32_t Parts::train() const {
  for (size_t i = 0; i < names.size(); ++i) {
    const std::string name = LowerAscii(Trim(names[i]));
    if (name == "train" || name == "training") return static_cast<int32_t>(i);
  }
  return -1;
}

Parts PartsOf(const AuditContext& context) {
  const Dataset& data = context.data;
  Parts parts;
  if (context.split != nullptr) {
    std::unordered_map<int64_t, int32_t> part_of;
    for (size_t i = 0; i < context.split->row.size(); ++i) {
      part_of[context.split->row[i]] = static_cast<int32_t>(context.split->part[i]);
    }
    parts.names = {"train", "validation", "test"};
    for (const int64_t row : data.rows) {
      const auto at = part_of.find(row);
      parts.code.push_back(at == part_of.end() ? -1 : at->second);
    }
    return parts;
  }
  const int column = data.RoleIndex(Role::kPart);
  if (column < 0) return parts;
  const Codes& codes = context.shared.CodesOfColumn(column);
  return {codes.values, codes.code};
}

}  // namespace bottega
