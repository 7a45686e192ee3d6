#include "data/io/delta.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/random.h"

namespace bottega {
namespace {

std::string Noise(size_t bytes, uint64_t seed) {
  Random random(seed, Purpose::kGenerate);
  std::string text(bytes, '\0');
  for (char& c : text) c = static_cast<char>(random.Below(256));
  return text;
}

TEST(DeltaTest, GivesTheTargetBackWhateverTheTwoAre) {
  const std::string text = Noise(100'000, 1);
  const std::string edited = text.substr(0, 500) + "something else" + text.substr(700);
  const std::pair<std::string, std::string> cases[] = {{text, edited},
                                                       {edited, text},
                                                       {"", text},
                                                       {text, ""},
                                                       {"", ""},
                                                       {"a", "b"},
                                                       {text, text},
                                                       {"x", std::string(3'000'000, 'x')},
                                                       {Noise(3'000'000, 2), Noise(2'500'000, 3)}};
  for (const auto& [base, target] : cases) {
    EXPECT_EQ(ApplyDelta(base, MakeDelta(base, target), "undo.zst"), target);
  }
  EXPECT_LT(MakeDelta(edited, text).size(), 1000u);  // noise does not compress: this is the edit
}

TEST(DeltaTest, PiecesOfALargeFileFindTheirPlaceInTheOther) {
  std::string text;
  for (int i = 0; text.size() < (70 << 20); ++i) text += std::to_string(i * 7919LL) + ",row\n";
  const std::string edited = "header\n" + text.substr(0, 40 << 20) + text.substr((40 << 20) + 5000);
  const std::string delta = MakeDelta(edited, text);
  EXPECT_LT(delta.size(), 200'000u);
  EXPECT_TRUE(ApplyDelta(edited, delta, "undo.zst") == text);
}

TEST(DeltaTest, ADamagedDeltaOrAnotherBaseIsAnError) {
  const std::string base = Noise(10'000, 4), target = base.substr(0, 9'000) + "end";
  const std::string delta = MakeDelta(base, target);
  const auto fails = [&](const std::string& of, const std::string& by) {
    try {
      return ApplyDelta(of, by, "undo.zst") != target;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kData);
      return true;
    }
  };
  EXPECT_FALSE(fails(base, delta));
  EXPECT_TRUE(fails(base, ""));
  for (size_t cut = 0; cut < delta.size(); ++cut)
    EXPECT_TRUE(fails(base, delta.substr(0, cut))) << cut;
  for (size_t at = 0; at < delta.size(); ++at) {
    std::string bad = delta;
    bad[at] = static_cast<char>(bad[at] ^ 0x55);
    fails(base, bad);  // no crash; most are noticed, the version's hash notices all
  }
  EXPECT_TRUE(fails(Noise(10'000, 5), delta));
  EXPECT_TRUE(fails("", delta));
}

}  // namespace
}  // namespace bottega
