// manifest.json of a run: what went in, what came out, with which program, on which machine.
#pragma once

#include <string>

#include "base/json.h"
#include "run/run_folder.h"
#include "run/store.h"

namespace bottega {

inline constexpr int kManifestFormat = 1;

// The first manifest of a run: command, recipe, source digest, program versions, machine.
Json NewManifest(const std::string& command, const Json& recipe, const SourceDigest& source,
                 const std::string& libtorch_version);

// Adds SHA-256 and size of every file of the run folder (but checkpoints, locks and the manifest
// itself) under "outputs" and writes manifest.json.
void SealManifest(const RunFolder& run, Json manifest);

// Processor, cores, memory, operating system.
Json DescribeMachine();

}  // namespace bottega
