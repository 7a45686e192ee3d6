// Any bytes as a condition on rows: as many answers as there are rows, or an Error with its hint.
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "data/row_condition.h"
#include "data/test_dataset.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using bottega::TestDataset;
  static const bottega::Dataset people = TestDataset()
                                             .Number("age", {70, 30, bottega::kMissing})
                                             .Text("sex", {"F", std::nullopt, "M"})
                                             .Text("home city", {"Rome", "O'Hara", "9"})
                                             .Dates("joined", {0, std::nullopt, 1})
                                             .Make();
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    const bottega::RowCondition condition = bottega::RowCondition::Parse(text);
    if (condition.Holds(people).size() != 3) std::abort();
    condition.Remarks(people);
  } catch (const bottega::Error& error) {
    if (error.kind() != bottega::ErrorKind::kRecipe || error.hint().empty()) std::abort();
  }
  return 0;
}
