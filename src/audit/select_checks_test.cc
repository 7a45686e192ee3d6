#include "audit/select_checks.h"

#include <gtest/gtest.h>

#include "audit/test_audit.h"

namespace bottega {
namespace {

std::vector<std::string> NamesIn(const Json& section) {
  std::vector<std::string> names;
  for (const Json& check : section["checks"]) names.push_back(check["name"]);
  return names;
}

Json Section(const std::string& yaml) {
  return ResolveSection(AuditSection(), yaml, {CheckSpecs()});
}

using Names = std::vector<std::string>;

TEST(SelectChecksTest, ThemesAndChecksInTheOrderOfReports) {
  const Names chosen = ChecksNamed({"exact_duplicates", "completeness"});
  EXPECT_EQ(chosen.front(), "unreadable_file");
  EXPECT_EQ(chosen.back(), "exact_duplicates");
  for (const std::string& name : chosen) {
    EXPECT_TRUE(ThemeOf(name) == "completeness" || name == "exact_duplicates") << name;
  }
  EXPECT_EQ(NamesIn(SelectChecks(Section("{}"), {"missing_values"}, {})), Names{"missing_values"});
}

TEST(SelectChecksTest, OnlyGoesBeforeTheRecipeAndKeepsItsSettings) {
  const Json section =
      Section("{checks: [{constant_column: {share: 0.9}}], skip: [class_balance]}");
  const Json only = SelectChecks(section, {"class_balance", "constant_column"}, {});
  EXPECT_EQ(NamesIn(only), (Names{"constant_column", "class_balance"}));
  EXPECT_EQ(only["checks"][0]["share"], 0.9);
  EXPECT_TRUE(only["checks"][1].contains("ratio"));
  EXPECT_TRUE(only["skip"].empty());
}

TEST(SelectChecksTest, SkipLeavesOut) {
  const Names all = NamesIn(Section("{}"));
  const Names rest = NamesIn(SelectChecks(Section("{}"), {}, {"redundancy", "missing_values"}));
  EXPECT_LT(rest.size(), all.size());
  for (const std::string& name : rest) {
    EXPECT_NE(ThemeOf(name), "redundancy");
    EXPECT_NE(name, "missing_values");
  }
}

TEST(SelectChecksTest, AWrongNameGetsTheNearest) {
  try {
    ChecksNamed({"completness"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_EQ(error.message(),
              "there is no check or theme 'completness'; did you mean completeness?");
  }
}

}  // namespace
}  // namespace bottega
