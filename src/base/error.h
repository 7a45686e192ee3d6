// Errors: what stops a verb. Bad data that does not stop it is a finding (audit/finding.h).
//
// An Error is thrown, and caught once, in cli/: it prints message, place and hint and turns the
// kind into the exit code. Libraries' exceptions are turned into Errors where they are called.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

namespace bottega {

enum class ErrorKind {
  kInternal,  // a fault of ours: exit 1
  kUsage,     // wrong command line: exit 2
  kRecipe,    // wrong recipe: exit 2
  kGate,      // a gate failed: exit 3
  kData,      // the data cannot be used: exit 65
  kMissing,   // an input is missing: exit 66
  kIo,        // reading or writing failed: exit 74
  kBudget,    // stopped by a budget, resumable: exit 75
};

int ExitCode(ErrorKind kind);
// "internal", "usage", "recipe", "gate", "data", "missing", "io", "budget".
std::string_view KindName(ErrorKind kind);

// Where in the user's data or recipe. Empty and -1 mean "not known".
struct Place {
  std::string file;
  int64_t row = -1;    // 0-based record number in the source (DESIGN "row")
  int64_t line = -1;   // 1-based line of a text file
  std::string column;  // name of a table's column; a recipe's column number as text

  bool empty() const { return file.empty() && row < 0 && line < 0 && column.empty(); }
  // "adult.csv:12: column 'age'", "fruit/a.jpg", "bottega.yaml:3:7".
  std::string ToString() const;
};

class Error : public std::exception {
 public:
  Error(ErrorKind kind, std::string message, Place place = {}, std::string hint = {});

  ErrorKind kind() const { return kind_; }
  const std::string& message() const { return message_; }
  const Place& place() const { return place_; }
  // What to do next; where it names a command, the command works when pasted.
  const std::string& hint() const { return hint_; }
  const char* what() const noexcept override { return what_.c_str(); }

 private:
  ErrorKind kind_;
  std::string message_;
  Place place_;
  std::string hint_;
  std::string what_;
};

// Error of kind kIo from errno (pass it before anything can change it); kMissing when what was to
// be read is not there. `doing` is "writing", "saving" or "making ..." where something is written.
Error IoError(std::string_view doing, const std::string& path, int error_number);

}  // namespace bottega
