#include "golden_file.h"

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "base/text.h"

namespace bottega {

namespace {

using Lines = std::vector<std::string>;

[[noreturn]] void Wrong(const std::filesystem::path& path, size_t line, const std::string& what) {
  throw std::runtime_error(path.string() + ":" + std::to_string(line) + ": " + what);
}

Lines ReadLines(const std::filesystem::path& path) {
  std::ifstream file(path);
  Lines lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

// \n, \t, \r, \\ and \xNN, so that a file can hold any bytes; a final \c leaves out the newline.
std::string Unescape(const std::string& line) {
  std::string bytes;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '\\' || i + 1 == line.size()) {
      bytes += line[i];
      continue;
    }
    const char next = line[++i];
    if (next == 'x' && i + 2 < line.size()) {
      bytes += static_cast<char>(std::stoi(line.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      bytes += next == 'n' ? '\n' : next == 't' ? '\t' : next == 'r' ? '\r' : next;
    }
  }
  return bytes;
}

std::string ReadContent(const Lines& lines, size_t* at, const std::filesystem::path& path) {
  const size_t begun = *at;
  std::string content;
  for (; *at < lines.size(); ++*at) {
    if (lines[*at] == "end") {
      ++*at;
      return content;
    }
    const bool open_end = lines[*at].ends_with("\\c");
    content += Unescape(open_end ? lines[*at].substr(0, lines[*at].size() - 2) : lines[*at]);
    if (!open_end) content += "\n";
  }
  Wrong(path, begun, "the file's content has no line `end`");
}

// The line behind the command: "----", "---- contains", "---- error CODE [hint CODE]".
void ReadMarker(const std::string& line, GoldenStep* step, const std::filesystem::path& path,
                size_t number) {
  std::istringstream words(line.substr(4));
  for (std::string word; words >> word;) {
    if (word == "contains") {
      step->contains = true;
    } else if (word == "error" && words >> step->exit_code) {
      continue;
    } else if (word == "hint" && words >> step->hint_code) {
      continue;
    } else {
      Wrong(path, number, "'" + line + "' is not ---- [contains] [error CODE [hint CODE]]");
    }
  }
}

GoldenStep ReadCommand(const Lines& lines, size_t* at, const std::filesystem::path& path) {
  GoldenStep step;
  step.line = static_cast<int>(*at) + 1;
  step.shell = lines[*at].starts_with("$ ");
  step.argument = step.shell ? lines[*at].substr(2) : lines[*at];
  ++*at;
  if (*at >= lines.size() || !lines[*at].starts_with("----")) {
    Wrong(path, *at, "a command is followed by a line ----");
  }
  ReadMarker(lines[*at], &step, path, *at + 1);
  for (++*at; *at < lines.size() && !lines[*at].empty(); ++*at) step.expected.push_back(lines[*at]);
  return step;
}

}  // namespace

std::vector<GoldenStep> ParseGoldenFile(const std::filesystem::path& path) {
  using Kind = GoldenStep::Kind;
  static const std::vector<std::pair<std::string, Kind>> kWords = {
      {"file ", Kind::kFile},    {"data ", Kind::kData},     {"env ", Kind::kEnvironment},
      {"needs ", Kind::kNeeds},  {"remove ", Kind::kRemove}, {"exists ", Kind::kExists},
      {"absent ", Kind::kAbsent}};
  const Lines lines = ReadLines(path);
  std::vector<GoldenStep> steps;
  for (size_t at = 0; at < lines.size();) {
    const std::string& line = lines[at];
    if (line.empty() || line.starts_with("#")) {
      ++at;
    } else if (line.starts_with("bottega ") || line.starts_with("$ ")) {
      steps.push_back(ReadCommand(lines, &at, path));
    } else {
      GoldenStep step;
      step.line = static_cast<int>(++at);
      const auto word =
          std::ranges::find_if(kWords, [&](const auto& w) { return line.starts_with(w.first); });
      if (word == kWords.end()) Wrong(path, at, "'" + line + "' begins with no known word");
      step.kind = word->second;
      step.argument = line.substr(word->first.size());
      if (step.kind == Kind::kFile) step.content = ReadContent(lines, &at, path);
      steps.push_back(std::move(step));
    }
  }
  if (steps.empty()) Wrong(path, lines.size(), "there is nothing in it");
  return steps;
}

bool LineMatches(const std::string& pattern, const std::string& line) {
  static const std::vector<std::pair<std::string, std::string>> kWildcards = {
      {"<*>", ".*"},
      {"<#>", R"([-+]?[0-9][0-9,]*(\.[0-9]+)?(e[-+]?[0-9]+)?)"},
      {"<run>", "[0-9]{8}-[0-9]{6}-[0-9a-f]{4}"},
      {"<time>", R"(([0-9.]+ (ms|s|min|h)( [0-9]+ (s|min))?|[0-9]{4}-[0-9-]+T[0-9:]+Z))"},
      {"<sha>", "[0-9a-f]{64}"}};
  if (pattern.find('<') == std::string::npos) return pattern == line;
  static const std::regex kSpecial(R"([.^$|()\[\]{}*+?\\])");
  std::string expression;
  for (size_t at = 0; at < pattern.size();) {
    const auto wildcard = std::ranges::find_if(kWildcards, [&](const auto& w) {
      return pattern.compare(at, w.first.size(), w.first) == 0;
    });
    const bool found = wildcard != kWildcards.end();
    expression +=
        found ? wildcard->second : std::regex_replace(pattern.substr(at, 1), kSpecial, R"(\$&)");
    at += found ? wildcard->first.size() : 1;
  }
  return std::regex_match(line, std::regex(expression));
}

std::string Compare(const Lines& expected, bool contains, const std::string& text) {
  Lines lines = Split(text, '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  size_t at = 0;
  bool gap = contains;
  for (const std::string& pattern : expected) {
    if (pattern == "...") {
      gap = true;
      continue;
    }
    const std::string wanted = pattern == "." ? "" : pattern;
    while (gap && at < lines.size() && !LineMatches(wanted, lines[at])) ++at;
    if (at >= lines.size()) return "this line is missing: " + pattern;
    if (!LineMatches(wanted, lines[at])) return "expected: " + pattern + "\n  actual: " + lines[at];
    ++at;
    gap = contains;
  }
  if (!gap && at < lines.size()) return "this line is too much: " + lines[at];
  return "";
}

Lines ShellWords(const std::string& line) {
  Lines words;
  std::string word;
  char quote = 0;
  bool open = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != 0 && c == quote) {
      quote = 0;
    } else if (quote == 0 && (c == '\'' || c == '"')) {
      quote = c;
      open = true;
    } else if (c == '\\' && quote != '\'' && i + 1 < line.size()) {
      word += line[++i];
      open = true;
    } else if (quote == 0 && c == ' ') {
      if (open) words.push_back(std::exchange(word, ""));
      open = false;
    } else {
      word += c;
      open = true;
    }
  }
  if (open) words.push_back(word);
  return words;
}

Lines HintCommands(const std::string& hint) {
  if (hint.starts_with("bottega ")) return {hint};
  Lines commands;
  static const std::regex kQuoted("`((mkdir [^`]* && )?bottega [^`]*)`");
  for (std::sregex_iterator it(hint.begin(), hint.end(), kQuoted), end; it != end; ++it) {
    commands.push_back((*it)[1]);
  }
  return commands;
}

}  // namespace bottega
