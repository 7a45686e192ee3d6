#include <iostream>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/version.h"
#include "build_id.h"
#include "cli/engine/engine_verbs.h"
#include "cli/engine_process.h"
#include "cli/run_command.h"

int main(int argc, char** argv) {
  bottega::SetBuildId(BOTTEGA_BUILD_ID);
  bottega::WatchSignals();
  std::ios::sync_with_stdio(false);
  try {
    bottega::CheckCallerBuild();
  } catch (const bottega::Error& error) {
    std::cerr << "error: " << error.what() << "\nhint: " << error.hint() << "\n";
    return bottega::ExitCode(error.kind());
  }
  return bottega::RunCommand(std::vector<std::string>(argv + 1, argv + argc),
                             bottega::EngineVerbs(), std::cout, std::cerr);
}
