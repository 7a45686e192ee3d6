#include "data/io/csv_edit.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"
#include "data/io/json_edit.h"

namespace bottega {
namespace {

Dialect With(char delimiter, size_t body, bool space_after = false) {
  Dialect dialect;
  dialect.delimiter = delimiter;
  dialect.body = body;
  dialect.space_after = space_after;
  return dialect;
}

TEST(EditCsvTest, ChangesCellsAndLeavesEveryOtherByte) {
  const std::string text = "a,b,c\r\n1,\"x, \"\"y\"\"\",3\r\n\r\n4,5,6\r\n7,\"8\n8\",9";
  const Dialect dialect = With(',', 7);
  EXPECT_EQ(EditCsv(text, dialect, {}), text);
  EXPECT_EQ(EditCsv(text, dialect, {.cells = {{0, {{1, "new"}}}, {2, {{2, ""}, {0, "s,p"}}}}}),
            "a,b,c\r\n1,\"new\",3\r\n\r\n4,5,6\r\n\"s,p\",\"8\n8\",");
  EXPECT_EQ(EditCsv(text, dialect, {.removed = {1}}),
            "a,b,c\r\n1,\"x, \"\"y\"\"\",3\r\n\r\n7,\"8\n8\",9");
  EXPECT_EQ(EditCsv(text, dialect, {.cells = {{2, {{1, "q\"q"}}}}, .removed = {0, 1}}),
            "a,b,c\r\n\r\n7,\"q\"\"q\",9");
}

TEST(EditCsvTest, KnowsOtherDelimitersAndSpacesBehindThem) {
  EXPECT_EQ(EditCsv("1;2\n3;4\n", With(';', 0), {.cells = {{1, {{1, "a;b"}}}}}),
            "1;2\n3;\"a;b\"\n");
  EXPECT_EQ(EditCsv("1, \"a, b\", 3\n4, 5, 6\n", With(',', 0, true),
                    {.cells = {{0, {{2, "x"}}}, {1, {{1, ""}}}}}),
            "1, \"a, b\", x\n4, , 6\n");
}

TEST(EditCsvTest, TheOnlyCellOfARecordIsNotLeftBlank) {
  EXPECT_EQ(EditCsv("x\na\nb\n", With('\x1f', 2), {.cells = {{0, {{0, ""}}}}}), "x\n\"\"\nb\n");
}

// Cells of random text, edited at random, read back as they were meant.
TEST(EditCsvTest, RandomTablesReadBackAsEdited) {
  Random random(11, Purpose::kGenerate);
  const std::string letters = "ab,;\"\n\r 'é|";
  for (int trial = 0; trial < 300; ++trial) {
    std::vector<std::vector<std::string>> cells(1 + static_cast<size_t>(random.Below(6)));
    const auto word = [&] {
      std::string text;
      for (int64_t k = random.Below(6); k > 0; --k) {
        text += letters[static_cast<size_t>(random.Below(static_cast<int64_t>(letters.size())))];
      }
      return text;
    };
    std::string text;
    const bool last_line_ends = random.Chance(0.5);
    for (size_t r = 0; r < cells.size(); ++r) {
      for (int c = 0; c < 3; ++c) {
        cells[r].push_back(word());
        std::string quoted;
        for (const char ch : cells[r].back()) quoted += ch == '"' ? "\"\"" : std::string(1, ch);
        text += (c > 0 ? "," : "") + ("\"" + quoted + "\"");
      }
      if (r + 1 < cells.size() || last_line_ends) text += random.Chance(0.5) ? "\r\n" : "\n";
    }
    TextEdits edits;
    for (size_t r = 0; r < cells.size(); ++r) {
      if (random.Chance(0.2)) {
        edits.removed.push_back(static_cast<int64_t>(r));
      } else if (random.Chance(0.5)) {
        const auto c = static_cast<size_t>(random.Below(3));
        cells[r][c] = word();
        edits.cells[static_cast<int64_t>(r)] = {{static_cast<int>(c), cells[r][c]}};
      }
    }
    const std::string edited = EditCsv(text, With(',', 0), edits);
    size_t at = 0;
    for (size_t r = 0; r < cells.size(); ++r) {
      if (std::count(edits.removed.begin(), edits.removed.end(), r) > 0) continue;
      const auto record = NextRecord(edited, at, ',');
      ASSERT_TRUE(record.has_value()) << edited;
      EXPECT_EQ(record->cells, cells[r]) << text << "\n---\n" << edited;
      at = record->end;
    }
    EXPECT_FALSE(NextRecord(edited, at, ',').has_value());
  }
}

TEST(EditJsonLinesTest, ChangesValuesAndLeavesOtherLines) {
  const std::string text =
      "{\"a\": 1.50, \"b\": \"x\"}\n\n{\"a\":2,\"b\":{\"c\":true}}\r\nno json\n{\"a\": 3}";
  const std::vector<std::string> names = {"a", "b", "b.c"};
  EXPECT_EQ(EditJsonLines(text, names, {}), text);
  EXPECT_EQ(
      EditJsonLines(
          text, names,
          {.cells = {{0, {{1, "y"}}}, {1, {{0, "2.5"}, {2, "false"}}}, {3, {{0, ""}, {1, "n"}}}}}),
      "{\"a\":1.5,\"b\":\"y\"}\n\n{\"a\":2.5,\"b\":{\"c\":false}}\r\nno json\n"
      "{\"a\":null,\"b\":\"n\"}");
  EXPECT_EQ(EditJsonLines(text, names, {.removed = {0, 3}}),
            "\n{\"a\":2,\"b\":{\"c\":true}}\r\nno json\n");
  EXPECT_EQ(EditJsonLines("[{\"a\": 1},\n {\"a\": 2}]", names,
                          {.cells = {{1, {{0, "3"}}}}, .removed = {0}}),
            "[\n{\"a\":3}\n]\n");
}

}  // namespace
}  // namespace bottega
