#include "spec/page.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "spec/test_catalog.h"

namespace bottega {
namespace {

TEST(Page, FitsTheWidthAndNamesEveryParameter) {
  const std::string page = SpecPage(TestSgd(), 60);
  for (const std::string& line : Split(page, '\n')) EXPECT_LE(DisplayWidth(line), 60) << line;
  for (const Param& param : TestSgd().params) EXPECT_NE(page.find(param.name), std::string::npos);
  EXPECT_NE(page.find("above 0; default 0.1"), std::string::npos) << page;
}

TEST(Page, MarkdownHasOneRowAParameter) {
  const std::string page = SpecMarkdown(TestSgd());
  EXPECT_NE(page.find("| `momentum` | momentum. | number; 0 to 1; default 0.9 |"),
            std::string::npos);
}

TEST(Page, WrapKeepsLineBreaks) { EXPECT_EQ(Wrap("a b\nc", 80, 2), "  a b\n  c\n"); }

}  // namespace
}  // namespace bottega
