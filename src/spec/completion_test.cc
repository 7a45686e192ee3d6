#include "spec/completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"

namespace bottega {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

const Catalog& Verbs() {
  static const Spec train = {.kind = "verb",
                             .name = "train",
                             .one_line = "train",
                             .params = {{.name = "resume", .type = ParamType::kBool, .what = "x"},
                                        {.name = "from",
                                         .type = ParamType::kChoice,
                                         .what = "y",
                                         .choices = {"audit", "evaluate"}}}};
  static const Spec list = {.kind = "verb", .name = "list", .one_line = "list"};
  static const Spec adam = {.kind = "optimizer", .name = "adam", .one_line = "a"};
  static const Catalog catalog = [] {
    Catalog c;
    c.Add({&train, &list, &adam});
    return c;
  }();
  return catalog;
}

TEST(Completion, VerbsFlagsChoicesAndComponents) {
  EXPECT_THAT(CompleteWords(Verbs(), {"tr"}), ElementsAre("train"));
  EXPECT_THAT(CompleteWords(Verbs(), {"train", "--re"}), ElementsAre("--resume"));
  EXPECT_THAT(CompleteWords(Verbs(), {"train", "--from", "e"}), ElementsAre("evaluate"));
  EXPECT_THAT(CompleteWords(Verbs(), {"list", "opt"}), ElementsAre("optimizer"));
  EXPECT_THAT(CompleteWords(Verbs(), {"list", "optimizer", ""}), ElementsAre("adam"));
  EXPECT_THAT(CompleteWords(Verbs(), {"train", ""}), ElementsAre());
}

TEST(Completion, KnowsThreeShells) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    EXPECT_NE(CompletionScript(shell).find("bottega completion words"), std::string::npos);
  }
  EXPECT_THROW(CompletionScript("tcsh"), Error);
}

}  // namespace
}  // namespace bottega
