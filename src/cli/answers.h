// What a person answers: single keys on a terminal, else lines of standard input.
#pragma once

#include <optional>
#include <string>

namespace bottega {

class Answers {
 public:
  // Keys where standard input and output are terminals; they are read without Return as long as
  // the object lives.
  Answers();
  ~Answers();
  Answers(const Answers&) = delete;
  Answers& operator=(const Answers&) = delete;

  bool keys() const { return keys_; }
  // A key ("left" and "right" for arrows) or, without a terminal, a trimmed line that is not empty.
  // nullopt at the end of the input. Throws Interrupted when a signal is pending.
  std::optional<std::string> Next();
  // A whole line, also on a terminal.
  std::optional<std::string> Line();

 private:
  void SetKeys(bool on);
  std::optional<char> Byte();

  struct Terminal;
  bool keys_ = false;
  std::string buffer_;  // read and not yet given
  bool ended_ = false;
  Terminal* before_ = nullptr;
};

}  // namespace bottega
