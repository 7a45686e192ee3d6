#include "profile/personal/number_forms.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/json.h"
#include "base/test_folders.h"
#include "base/text.h"
#include "profile/personal/check_digits.h"

namespace bottega {
namespace {

std::vector<NumberForm> AllForms() {
  std::vector<NumberForm> all;
  for (const auto* list :
       {&NationalIdForms(), &MoreNationalIdForms(), &PhoneForms(), &CardForms(), &PlateForms()}) {
    all.insert(all.end(), list->begin(), list->end());
  }
  return all;
}

struct Written {
  std::string pattern, bare;
};

Written Read(const std::string& number) {
  Written out;
  for (const char c : number) {
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    out.pattern += IsDigit(c) ? 'd' : letter ? 'a' : c;
    if (IsDigit(c) || letter) out.bare += c;
  }
  return out;
}

// Whether a form of that name and pattern takes the number; a missing form is a failure.
bool Holds(const std::string& name, const std::string& number) {
  const Written written = Read(number);
  for (const NumberForm& form : AllForms()) {
    if (form.name == name && form.pattern == written.pattern) return form.holds(written.bare);
  }
  ADD_FAILURE() << "no form of " << name << " is written " << written.pattern;
  return false;
}

TEST(NumberForms, AgreeWithThePeerOnNationalIdentifiers) {
  const Json reference = ReadJson(TestReference("personal_reference.json"))["numbers"];
  int64_t judged = 0;
  for (const auto& [name, numbers] : reference.items()) {
    for (const Json& number : numbers["holds"]) {
      EXPECT_TRUE(Holds(name, number.get<std::string>())) << name << " " << number;
      ++judged;
    }
    for (const Json& number : numbers["fails"]) {
      EXPECT_FALSE(Holds(name, number.get<std::string>())) << name << " " << number;
      ++judged;
    }
  }
  EXPECT_GE(reference.size(), 31u);
  EXPECT_GE(judged, 1000);
}

TEST(NumberForms, KnowExamplesThatIssuersPublish) {
  EXPECT_TRUE(Holds("GB national insurance number", "AB123456C"));
  EXPECT_FALSE(Holds("GB national insurance number", "GB123456C"));
  EXPECT_TRUE(Holds("SG NRIC", "S1234567D"));
  EXPECT_FALSE(Holds("SG NRIC", "S1234567E"));
  EXPECT_TRUE(Holds("TW identity number", "A123456789"));
  EXPECT_TRUE(Holds("AU Medicare number", "2123456701"));
  EXPECT_TRUE(IsCodiceFiscale("RSSMRA85T10A562S"));
  EXPECT_FALSE(IsCodiceFiscale("RSSMRA85T10A562T"));
}

TEST(NumberForms, ReadNoFurtherThanTheirPattern) {
  for (const NumberForm& form : AllForms()) {
    // Exactly as long as the pattern has letters and digits: a read beyond is caught by sanitizers.
    std::string bare;
    for (const char c : form.pattern) {
      if (c == 'd') bare += '1';
      if (c == 'a') bare += 'A';
    }
    form.holds(std::string(bare.begin(), bare.end()));
    EXPECT_GE(form.announced, form.alone) << form.name;
    EXPECT_FALSE(form.name.empty());
  }
}

TEST(CheckDigits, HoldForKnownNumbers) {
  EXPECT_TRUE(LuhnHolds("79927398713"));
  EXPECT_FALSE(LuhnHolds("79927398710"));
  EXPECT_TRUE(VerhoeffHolds("2363"));
  EXPECT_FALSE(VerhoeffHolds("2364"));
  EXPECT_TRUE(IbanHolds("GB82WEST12345698765432"));
  EXPECT_EQ(IbanLength("GB"), 22);
  EXPECT_EQ(IbanLength("US"), 0);
  EXPECT_EQ(CardIssuer("4111111111111111"), "Visa");
  EXPECT_EQ(CardIssuer("9111111111111111"), "");
  EXPECT_EQ(CallingCodeLength("14155552671"), 1);
  EXPECT_EQ(CallingCodeLength("442079460958"), 2);
  EXPECT_EQ(CallingCodeLength("351912345678"), 3);
  EXPECT_EQ(CallingCodeLength("0123456789"), 0);
}

}  // namespace
}  // namespace bottega
