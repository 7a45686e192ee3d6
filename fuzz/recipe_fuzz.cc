// Any bytes as a recipe: a resolved one, which resolves to itself again, or an Error with its
// problems.
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "cli/recipe.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    const bottega::Recipe recipe = bottega::ResolveRecipe(text, "fuzz.yaml", {});
    const bottega::Recipe again =
        bottega::ResolveRecipe(bottega::ResolvedYaml(recipe), "again", {});
    if (again.value != recipe.value) std::abort();
  } catch (const bottega::Error& error) {
    if (error.kind() == bottega::ErrorKind::kInternal || error.message().empty()) std::abort();
    if (error.place().file == "again") std::abort();
  }
  return 0;
}
