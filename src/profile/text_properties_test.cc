#include "profile/text_properties.h"

#include <gtest/gtest.h>

namespace bottega {
namespace {

TEST(TextPropertiesTest, CountsOfAnEnglishSentence) {
  const TextProperties t = MeasureText("It's a well-known fact: 42 PEOPLE, 3 dogs!");
  EXPECT_EQ(t.characters, 42);
  EXPECT_DOUBLE_EQ(t.words, 8);  // It's a well-known fact 42 PEOPLE 3 dogs
  EXPECT_EQ(t.upper, 7);
  EXPECT_EQ(t.digits, 3);
  EXPECT_EQ(t.letters, 27);
  EXPECT_EQ(t.longest_word, 10);
  EXPECT_FALSE(t.blank());
}

TEST(TextPropertiesTest, OtherScripts) {
  const TextProperties russian = MeasureText("Привет, мир");
  EXPECT_EQ(russian.characters, 11);
  EXPECT_DOUBLE_EQ(russian.words, 2);
  EXPECT_EQ(russian.upper, 1);
  EXPECT_DOUBLE_EQ(MeasureText("我喜欢这部电影").words, 3.5);
  EXPECT_DOUBLE_EQ(MeasureText("नमस्ते दुनिया").words, 2);  // vowel signs do not end words
}

TEST(TextPropertiesTest, WhatShowsNothingIsBlank) {
  for (const char* text :
       {"", " ", "\t\r\n", "\u00A0", "\u200B\u200B", "\uFEFF", "\u3000 \u2003"}) {
    EXPECT_TRUE(MeasureText(text).blank()) << "'" << text << "'";
  }
  EXPECT_FALSE(MeasureText(".").blank());
  EXPECT_FALSE(MeasureText("-").blank());
}

TEST(TextPropertiesTest, BytesThatAreNoUtf8CountOnce) {
  EXPECT_EQ(MeasureText("a\xFF\xFE"
                        "b")
                .characters,
            4);
  EXPECT_EQ(MeasureText("\xC3").characters, 1);
}

}  // namespace
}  // namespace bottega
