#include <iostream>
#include <string>
#include <vector>

#include "base/interrupt.h"
#include "base/version.h"
#include "build_id.h"
#include "cli/run_command.h"

int main(int argc, char** argv) {
  bottega::SetBuildId(BOTTEGA_BUILD_ID);
  bottega::WatchSignals();
  std::ios::sync_with_stdio(false);
  return bottega::RunCommand(std::vector<std::string>(argv + 1, argv + argc),
                             bottega::TorchFreeVerbs(), std::cout, std::cerr);
}
