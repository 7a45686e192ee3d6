#include "profile/quantity.h"

#include <gtest/gtest.h>

namespace bottega {
namespace {

TEST(QuantityTest, NumbersWithUnits) {
  const auto parsed = [](const char* text) {
    const auto quantity = ParseQuantity(text);
    return quantity ? quantity->digits + "|" + quantity->unit : "none";
  };
  EXPECT_EQ(parsed("12.0 oz."), "12.0|oz.");
  EXPECT_EQ(parsed("$ 1,200"), "1200|$");
  EXPECT_EQ(parsed("1.200,50 €"), "1200.50|€");
  EXPECT_EQ(parsed("12,5 kg"), "12.5|kg");
  EXPECT_EQ(parsed("-5kg"), "-5|kg");
  EXPECT_EQ(parsed("98.6 °F"), "98.6|°F");
  EXPECT_EQ(parsed(".5%"), ".5|%");
  EXPECT_EQ(parsed("42"), "42|");
  for (const char* none : {"", "oz", "12 34", "1720 university blvd", "2020-01-02", "10:30",
                           "$5 kg", "1,20,0", "12 oz can", "1-2"}) {
    EXPECT_EQ(parsed(none), "none") << none;
  }
}

TEST(QuantityTest, UnitsByTheirSpellings) {
  for (const char* ounce : {"oz", "oz.", "OZ", "Ounces"}) EXPECT_EQ(FindUnit(ounce)->name, "oz");
  EXPECT_EQ(FindUnit("m")->name, "m");
  EXPECT_EQ(FindUnit("M")->name, "M");
  EXPECT_EQ(FindUnit("th"), nullptr);
  EXPECT_EQ(FindUnit(""), nullptr);
}

TEST(QuantityTest, Conversions) {
  EXPECT_NEAR(Convert(154.3235835, *FindUnit("lb"), *FindUnit("kg")), 70, 1e-6);
  EXPECT_DOUBLE_EQ(Convert(5000, *FindUnit("g"), *FindUnit("kg")), 5);
  EXPECT_NEAR(Convert(212, *FindUnit("F"), *FindUnit("C")), 100, 1e-9);
  EXPECT_NEAR(Convert(0, *FindUnit("C"), *FindUnit("kelvin")), 273.15, 1e-9);
  EXPECT_TRUE(CanConvert(*FindUnit("mile"), *FindUnit("km")));
  EXPECT_FALSE(CanConvert(*FindUnit("$"), *FindUnit("€")));
  EXPECT_FALSE(CanConvert(*FindUnit("kg"), *FindUnit("km")));
}

}  // namespace
}  // namespace bottega
