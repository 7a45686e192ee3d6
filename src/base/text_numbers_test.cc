#include "base/text_numbers.h"

#include <gtest/gtest.h>

#include <string>

namespace bottega {
namespace {

TEST(TextNumbers, NumbersTextsInOrderOfFirstAppearance) {
  TextNumbers numbers;
  EXPECT_EQ(numbers.Of("b"), 0);
  EXPECT_EQ(numbers.Of(""), 1);
  EXPECT_EQ(numbers.Of("a"), 2);
  EXPECT_EQ(numbers.Of("b"), 0);
  EXPECT_EQ(numbers.texts(), (std::vector<std::string_view>{"b", "", "a"}));
}

TEST(TextNumbers, KeepsApartManyTextsWhileItGrows) {
  std::vector<std::string> texts;
  for (int i = 0; i < 20'000; ++i) texts.push_back("text " + std::to_string(i));
  TextNumbers numbers;
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 20'000; ++i) ASSERT_EQ(numbers.Of(texts[static_cast<size_t>(i)]), i);
  }
  EXPECT_EQ(numbers.texts().size(), 20'000u);
}

}  // namespace
}  // namespace bottega
