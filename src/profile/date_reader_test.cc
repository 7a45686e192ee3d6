#include "profile/date_reader.h"

#include <gtest/gtest.h>

#include "data/infer/dates.h"

namespace bottega {
namespace {

TEST(DateReaderTest, AllFormatsThatRead) {
  DateReader reader;
  const auto formats = [&](const char* text) {
    std::string all;
    for (const std::string* format : reader.Formats(text)) all += *format + " ";
    return all;
  };
  EXPECT_EQ(formats("2024-03-01"), "%Y-%m-%d ");
  EXPECT_EQ(formats("03/04/2024"), "%m/%d/%Y %d/%m/%Y ");
  EXPECT_EQ(formats("13/04/2024"), "%d/%m/%Y ");
  EXPECT_EQ(formats("Mar 1, 2024"), "%b %d, %Y ");
  EXPECT_EQ(formats("version 3"), "");
}

TEST(DateReaderTest, DaysThatDoNotExist) {
  DateReader reader;
  for (const char* day :
       {"31/02/2020", "2020-13-01", "00/00/0000", "2021-02-29T10:00:00", "31.11.1999"}) {
    EXPECT_TRUE(reader.IsImpossible(day)) << day;
  }
  for (const char* other : {"29/02/2020", "", "12345", "10.0.0.1", "hello", "555-1234"}) {
    EXPECT_FALSE(reader.IsImpossible(other)) << other;
  }
}

TEST(DateReaderTest, WritingIsTheInverseOfReading) {
  const int64_t moment = *ParseDate("2024-03-01T15:04:05.25", "%Y-%m-%dT%H:%M:%S.%f");
  for (const std::string& format : DateFormats()) {
    const auto back = ParseDate(WriteDate(moment, format), format);
    ASSERT_TRUE(back.has_value()) << format;
    EXPECT_LE(*back, moment) << format;
    EXPECT_LT(moment - *back, format == "%Y-%m" ? 31 * 86'400'000'000 : 86'400'000'000) << format;
  }
  EXPECT_EQ(DayPart("%d/%m/%Y %H:%M"), "%d/%m/%Y");
}

}  // namespace
}  // namespace bottega
