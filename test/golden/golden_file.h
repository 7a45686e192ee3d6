// A .test file: set-up lines and commands with what they must print (README.md beside this file).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace bottega {

struct GoldenStep {
  enum class Kind { kFile, kData, kEnvironment, kNeeds, kRemove, kExists, kAbsent, kCommand };
  Kind kind = Kind::kCommand;
  int line = 0;           // where it begins
  std::string argument;   // path, NAME=VALUE, the command as typed
  std::string content;    // kFile: the bytes
  bool shell = false;     // "$ ...": run by sh with the real programs
  bool contains = false;  // "---- contains": the lines occur, in this order
  int exit_code = 0;      // "---- error CODE"
  int hint_code = 0;      // "---- error CODE hint CODE": what the hint's command ends with
  std::vector<std::string> expected;  // lines, with wildcards
};

// Throws std::runtime_error with "path:line: what is wrong".
std::vector<GoldenStep> ParseGoldenFile(const std::filesystem::path& path);

// Whether `line` is what `pattern` means: <*> any text, <#> a number, <run> a run's id, <time> a
// duration or a UTC time, <sha> 64 hexadecimal digits.
bool LineMatches(const std::string& pattern, const std::string& line);

// "" if `text` is what `expected` asks for, else an explanation. A line "..." stands for any number
// of lines, "." for an empty one.
std::string Compare(const std::vector<std::string>& expected, bool contains,
                    const std::string& text);

// Splits a command line like a shell does, with quotes and backslashes and no expansion.
std::vector<std::string> ShellWords(const std::string& line);

// Command lines (`bottega ...`) in a hint: the whole of it, or what stands between back quotes.
std::vector<std::string> HintCommands(const std::string& hint);

}  // namespace bottega
