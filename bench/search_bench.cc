// A search by TPE and ASHA, as bench/search_bench.json says; its peer is the exhaustive grid over
// the same space. Seconds, the best validation loss, and the epochs that it took, each the worst of
// five seeds.
#include <cstdlib>
#include <string>

namespace {

std::string Setting(const char* name, const std::string& fallback) {
  const char* value = std::getenv(name);
  return value == nullptr ? fallback : value;
}

}  // namespace

int main() {
  // Both run through the command line, so that one script measures both.
  const std::string script = Setting("BOTTEGA_SOURCE", ".") + "/bench/search_bench.py";
  return std::system(("BOTTEGA_SEARCH=asha python3 " + script).c_str()) == 0 ? 0 : 1;
}
