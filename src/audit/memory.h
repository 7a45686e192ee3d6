// What an audit knows beside the data: earlier audits, waivers, what people said of rows, and the
// time.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "audit/history.h"
#include "audit/waivers.h"

namespace bottega {

struct AuditMemory {
  std::vector<Waiver> waivers;
  std::vector<AuditSummary> history;  // of the same source, the oldest first, without this audit
  std::string every;                  // audit.every, "" for none
  int64_t now = 0;                    // seconds since 1970
  std::string today;                  // 2026-11-23
  std::map<int64_t, ReviewedRow> reviewed;  // by record number
};

}  // namespace bottega
