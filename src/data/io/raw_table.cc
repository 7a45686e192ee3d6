#include "data/io/raw_table.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace bottega {

std::vector<std::string> UniqueNames(std::vector<std::string> names, const std::string& file,
                                     IssueList* issues) {
  std::set<std::string> taken;
  for (size_t i = 0; i < names.size(); ++i) {
    std::string name(Trim(names[i]));
    if (name.empty()) {
      name = "c" + std::to_string(i + 1);
      issues->Add({.kind = "unnamed_column",
                   .place = {.file = file, .line = 1, .column = name},
                   .message = "column " + std::to_string(i + 1) + " has no name; it is called '" +
                              name + "'"});
    }
    const std::string wanted = name;
    for (int k = 2; !taken.insert(name).second; ++k) name = wanted + "_" + std::to_string(k);
    if (name != wanted) {
      issues->Add({.kind = "duplicate_column",
                   .place = {.file = file, .line = 1, .column = name},
                   .message = "there is more than one column '" + wanted + "'; this one (column " +
                              std::to_string(i + 1) + ") is called '" + name + "'"});
    }
    names[i] = name;
  }
  return names;
}

MissingCells::MissingCells(const std::vector<std::string>& spellings) {
  for (const std::string& spelling : spellings) {
    const std::string trimmed(Trim(spelling));
    if (trimmed.empty()) continue;
    spellings_.push_back(trimmed);
    first_[static_cast<unsigned char>(trimmed[0])] = true;
    longest_ = std::max(longest_, trimmed.size());
  }
}

bool MissingCells::operator()(std::string_view cell) const {
  if (!cell.empty() && (static_cast<unsigned char>(cell.front()) <= ' ' ||
                        static_cast<unsigned char>(cell.back()) <= ' ')) {
    cell = Trim(cell);
  }
  if (cell.empty()) return true;
  if (cell.size() > longest_ || !first_[static_cast<unsigned char>(cell[0])]) return false;
  return std::find(spellings_.begin(), spellings_.end(), cell) != spellings_.end();
}

const std::vector<std::string>& MissingCells::Default() {
  static const std::vector<std::string> kDefault = {"",     "?",    "NA",   "N/A",  "n/a",  "#N/A",
                                                    "<NA>", "NaN",  "nan",  "-nan", "-NaN", "NULL",
                                                    "null", "None", "NONE", "nil",  "NaT"};
  return kDefault;
}

}  // namespace bottega
