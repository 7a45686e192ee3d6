#include "audit/review/without_rows.h"

#include "base/json.h"

namespace bottega {

std::string WithoutRows(const std::string& text, const std::string& file, RowFinder* finder,
                        const std::set<int64_t>& gone) {
  std::string kept, data;
  size_t begin = 0;
  while (begin < text.size()) {
    const size_t found = text.find('\n', begin);
    const size_t end = found == std::string::npos ? text.size() : found + 1;
    const std::string line = text.substr(begin, end - begin);
    begin = end;
    if (found == std::string::npos) continue;  // what a killed writer left
    const Json json = ParseJson(line, file);
    if (json.contains("data")) data = json["data"].get<std::string>();  // of a sample: of all rows
    const auto row =
        json.contains("row") ? finder->Find(json["row"], json["content"], data) : std::nullopt;
    if (!row || !gone.contains(*row)) kept += line;
  }
  return kept;
}

}  // namespace bottega
