// manifest.json of a run: what went in, what came out, with which program, on which machine.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "run/run_folder.h"
#include "run/store.h"

namespace bottega {

inline constexpr int kManifestFormat = 1;

// The first manifest of a run: command, recipe, source digest, program versions, machine.
Json NewManifest(const std::string& command, const Json& recipe, const SourceDigest& source,
                 const std::string& libtorch_version);

// The files of a run that its manifest answers for: all but checkpoints, hidden ones, itself, and
// what people and other programs do with the run (tags.json, mlflow.json).
std::vector<std::string> SealedFiles(const RunFolder& run);

// Adds SHA-256 and size of each of them under "outputs" and writes manifest.json.
void SealManifest(const RunFolder& run, Json manifest);
// Of a sealed run, the entries of what a stage has written anew; what another hand changed in
// other files stays visible (run/verify.h).
void SealOutputs(const RunFolder& run, const std::vector<std::string>& written);

// Processor, cores, memory, operating system.
Json DescribeMachine();

}  // namespace bottega
