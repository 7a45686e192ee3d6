// Megabytes a second on one core in which personal data are looked for: in prose (this project's
// documentation), in dense records, and in input made to be slow.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/clock.h"
#include "base/files.h"
#include "profile/personal/personal_data.h"

namespace {

constexpr size_t kBytes = size_t{8} << 20;

std::string Repeated(const std::string& text) {
  std::string out;
  while (out.size() < kBytes) out += text;
  return out;
}

std::string Prose() {
  const char* source = std::getenv("BOTTEGA_SOURCE");
  const std::filesystem::path root = source == nullptr ? "." : source;
  std::string text;
  for (const auto& file : bottega::ListFiles(root / "doc/guide")) {
    text += bottega::ReadFile(root / "doc/guide" / file);
  }
  if (text.empty()) std::exit(1);
  return Repeated(text);
}

std::string Dense() {
  return Repeated(
      "Anna Kowalska, born 12.03.1980, lives at Hauptstrasse 5, 10115 Berlin; tel. +49 30 1234567\n"
      "order 48848 from 85.214.132.117 paid with 4111 1111 1111 1111 by jane.doe@example.org\n"
      "IBAN DE89 3704 0044 0532 0130 00, DNI 12345678Z, PESEL 44051401359, 00:1A:2B:3C:4D:5E\n"
      "2024-01-31T12:30:00 v1.2.3 0.123456 3f786850e387550fdab836ed7e6dc881de23001b ok\n");
}

void Measure(const char* name, const std::string& text) {
  double best = 1e9;
  for (int i = 0; i < 5; ++i) {
    const double begun = bottega::MonotonicSeconds();
    bottega::FindPersonalData(text);
    best = std::min(best, bottega::MonotonicSeconds() - begun);
  }
  std::printf("%s,%.1f,MB/s\n", name, static_cast<double>(text.size()) / best / 1e6);
}

}  // namespace

int main() {
  bottega::FindPersonalData("lists are built on first use");
  Measure("prose", Prose());
  Measure("dense", Dense());
  Measure("single_digits", Repeated("1 2 3 4 5 6 7 8 9 0 "));
  Measure("passwords", Repeated("password=password="));
}
