// Time: monotonic for durations, UTC for records (SOURCE_DATE_EPOCH replaces "now" when set).
#pragma once

#include <cstdint>
#include <string>

namespace bottega {

double MonotonicSeconds();
int64_t NowUnixSeconds();
std::string NowUtc();  // 2026-11-23T22:41:07Z
std::string FormatUtc(int64_t unix_seconds);
std::string
NewRunId();  // YYYYMMDD-HHMMSS-xxxx (UTC; xxxx: 1/65536 of the second, so that ids sort by age)

}  // namespace bottega
