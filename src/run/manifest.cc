#include "run/manifest.h"

#include <sys/utsname.h>
#include <unistd.h>

#include <fstream>

#include "base/clock.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/threads.h"
#include "base/version.h"
#include "run/mlflow/push.h"
#include "run/tags.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

std::string ProcessorName() {
  std::ifstream file("/proc/cpuinfo");
  std::string line;
  while (std::getline(file, line)) {
    if (line.starts_with("model name")) return std::string(Trim(line.substr(line.find(':') + 1)));
  }
  return "unknown";
}

Json EntryOf(const fs::path& file) {
  return {{"sha256", Sha256OfFile(file)}, {"bytes", static_cast<int64_t>(fs::file_size(file))}};
}

Json SeedOf(const Json& recipe, const char* section) {
  return recipe.value(section, Json::object()).value("seed", Json());
}

}  // namespace

Json DescribeMachine() {
  utsname system{};
  uname(&system);
  const int64_t memory = sysconf(_SC_PHYS_PAGES) * static_cast<int64_t>(sysconf(_SC_PAGESIZE));
  return {{"processor", ProcessorName()},
          {"processors", AvailableProcessors()},
          {"memory_bytes", memory},
          {"system", std::string(system.sysname) + " " + system.release + " " + system.machine}};
}

Json NewManifest(const std::string& command, const Json& recipe, const SourceDigest& source,
                 const std::string& libtorch_version) {
  return {{"format", kManifestFormat},
          {"created", NowUtc()},
          {"command", command},
          {"program", {{"name", "bottega"}, {"version", kVersion}, {"build", BuildId()}}},
          {"libtorch", libtorch_version},
          {"seeds", {{"train", SeedOf(recipe, "train")}, {"split", SeedOf(recipe, "split")}}},
          {"machine", DescribeMachine()},
          {"inputs",
           {{"source", recipe["data"]["source"]},
            {"sha256", source.sha256},
            {"files", source.files},
            {"bytes", source.bytes}}},
          {"recipe", recipe}};
}

std::vector<std::string> SealedFiles(const RunFolder& run) {
  std::vector<std::string> names;
  for (const fs::path& file : ListFiles(run.path())) {
    const std::string name = file.string();
    const bool checkpoint =
        name.starts_with("checkpoints/") || name.find("/checkpoints/") != std::string::npos;
    const bool own = name == "manifest.json" || name == kTagsFile || name == kPushFile;
    if (!own && !checkpoint) names.push_back(name);
  }
  return names;
}

void SealManifest(const RunFolder& run, Json manifest) {
  manifest["outputs"] = Json::object();
  for (const std::string& name : SealedFiles(run)) {
    manifest["outputs"][name] = EntryOf(run.File(name));
  }
  run.Write("manifest.json", manifest);
}

void SealOutputs(const RunFolder& run, const std::vector<std::string>& written) {
  Json manifest = run.Read("manifest.json");
  for (const std::string& name : written) manifest["outputs"][name] = EntryOf(run.File(name));
  run.Write("manifest.json", manifest);
}

}  // namespace bottega
