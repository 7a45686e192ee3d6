#include "run/manifest.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "base/hash.h"
#include "base/version.h"

namespace bottega {
namespace {

TEST(ManifestTest, SaysWhatWentInAndWithWhat) {
  const Json recipe = {
      {"data", {{"source", "a.csv"}}}, {"split", {{"seed", 11}}}, {"train", {{"seed", 12}}}};
  const SourceDigest source{.sha256 = "abc", .files = 3, .bytes = 40};
  const Json manifest = NewManifest("bottega train", recipe, source, "2.13.0");
  EXPECT_EQ(manifest["format"], kManifestFormat);
  EXPECT_EQ(manifest["command"], "bottega train");
  EXPECT_EQ(manifest["program"]["version"], kVersion);
  EXPECT_EQ(manifest["program"]["build"], BuildId());
  EXPECT_EQ(manifest["libtorch"], "2.13.0");
  EXPECT_EQ(manifest["seeds"]["split"], 11);
  EXPECT_EQ(manifest["seeds"]["train"], 12);
  EXPECT_EQ(manifest["inputs"]["source"], "a.csv");
  EXPECT_EQ(manifest["inputs"]["sha256"], "abc");
  EXPECT_EQ(manifest["inputs"]["files"], 3);
  EXPECT_EQ(manifest["inputs"]["bytes"], 40);
  EXPECT_EQ(manifest["recipe"], recipe);
  EXPECT_GE(manifest["machine"]["processors"], 1);
  EXPECT_GT(manifest["machine"]["memory_bytes"], 1 << 20);
  EXPECT_FALSE(manifest["machine"]["system"].get<std::string>().empty());
}

TEST(ManifestTest, TheSealNamesEveryOutputWithItsHash) {
  const TemporaryFolder folder;
  const RunFolder run(folder.path());
  WriteFileAtomic(run.File("model/config.json"), "{}");
  WriteFileAtomic(run.File("card.md"), "# card");
  WriteFileAtomic(run.File("checkpoints/last.bin"), "large");
  WriteFileAtomic(run.File(".lock"), "");
  SealManifest(run, {{"command", "bottega train"}});
  const Json sealed = run.Read("manifest.json");
  EXPECT_EQ(sealed["command"], "bottega train");
  ASSERT_EQ(sealed["outputs"].size(), 2u);
  EXPECT_EQ(sealed["outputs"]["model/config.json"]["sha256"], Sha256Hex("{}"));
  EXPECT_EQ(sealed["outputs"]["card.md"]["sha256"], Sha256Hex("# card"));
  EXPECT_EQ(sealed["outputs"]["card.md"]["bytes"], 6);

  WriteFileAtomic(run.File("card.md"), "# another");
  std::filesystem::remove(run.File("model/config.json"));
  SealManifest(run, sealed);
  const Json again = run.Read("manifest.json");
  ASSERT_EQ(again["outputs"].size(), 1u);
  EXPECT_EQ(again["outputs"]["card.md"]["sha256"], Sha256Hex("# another"));
}

}  // namespace
}  // namespace bottega
