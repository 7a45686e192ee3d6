// Progress on stderr: a bar with rate and time left on a terminal, a plain line every 20 seconds
// elsewhere, nothing when quiet. Thread-safe.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>

namespace bottega {

// -q of every verb; also silences Note().
void SetQuiet(bool quiet);

// A line of news on stderr, above the running bar if there is one.
void Note(const std::string& line);

class Progress {
 public:
  // `total` 0: not known. `unit` as in "rows", "pictures".
  Progress(std::string title, int64_t total, std::string unit);
  // Finishes with a line that says how many and how long, on a terminal only.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Advance(int64_t by = 1);
  // Live values behind the bar, as in "loss 0.312  validation.f1 0.81".
  void SetDetail(std::string detail);

 private:
  void Draw(double now);
  std::string Line(double now) const;

  const std::string title_;
  const int64_t total_;
  const std::string unit_;
  const double started_;
  const bool bar_;
  std::mutex mutex_;
  int64_t done_ = 0;
  double drawn_ = 0;
  std::string detail_;
};

}  // namespace bottega
