#include "profile/text_damage.h"

#include <gtest/gtest.h>

namespace bottega {
namespace {

TEST(TextDamageTest, WhatItWasBefore) {
  const DamageFinder finder;
  const auto repaired = [&](const char* text) {
    const auto damage = finder.Find(text);
    return damage ? damage->kind + ": " + damage->repaired.value_or("?") : "sound";
  };
  EXPECT_EQ(repaired("ZÃ¼rich"), "mojibake: Zürich");
  EXPECT_EQ(repaired("ZÃƒÂ¼rich"), "mojibake: Zürich");     // twice over
  EXPECT_EQ(repaired("РџСЂРёРІРµС‚"), "mojibake: Привет");  // windows-1251
  EXPECT_EQ(repaired("donâ€™t"), "mojibake: don’t");
  EXPECT_EQ(repaired("Smith &amp; Sons &#233;&#xe9;"), "html_entity: Smith & Sons éé");
  EXPECT_EQ(repaired("caf\\u00e9"), "escape: café");
  EXPECT_EQ(repaired("a\u200Bb\x01"), "control_character: ab");
  EXPECT_EQ(repaired("Z\xEF\xBF\xBDrich"), "replacement_character: ?");
  for (const char* sound :
       {"", "Zürich", "Łódź", "Привет, мир", "東京タワー", "AT&T", "a & b; c", "C:\\users",
        "£5 – €6", "naïve café", "Ångström Ärger", "emoji 👩‍👧"}) {
    EXPECT_EQ(repaired(sound), "sound") << sound;
  }
}

TEST(TextDamageTest, LostCharacters) {
  EXPECT_TRUE(MatchesButLost("Z?rich", "Zürich"));
  EXPECT_TRUE(MatchesButLost("Z\xEF\xBF\xBD\xEF\xBF\xBDrich", "Zürich"));
  EXPECT_TRUE(MatchesButLost("M?laga?", "Málaga?"));
  EXPECT_FALSE(MatchesButLost("Z?rich", "Zarich"));  // nothing that could be lost
  EXPECT_FALSE(MatchesButLost("Why?", "Why?"));
  EXPECT_FALSE(MatchesButLost("Z?ri", "Zürich"));
}

}  // namespace
}  // namespace bottega
