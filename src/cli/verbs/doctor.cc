#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "base/threads.h"
#include "base/version.h"
#include "cli/engine_process.h"
#include "cli/verbs/verbs.h"
#include "learn/xgboost_library.h"
#include "run/manifest.h"

namespace bottega {

const Spec& DoctorSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "doctor",
      .one_line = "check this machine and this folder: programs, memory, disk, rights",
      .params = {},
      .examples = {"bottega doctor"}};
  return spec;
}

namespace {

struct Diagnosis {
  std::string what;
  bool good = true;
  std::string says;
};

std::string EngineVersion(const std::string& engine) {
  FILE* pipe = popen((ShellQuote(engine) + " --version 2>&1").c_str(), "r");
  if (pipe == nullptr) return "";
  std::array<char, 512> line{};
  std::string text;
  while (fgets(line.data(), line.size(), pipe) != nullptr) text += line.data();
  pclose(pipe);
  return std::string(Trim(text));
}

Diagnosis CheckEngine() {
  try {
    const std::string engine = FindEngine().string();
    const std::string version = EngineVersion(engine);
    const bool same = version.find("(" + BuildId() + ")") != std::string::npos;
    return {"engine", same, version + (same ? "" : ", another build than " + BuildId())};
  } catch (const Error& error) {
    return {"engine", false, error.message()};
  }
}

// Boosted trees alone need it: without it nothing is wrong.
Diagnosis CheckXgboost() {
  const std::string version = XgboostVersion();
  return {"xgboost", true,
          version.empty() ? "not here: models of boosted trees need it, `apt-get install "
                            "libxgboost-dev` brings it"
                          : version};
}

Diagnosis CheckDisk() {
  std::error_code error;
  const auto space = std::filesystem::space(".", error);
  const int64_t free = error ? 0 : static_cast<int64_t>(space.available);
  return {"disk", free > 1'000'000'000, FormatBytes(free) + " free in this folder"};
}

Diagnosis CheckRights() {
  const bool writable = access(".", W_OK) == 0;
  return {"folder", writable,
          writable ? "can be written" : "cannot be written: choose another with -C"};
}

}  // namespace

Json RunDoctor(Invocation& call) {
  const Json machine = DescribeMachine();
  const std::vector<Diagnosis> checks = {
      {"program", true, std::string(kVersion) + " (" + BuildId() + ")"},
      CheckEngine(),
      CheckXgboost(),
      {"processors", true,
       std::to_string(AvailableProcessors()) + " x " + machine["processor"].get<std::string>()},
      {"memory", machine["memory_bytes"].get<int64_t>() > 2'000'000'000,
       FormatBytes(machine["memory_bytes"].get<int64_t>())},
      CheckDisk(),
      CheckRights(),
  };
  Json result = Json::array();
  bool all_good = true;
  for (const Diagnosis& check : checks) {
    all_good &= check.good;
    result.push_back({{"check", check.what}, {"good", check.good}, {"says", check.says}});
    if (!call.json) {
      *call.out << (check.good ? "good  " : "BAD   ") << check.what
                << std::string(12 - check.what.size(), ' ') << check.says << "\n";
    }
  }
  if (!all_good) {
    call.failure = Error(ErrorKind::kGate, "something here is not as bottega needs it", {},
                         "what is said behind BAD has to be mended");
  }
  return {{"good", all_good}, {"checks", result}};
}

}  // namespace bottega
