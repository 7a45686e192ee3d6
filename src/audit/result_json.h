// AuditResult as files: audit.json (DESIGN section 7) and findings.parquet.
#pragma once

#include <filesystem>

#include "audit/finding.h"
#include "data/dataset.h"

namespace bottega {

// {format, source, sha256, rows, checks: [...], findings: [...]} (doc/formats/audit.md); at most
// `most_per_check` findings of each check are spelled out, `count` tells how many there are and
// `further` holds the ids of the others.
Json AuditToJson(const AuditResult& result, int64_t most_per_check = 1000);
AuditResult AuditFromJson(const Json& json, const std::string& file);

// All findings, one row each: id, check, severity, confidence, file, row, line, column, message,
// fix, waived (the reason), detail (JSON text). Unknown places are null.
void WriteFindings(const std::filesystem::path& path, const AuditResult& result);

// What WriteFindings wrote. Errors: kMissing, kData.
std::vector<Finding> ReadFindings(const std::filesystem::path& path);

// How sound each row is in the eyes of each check that scores rows: `row`, and a float column for
// each such check (null: not judged). Without scores there is no file.
void WriteScores(const std::filesystem::path& path, const Dataset& data, const AuditResult& result);

// `row`, and p.<class> for each class: what suspicious_labels' models say of each row, out of fold
// (null: not judged). Other tools can start from it. Without probabilities there is no file.
void WriteProbabilities(const std::filesystem::path& path, const Dataset& data,
                        const AuditResult& result);

}  // namespace bottega
