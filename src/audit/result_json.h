// AuditResult as files: audit.json (DESIGN section 7) and findings.parquet.
#pragma once

#include <filesystem>

#include "audit/finding.h"

namespace bottega {

// {format, rows, checks: [{name, ran, reason, count}], findings: [...]}; at most
// `most_per_check` findings of each check, `count` tells how many there are.
Json AuditToJson(const AuditResult& result, int64_t most_per_check = 1000);
AuditResult AuditFromJson(const Json& json, const std::string& file);

// All findings, one row each: id, check, severity, confidence, file, row, line, column, message,
// fix, detail (JSON text). Unknown places are null.
void WriteFindings(const std::filesystem::path& path, const AuditResult& result);

}  // namespace bottega
