#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/text/test_texts.h"

namespace bottega {
namespace {

using testing::HasSubstr;

TEST(BoilerplateTest, MarkupAndPhrases) {
  std::vector<std::string> texts = Sentences(100);
  texts[2] += "<br /><br />";
  texts[3] = "Tom &amp; Jerry went home.";
  texts[40] += "\nSent from my iPhone";
  texts[41] += " [url=http://example.org]here[/url]";
  texts[42] = "Is 3 < 4 and b > a? I <3 it, said John {sic}.";
  const std::vector<Finding> found = FindingsOf("boilerplate", TextData(texts), "{words: 20}");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].detail["kind"], "markup");
  EXPECT_EQ(found[0].detail["rows"], Json({2, 3, 41}));
  EXPECT_THAT(found[0].message, HasSubstr("such as '<br />'"));
  EXPECT_EQ(found[1].detail["kind"], "phrase");
  EXPECT_EQ(found[1].detail["rows"], Json({40}));
}

TEST(BoilerplateTest, AFooterThatSomeTextsShare) {
  std::vector<std::string> texts = Sentences(200);
  Json rows = Json::array();
  for (int i = 0; i < 200; i += 25) {
    texts[static_cast<size_t>(i)] +=
        " Our hotline is open on workdays from 8 to 17 o'clock, case " + std::to_string(i);
    rows.push_back(i);
  }
  const AuditResult result = RunOnly("boilerplate", TextData(texts), "{words: 10, share: 0.03}");
  const auto passage = std::ranges::find_if(result.findings, [](const Finding& finding) {
    return finding.message.find("hotline") != std::string::npos;
  });
  ASSERT_NE(passage, result.findings.end());
  EXPECT_EQ(passage->detail["rows"], rows);
  EXPECT_EQ(passage->severity, Severity::kWarning);
  EXPECT_LT(result.scores[0].rows[25], 0.5F);
}

TEST(BoilerplateTest, CopiesAreNoBoilerplate) {
  std::vector<std::string> texts(100,
                                 "Nobody in the office would ever sell that ticket to the opera.");
  const std::vector<std::string> others = Sentences(30);
  texts.insert(texts.end(), others.begin(), others.end());
  for (const Finding& finding : FindingsOf("boilerplate", TextData(texts))) {
    EXPECT_NE(finding.detail["count"], 100) << finding.message;
  }
}

}  // namespace
}  // namespace bottega
