#include "data/generate/fruit.h"

#include <gtest/gtest.h>

#include <set>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"

namespace bottega {
namespace {

// 60 pictures in place of 1500: planted numbers are scaled by 1 / 25.
FruitOptions Small() {
  return {.per_class = 20,
          .minority = 4,
          .picture_size = 48,
          .wrong_labels = 0.05,
          .exact_duplicates = 75,
          .near_duplicates = 75,
          .truncated = 50};
}

TEST(Fruit, SameOptionsSameBytes) {
  const TemporaryFolder a, b;
  GenerateFruit(a.path() / "f", Small());
  GenerateFruit(b.path() / "f", Small());
  const auto files = ListFiles(a.path());
  ASSERT_EQ(files.size(), 66u + 2u);
  for (const auto& file : files) {
    EXPECT_EQ(Sha256OfFile(a.path() / file), Sha256OfFile(b.path() / file)) << file;
  }
}

TEST(Fruit, TruthNamesEveryPlantedFile) {
  const TemporaryFolder folder;
  const Json truth = GenerateFruit(folder.path() / "f", Small());
  EXPECT_EQ(truth["true"].size(), 66u);
  const std::vector<size_t> expected = {6, 6, 3, 2};
  for (size_t i = 0; i < expected.size(); ++i) {
    EXPECT_GE(truth["planted"][i]["files"].size(), expected[i]) << truth["planted"][i]["kind"];
  }
  std::set<std::string> hashes;
  for (const auto& file : truth["planted"][0]["files"]) {
    hashes.insert(Sha256OfFile(folder.path() / "f" / file.get<std::string>()));
  }
  EXPECT_EQ(hashes.size(), 3u);
  for (const auto& file : truth["planted"][2]["files"]) {
    const std::string name = file.get<std::string>();
    EXPECT_NE(name.substr(0, name.find('/')), truth["true"][name].get<std::string>());
  }
}

TEST(Fruit, UnbalancedSetSharesItsTestFolder) {
  const TemporaryFolder a, b;
  FruitOptions options = Small();
  options.test_folder = true;
  options.test_per_class = 5;
  GenerateFruit(a.path() / "f", options);
  options.unbalanced = true;
  const Json truth = GenerateFruit(b.path() / "f", options);
  int bananas = 0;
  for (const auto& [file, label] : truth["true"].items()) bananas += label == "banana";
  EXPECT_LE(bananas, 7);
  const auto files = ListFiles(a.path() / "f-test");
  ASSERT_EQ(files.size(), 16u);
  for (const auto& file : files) {
    EXPECT_EQ(Sha256OfFile(a.path() / "f-test" / file), Sha256OfFile(b.path() / "f-test" / file));
  }
}

TEST(Fruit, RefusesAFolderInUse) {
  const TemporaryFolder folder;
  WriteFileAtomic(folder.path() / "mine.txt", "x");
  EXPECT_THROW(GenerateFruit(folder.path(), Small()), Error);
}

}  // namespace
}  // namespace bottega
