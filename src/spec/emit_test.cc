#include "spec/emit.h"

#include <gtest/gtest.h>

#include "spec/source_node.h"

namespace bottega {
namespace {

TEST(Emit, ReadsBackAsItWas) {
  const Json value = {{"a", "yes"},
                      {"b", "1.5"},
                      {"c", 1.5},
                      {"d", nullptr},
                      {"e", "x: y # z"},
                      {"f", Json::array({"a", 2, true, "null", ""})},
                      {"g", {{"h", {{"i", "-"}}}, {"j", Json::object()}}},
                      {"k", Json::array({Json({{"name", "flip"}, {"p", 0.5}})})},
                      {"l", "line\nbreak"},
                      {"m", "<=50K"},
                      {"n", "*"}};
  EXPECT_EQ(ToJson(ParseYaml(EmitYaml(value), "e")), value) << EmitYaml(value);
}

TEST(Emit, ControlCharactersAreEscaped) {
  const Json value = {{"a", std::string("x\0y", 3)}, {"b", "\x1b[0m"}, {"c", "x\ry"}};
  EXPECT_EQ(ToJson(ParseYaml(EmitYaml(value), "again")), value);
}

TEST(Emit, SmallNumbersHaveADot) { EXPECT_EQ(YamlScalar(1e-8), "1.0e-08"); }

TEST(Emit, CommentsStandBehindLeaves) {
  const Json value = {{"train", {{"lr", 0.1}}}};
  EXPECT_EQ(EmitYaml(value, [](const std::string& p) { return p == "train.lr" ? "default" : ""; }),
            "train:\n  lr: 0.1  # default\n");
}

TEST(Emit, LongMappingsInListsTakeLines) {
  Json item = {
      {"name", "random_resized_crop"}, {"scale_from", 0.25}, {"scale_to", 1.0}, {"ratio", 1.25}};
  const std::string text = EmitYaml({{"augment", Json::array({item, item})}});
  EXPECT_NE(text.find("  - name: random_resized_crop\n    scale_from: 0.25\n"), std::string::npos)
      << text;
  EXPECT_EQ(ToJson(ParseYaml(text, "e"))["augment"][1], item);
}

}  // namespace
}  // namespace bottega
