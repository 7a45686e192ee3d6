// .bottega/forgotten.json: by what a forgotten person's rows are known again while the source still
// holds them, or when they come back in a newer one. It holds keyed hashes, no values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "clean/forget/person.h"
#include "data/dataset.h"

namespace bottega {

class Forgotten {
 public:
  // What the project has; a new key where it has none. Errors: kData of a damaged file.
  static Forgotten Read(const std::filesystem::path& project);

  bool empty() const { return rows_.empty() && values_.empty() && pictures_.empty(); }
  // The chosen rows as a whole; those of their values that are one person's in data to come as well
  // (identifiers, e-mail addresses, numbers of cards, accounts, phones ...); their pictures.
  void Add(const SourceState& state, const Person& person);
  // Rows of `data` that are known: record numbers, rising. Cells are compared as they are written.
  std::vector<int64_t> RowsIn(const Dataset& data) const;
  std::string Text() const;  // of the file

 private:
  std::string HashOf(const std::string& text) const;
  std::string HashOfValue(const std::string& column, const std::string& text) const;

  std::string key_;
  std::set<std::string> rows_, values_, pictures_;
  std::set<std::string> columns_;    // that values_ are of
  std::set<int64_t> picture_bytes_;  // sizes: only pictures of one of these are hashed
};

std::filesystem::path ForgottenFile(const std::filesystem::path& project);
// Of `data`, record numbers. Costs nothing where nobody was forgotten.
std::vector<int64_t> ForgottenRowsOf(const std::filesystem::path& project, const Dataset& data);

// `data` without them, and without what was read or remarked of them.
Dataset WithoutForgotten(const std::filesystem::path& project, const Dataset& data);

}  // namespace bottega
