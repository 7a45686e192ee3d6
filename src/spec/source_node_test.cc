#include "spec/source_node.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace bottega {
namespace {

std::string FailureOf(const std::string& yaml) {
  try {
    ParseYaml(yaml, "r.yaml");
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

TEST(SourceNode, KnowsPlacesAndTypes) {
  const SourceNode root = ParseYaml("a: 1\nb: [x, '2', null, true]\nc: {d: 1e-3}\n", "r.yaml");
  EXPECT_EQ(root.Field("b")->items[1].origin, "r.yaml:2:8");
  EXPECT_EQ(ToJson(root).dump(), R"({"a":1,"b":["x","2",null,true],"c":{"d":0.001}})");
}

TEST(SourceNode, SyntaxErrorHasLine) {
  EXPECT_EQ(FailureOf("a: [1, 2\nb: 3\n").substr(0, 8), "r.yaml:2");
}

TEST(SourceNode, DuplicateKeyIsAnError) {
  EXPECT_NE(FailureOf("a: 1\na: 2\n").find("written twice"), std::string::npos);
}

TEST(SourceNode, DeepNestingAndAliasBombsStop) {
  EXPECT_NE(FailureOf(std::string(300, '[') + std::string(300, ']')), "");
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string n = std::to_string(i), p = std::to_string(i - 1);
    bomb += "a" + n + ": &a" + n + " [";
    for (int j = 0; j < 10; ++j) bomb += (j ? ", *a" : "*a") + p;
    bomb += "]\n";
  }
  EXPECT_NE(FailureOf(bomb).find("a million values"), std::string::npos);
}

TEST(SourceNode, OverrideNeedsPathAndValue) {
  SourceNode root = ParseYaml("a: {b: 1}", "r.yaml");
  EXPECT_THROW(Override(&root, "a.b"), Error);
  Override(&root, "a.c.d=text with spaces");
  EXPECT_EQ(ToJson(root).dump(), R"({"a":{"b":1,"c":{"d":"text with spaces"}}})");
}

}  // namespace
}  // namespace bottega
