#include "clean/forget/value_finder.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "base/text.h"

namespace bottega {
namespace {

std::string Blotted(const ValueFinder& finder, const std::string& bytes) {
  int64_t count = 0;
  return finder.Blot(bytes, &count);
}

TEST(ValueFinderTest, FindsWholeWordsOnly) {
  const ValueFinder finder({{"Anna"}});
  EXPECT_EQ(Blotted(finder, "Anna, (Anna) Anna's"), "(forgotten), ((forgotten)) (forgotten)'s");
  for (const char* other : {"Annabel", "JoAnna", "Annaé", "xAnna1", "anna"}) {
    EXPECT_FALSE(finder.Occurs(other)) << other;
  }
}

TEST(ValueFinderTest, FindsWhatFilesWriteOfAValue) {
  const std::string value = "Zoë \"Z\" <O'Neil & Sons>/x";
  const ValueFinder finder({{value}});
  const Json json = value;
  const std::string forms[] = {value,
                               json.dump(),
                               json.dump(-1, ' ', true),
                               EscapeHtml(value),
                               "\"" + Replace(value, "\"", "\"\"") + "\"",
                               "'" + Replace(value, "'", "''") + "'",
                               Replace(json.dump(), "/", "\\/"),
                               "Zo%C3%AB%20%22Z%22%20%3CO%27Neil%20%26%20Sons%3E/x"};
  for (const std::string& form : forms) EXPECT_TRUE(finder.Occurs("a " + form + " b")) << form;
  EXPECT_EQ(Blotted(finder, json.dump()), "\"(forgotten)\"");
}

TEST(ValueFinderTest, EscapesBeforeAValueAreNoLetters) {
  const ValueFinder finder({{"Rossi"}});
  for (const char* text : {"a\\nRossi", "\\u00e9Rossi", "%20Rossi", "&amp;Rossi"}) {
    EXPECT_TRUE(finder.Occurs(text)) << text;
  }
}

TEST(ValueFinderTest, FindsWordsOfScriptsWithoutSpaces) {
  const ValueFinder finder({{"山田太郎"}});
  EXPECT_EQ(Blotted(finder, "私は山田太郎です"), "私は(forgotten)です");
}

TEST(ValueFinderTest, NumbersAreNotFoundWithinLongerOnes) {
  const ValueFinder finder({{"851351"}});
  EXPECT_TRUE(finder.Occurs("4,851351,x"));
  EXPECT_TRUE(finder.Occurs("id 851351."));
  for (const char* other : {"0.851351", "1851351", "20261130-851351", "851351.25", "851351-01"}) {
    EXPECT_FALSE(finder.Occurs(other)) << other;
  }
}

TEST(ValueFinderTest, FindsBeginningsThatMessagesCut) {
  const std::string value = "she lives by the old mill at the end of the lane";
  const ValueFinder finder({{value, 20}});
  EXPECT_EQ(Blotted(finder, "'she lives by the old mi…' differs"), "'(forgotten)…' differs");
  EXPECT_FALSE(finder.Occurs("she lives by the"));
}

TEST(ValueFinderTest, TheBeginningOfAWrittenFormIsThatOfTheValue) {
  const ValueFinder finder({{"Zuzanna \"Zuzia\" 040q760", 20}});
  EXPECT_TRUE(finder.Occurs("1,\"Zuzanna \"\"Zuzia\"\" 040q…"));
  EXPECT_FALSE(finder.Occurs("1,\"Zuzanna \"\"Zuzia\"\" 041q123\""));
}

TEST(ValueFinderTest, OverwritesAtTheSameLength) {
  int64_t count = 0;
  const ValueFinder finder({{"Anna Rossi"}, {"Anna"}});
  EXPECT_EQ(finder.Overwrite("x Anna Rossi, Anna", &count), "x **********, ****");
  EXPECT_EQ(count, 2);
}

}  // namespace
}  // namespace bottega
