#include "profile/personal/personal_data.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bottega {
namespace {

// "email:jane@example.org" of each span.
std::vector<std::string> Found(std::string_view text, std::string_view column = "") {
  std::vector<std::string> out;
  for (const PersonalSpan& span : FindPersonalData(text, {.column = column})) {
    out.push_back(std::string(PersonalKindName(span.kind)) + ":" +
                  std::string(text.substr(span.begin, span.end - span.begin)));
  }
  return out;
}

using Texts = std::vector<std::string>;

TEST(FindPersonalData, KnowsCardsByLuhnAndIssuer) {
  EXPECT_EQ(Found("pay with 4111 1111 1111 1111 today"), Texts{"card_number:4111 1111 1111 1111"});
  EXPECT_EQ(Found("Amex 3782-822463-10005"), Texts{"card_number:3782-822463-10005"});
  EXPECT_EQ(Found("pay with 4111 1111 1111 1112 today"), Texts{});  // check digit
  EXPECT_EQ(Found("pay with 9111 1111 1111 1116 today"), Texts{});  // no issuer
}

TEST(FindPersonalData, KnowsBankAccountsOfTheirCountrysLength) {
  EXPECT_EQ(Found("IBAN DE89 3704 0044 0532 0130 00."), Texts{"iban:DE89 3704 0044 0532 0130 00"});
  EXPECT_EQ(Found("GB29NWBK60161331926819"), Texts{"iban:GB29NWBK60161331926819"});
  EXPECT_EQ(Found("DE88 3704 0044 0532 0130 00"), Texts{});
}

TEST(FindPersonalData, CountsWeakNumbersOnlyBesideTheirName) {
  EXPECT_EQ(Found("BSN: 111222333"), Texts{"national_id:111222333"});
  EXPECT_EQ(Found("111222333 pieces"), Texts{});
  EXPECT_EQ(Found("invoice number 536-90-4399"), Texts{});
  EXPECT_EQ(Found("her SSN is 536-90-4399"), Texts{"national_id:536-90-4399"});
  EXPECT_EQ(Found("2053258100"), Texts{});
  EXPECT_EQ(Found("2053258100", "PhoneNumber"), Texts{"phone:2053258100"});
  EXPECT_EQ(Found("44051401359", "pesel"), Texts{"national_id:44051401359"});
}

TEST(FindPersonalData, PassesLookAlikes) {
  for (const char* text : {"1612345678",
                           "1612345678901",
                           "version 10.2.3.4",
                           "v1.2.3.4",
                           "3.14159265",
                           "+3.14159265",
                           "ISBN 978-3-16-148410-0",
                           "commit 3f786850e387550fdab836ed7e6dc881de23001b",
                           "12:30:45",
                           "std::vector<a::b>",
                           "icon@2x.png",
                           "git@github.com:owner/name.git",
                           "0.1234, 0.5678",
                           "6.02214076e+23",
                           "2024-01-31T12:30:00",
                           "order 2053258100",
                           "Johnson & Johnson",
                           "Martin Luther King Hospital",
                           "In 2010 Main Street was closed",
                           "SKU 4006381333931",
                           "May Day in March",
                           "1,234,567,890",
                           "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"}) {
    EXPECT_EQ(Found(text), Texts{}) << text;
  }
}

TEST(FindPersonalData, KnowsPhonesAsTheyAreWritten) {
  for (const char* text :
       {"+1 415 555 2671", "+44 (0)20 7946 0958", "(415) 555-2671", "01 42 68 53 00",
        "0171-1234567", "070-123 45 67", "(11) 91234-5678", "0412 345 678", "06-12345678"}) {
    EXPECT_EQ(Found(std::string("see ") + text + " there"), Texts{std::string("phone:") + text});
  }
}

TEST(FindPersonalData, KnowsNetworkAddresses) {
  EXPECT_EQ(Found("from 85.214.132.117"), Texts{"ip_address:85.214.132.117"});
  EXPECT_EQ(Found("at 2001:db8:85a3::8a2e:370:7334."),
            Texts{"ip_address:2001:db8:85a3::8a2e:370:7334"});
  EXPECT_EQ(Found("00:1A:2B:3C:4D:5E"), Texts{"mac_address:00:1A:2B:3C:4D:5E"});
  EXPECT_EQ(Found("mail \xE2\x80\x9Cjane.doe@example.org\xE2\x80\x9D"),
            Texts{"email:jane.doe@example.org"});
  EXPECT_EQ(Found("jane (at) example.org"), Texts{"email:jane (at) example.org"});
}

TEST(FindPersonalData, KnowsSecretsByFormAndByTheWordBeforeThem) {
  EXPECT_EQ(Found("AKIAQ3EGRT5WXYZ2LMNO"), Texts{"secret:AKIAQ3EGRT5WXYZ2LMNO"});
  EXPECT_EQ(Found("password: hunter22!"), Texts{"secret:hunter22!"});
  EXPECT_EQ(Found("password: your_password_1"), Texts{});
  EXPECT_EQ(Found("the password must be long"), Texts{});
  const std::string key =
      "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----";
  EXPECT_EQ(Found(key), Texts{"secret:" + key});
}

TEST(FindPersonalData, KnowsDatesOfBirthByContextOnly) {
  EXPECT_EQ(Found("geboren am 3. M\xC3\xA4rz 1975"), Texts{"birth_date:3. M\xC3\xA4rz 1975"});
  EXPECT_EQ(Found("born on March 3rd, 1975 in"), Texts{"birth_date:March 3rd, 1975"});
  EXPECT_EQ(Found("delivered on 03.03.2021"), Texts{});
  EXPECT_EQ(Found("1975-03-03", "date_of_birth"), Texts{"birth_date:1975-03-03"});
}

TEST(FindPersonalData, KnowsNamesAndAddresses) {
  EXPECT_EQ(Found("Braund, Mr. Owen Harris"), Texts{"person_name:Braund, Mr. Owen Harris"});
  EXPECT_EQ(Found("ich hei\xC3\x9F"
                  "e J\xC3\xBCrgen Gro\xC3\x9F, hallo"),
            Texts{"person_name:J\xC3\xBCrgen Gro\xC3\x9F"});
  EXPECT_EQ(Found("at 12 bis, rue de la Paix, 75002 Paris now"),
            Texts{"postal_address:12 bis, rue de la Paix, 75002 Paris"});
  EXPECT_EQ(Found("Bergmannstr. 12a"), Texts{"postal_address:Bergmannstr. 12a"});
}

TEST(FindPersonalData, GivesOneSpanWhereSeveralOverlap) {
  EXPECT_EQ(Found("Via Giuseppe Verdi 12, 20121 Milano"),
            Texts{"postal_address:Via Giuseppe Verdi 12, 20121 Milano"});
  const std::string text = "Anna Kowalska, anna@example.org, +48 601 234 567";
  const std::vector<PersonalSpan> spans = FindPersonalData(text);
  ASSERT_EQ(spans.size(), 3u);
  for (size_t i = 1; i < spans.size(); ++i) EXPECT_LE(spans[i - 1].end, spans[i].begin);
}

TEST(FindPersonalData, TakesAnyBytes) {
  std::string text;
  for (int i = 0; i < 4096; ++i) text += static_cast<char>(i * 37 + i / 256);
  FindPersonalData(text, {.least = 0});
  for (const char* piece : {"a@", "1 ", "aa:", "password=", "-----BEGIN ", "eyJ", "born 1 ",
                            "://a:b@", "via A. ", "1 Rue A ", "4111-1111-", "\xC3", "\xE2\x80"}) {
    std::string hostile;
    while (hostile.size() < 200'000) hostile += piece;
    FindPersonalData(hostile, {.least = 0});
  }
}

TEST(MaskPersonal, ShowsFormNotContent) {
  EXPECT_EQ(MaskPersonal("jane.doe@example.org", PersonalKind::kEmail), "j***@e***.org");
  EXPECT_EQ(MaskPersonal("4111 1111 1111 1111", PersonalKind::kCardNumber), "**** **** **** **11");
  EXPECT_EQ(MaskPersonal("Owen Harris", PersonalKind::kPersonName), "O*** H***");
  EXPECT_EQ(MaskPersonal("hunter2", PersonalKind::kSecret), "***");
  EXPECT_EQ(MaskPersonal("12.03.1980", PersonalKind::kBirthDate), "**.**.****");
}

}  // namespace
}  // namespace bottega
