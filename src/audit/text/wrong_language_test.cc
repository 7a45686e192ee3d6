#include <gmock/gmock.h>

#include "audit/check_list.h"
#include "audit/text/test_texts.h"

namespace bottega {
namespace {

using testing::HasSubstr;

TEST(WrongLanguageTest, ForeignTextsWithTheirLanguage) {
  std::vector<std::string> texts = Sentences(120);
  texts[7] = "El camarero nunca había visto una llave tan grande como esa.";
  texts[30] = "Никто не знал, где лежат ключи от дома.";
  texts[31] = "Nadie sabía dónde estaban las llaves de la casa.";
  const AuditResult result = RunOnly("wrong_language", TextData(texts));
  ASSERT_EQ(result.findings.size(), 1u);
  const Finding& finding = result.findings[0];
  EXPECT_EQ(finding.severity, Severity::kWarning);
  EXPECT_EQ(finding.detail["rows"], Json({7, 30, 31}));
  EXPECT_EQ(finding.detail["main"], "en");
  EXPECT_THAT(finding.message,
              HasSubstr("3 of the texts in 'review' are not English as the others (2 Spanish, 1 "
                        "Russian): row 7, row 30 and row 31"));
  EXPECT_LT(result.scores[0].rows[7], 0.5F);
  EXPECT_GT(result.scores[0].rows[8], 0.5F);
}

TEST(WrongLanguageTest, NamesInsideEnglishTextsAreEnglish) {
  std::vector<std::string> texts = Sentences(120);
  texts[5] = "She met Señor Gutiérrez de la Fuente at the door of the opera.";
  texts[6] = "The captain had never heard of Göttingen or Sankt Wolfgang im Salzkammergut.";
  EXPECT_TRUE(FindingsOf("wrong_language", TextData(texts)).empty());
}

TEST(WrongLanguageTest, AColumnInTwoLanguagesIsSaidOnce) {
  std::vector<std::string> texts = Sentences(100);
  for (size_t i = 0; i < 45; ++i) {
    texts[i] = "Der Kellner hat gestern Abend die Schlüssel der Wohnung Nummer " +
               std::to_string(i) + " nicht mehr gefunden.";
  }
  const std::vector<Finding> found = FindingsOf("wrong_language", TextData(texts));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_THAT(found[0].message, HasSubstr("is in several languages"));
}

TEST(WrongLanguageTest, NamesAreNoRunningText) {
  std::vector<std::string> names;
  const char* first[] = {"Maria", "Giovanni", "Wolfgang", "Ingrid", "Yusuf", "Chloé", "Anna"};
  const char* last[] = {"Rossi", "Schneider", "Lindqvist", "Yılmaz", "Dubois", "O'Brien"};
  for (int i = 0; i < 42; ++i) {
    names.push_back(std::string(last[i % 6]) + ", " + first[i % 7] + " " + first[i / 6 % 7]);
  }
  EXPECT_EQ(SkipReason("wrong_language", TextData(names)),
            "no column holds running text whose language can be told");
}

}  // namespace
}  // namespace bottega
