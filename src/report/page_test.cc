#include "report/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bottega {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(PageTest, IsCompleteAndEscaped) {
  const std::string html = RenderPage({.title = "A & B <c>",
                                       .kicker = "k",
                                       .sections = {{"one", "First <h>", "<p>x</p>"}},
                                       .footer = "f"});
  EXPECT_THAT(html, testing::StartsWith("<!doctype html>\n<html lang=\"en\">"));
  EXPECT_THAT(html, HasSubstr("<title>A &amp; B &lt;c&gt;</title>"));
  EXPECT_THAT(html, HasSubstr("<h2>First &lt;h&gt;</h2>\n<p>x</p>"));
  EXPECT_THAT(html, Not(HasSubstr("<nav")));
  EXPECT_THAT(html, Not(HasSubstr("http")));
}

TEST(PageTest, LongPagesHaveContents) {
  Page page{.title = "t"};
  for (const char* id : {"a", "b", "c", "d"}) page.sections.push_back({id, id, ""});
  EXPECT_THAT(RenderPage(page), HasSubstr("<a href=\"#d\">d</a>"));
}

TEST(PageTest, TablesEscapeAndAlign) {
  const std::string html = HtmlTable({"name", "n"}, {{"<x>", "3"}}, {1}, "cap");
  EXPECT_THAT(html, HasSubstr("<td>&lt;x&gt;</td><td class=\"num\">3</td>"));
  EXPECT_THAT(html, HasSubstr("<caption>cap</caption>"));
  EXPECT_THAT(html, HasSubstr("tabindex=\"0\""));
}

}  // namespace
}  // namespace bottega
