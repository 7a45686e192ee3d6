#include "base/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "base/files.h"

namespace bottega {
namespace {

Error ErrorOf(const std::string& text) {
  try {
    ParseJson(text, "x.json");
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "accepted: " << text.substr(0, 50);
  return {ErrorKind::kInternal, ""};
}

TEST(ParseJson, KeepsTheOrderOfKeys) {
  EXPECT_EQ(ParseJson(R"({"z": 1, "a": [true, null, "ü"]})", "x").dump(),
            R"({"z":1,"a":[true,null,"ü"]})");
}

TEST(ParseJson, NamesFileAndLine) {
  const Error error = ErrorOf("{\n  \"a\": 1,\n  oops\n}");
  EXPECT_EQ(error.kind(), ErrorKind::kData);
  EXPECT_EQ(error.place().ToString(), "x.json:3");
}

TEST(ParseJson, RefusesWhatNoWriterMeant) {
  for (const std::string text :
       {"", "{", "[1,]", "{\"a\" 1}", "nul", "\"\xff\"", "1e999", "[1] 2"}) {
    EXPECT_EQ(ErrorOf(text).kind(), ErrorKind::kData) << text;
  }
}

TEST(ParseJson, LimitsDepth) {
  const std::string deep(100'000, '[');
  EXPECT_THAT(ErrorOf(deep).message(), testing::HasSubstr("200"));
  const std::string fine = std::string(150, '[') + std::string(150, ']');
  EXPECT_NO_THROW(ParseJson(fine, "x"));
}

TEST(WriteJson, RoundTripsAndMakesNanNull) {
  const TemporaryFolder folder;
  Json value = {{"b", 1.5}, {"a", NAN}, {"c", "bad \xff byte"}};
  WriteJson(folder.path() / "v.json", value);
  const std::string text = ReadFile(folder.path() / "v.json");
  EXPECT_THAT(text, testing::StartsWith("{\n  \"b\": 1.5,\n  \"a\": null,"));
  EXPECT_EQ(text.back(), '\n');
  EXPECT_EQ(ReadJson(folder.path() / "v.json")["b"], 1.5);
}

TEST(WriteJson, NumbersComeBackToTheBit) {
  const double x = 0.1 + 0.2;
  EXPECT_EQ(ParseJson(Json(x).dump(), "x").get<double>(), x);
}

TEST(CanonicalJson, SortsKeysAtEveryDepth) {
  EXPECT_EQ(CanonicalJson(ParseJson(R"({"b": {"d": 1, "c": 2}, "a": [3, {"z": 1, "y": 2}]})", "x")),
            R"({"a":[3,{"y":2,"z":1}],"b":{"c":2,"d":1}})");
}

}  // namespace
}  // namespace bottega
