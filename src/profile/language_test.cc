#include "profile/language.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "profile/language_model.h"
#include "profile/language_samples.h"

namespace bottega {
namespace {

std::string CodeOf(std::string_view text) {
  const int language = IdentifyLanguage(text);
  return language < 0 ? "" : Languages()[static_cast<size_t>(language)].code;
}

CellColumn Cells(const std::vector<std::string>& texts) {
  CellColumn cells;
  for (const std::string& text : texts) {
    cells.code.push_back(static_cast<int32_t>(cells.text.size()));
    cells.text.push_back(text);
    cells.count.push_back(1);
  }
  return cells;
}

const std::vector<std::string>& EnglishTexts() {
  static const std::vector<std::string> texts = [] {
    const char* subjects[] = {"The waiter", "My sister", "Our neighbour", "The old captain",
                              "A young doctor"};
    const char* verbs[] = {"was looking for", "had already forgotten", "would never sell",
                           "brought back"};
    const char* objects[] = {"the keys of the house near Villa Borghese", "a basket of apples",
                             "what the driver of the bus had told him",
                             "that ticket to Villa Borghese"};
    std::vector<std::string> all;
    for (const char* s : subjects) {
      for (const char* v : verbs) {
        for (const char* o : objects) all.push_back(std::string(s) + " " + v + " " + o + ".");
      }
    }
    return all;
  }();
  return texts;
}

TEST(LanguageTest, CodesAreUniqueAndEveryLanguageHasAName) {
  std::set<std::string> codes;
  for (const Language& language : Languages()) {
    EXPECT_TRUE(codes.insert(language.code).second) << language.code;
    EXPECT_FALSE(language.name.empty());
  }
  EXPECT_GE(codes.size(), 60u);
  EXPECT_EQ(Languages()[static_cast<size_t>(FindLanguage("pt"))].name, "Portuguese");
  EXPECT_EQ(FindLanguage("xx"), -1);
}

TEST(LanguageTest, TellsSentencesThatNoSampleHas) {
  const std::pair<const char*, const char*> sentences[] = {
      {"en", "Neither of the two players wanted to admit that the referee had been right."},
      {"de", "Der Zug nach Hamburg hatte gestern Abend fast zwei Stunden Verspätung."},
      {"fr", "Le directeur de l'école a promis de répondre à tous les parents avant vendredi."},
      {"es", "Mañana por la tarde vamos a visitar el museo con unos amigos de la universidad."},
      {"it", "Domani pomeriggio andiamo a vedere la mostra con gli amici dell'università."},
      {"pt", "Amanhã à tarde vamos visitar o museu com uns amigos da faculdade."},
      {"nl", "De burgemeester heeft gisteren het nieuwe zwembad van de gemeente geopend."},
      {"sv", "Borgmästaren öppnade i går kommunens nya simhall tillsammans med eleverna."},
      {"pl", "Wczoraj wieczorem spóźniliśmy się na pociąg do Krakowa prawie dwie godziny."},
      {"cs", "Včera večer jsme zmeškali vlak do Brna a museli jsme čekat skoro dvě hodiny."},
      {"hu", "Tegnap este majdnem két órát késett a vonat, ezért lekéstük az előadást."},
      {"fi", "Eilen illalla juna oli melkein kaksi tuntia myöhässä, joten emme ehtineet perille."},
      {"tr", "Dün akşam tren neredeyse iki saat gecikti, bu yüzden toplantıya yetişemedik."},
      {"vi", "Tối hôm qua tàu đến trễ gần hai tiếng nên chúng tôi không kịp dự cuộc họp."},
      {"id", "Kereta tadi malam terlambat hampir dua jam sehingga kami tidak sempat hadir."},
      {"ru", "Вчера вечером поезд опоздал почти на два часа, и мы не успели на встречу."},
      {"uk", "Учора ввечері потяг запізнився майже на дві години, і ми не встигли на зустріч."},
      {"bg", "Снощи влакът закъсня с почти два часа и не успяхме да стигнем за срещата."},
      {"ar", "تأخر القطار مساء أمس ساعتين تقريبا ولم نصل إلى الاجتماع في الموعد."},
      {"fa", "دیشب قطار نزدیک دو ساعت تأخیر داشت و ما به جلسه نرسیدیم."},
      {"el", "Χθες το βράδυ το τρένο άργησε σχεδόν δύο ώρες."},
      {"he", "אתמול בערב הרכבת איחרה כמעט שעתיים."},
      {"hi", "कल शाम ट्रेन लगभग दो घंटे देर से आई।"},
      {"th", "เมื่อคืนนี้รถไฟมาช้าเกือบสองชั่วโมง"},
      {"ko", "어젯밤 기차가 거의 두 시간 늦게 도착했습니다."},
      {"ja", "昨夜は列車が二時間近く遅れて、会議に間に合いませんでした。"},
      {"zh", "昨天晚上火车晚点了将近两个小时，我们没赶上会议。"},
  };
  for (const auto& [code, sentence] : sentences) EXPECT_EQ(CodeOf(sentence), code) << sentence;
}

TEST(LanguageTest, TooLittleIsNotTold) {
  for (const char* text : {"", "42", "ok", "Anna", "???"}) EXPECT_EQ(CodeOf(text), "") << text;
}

TEST(LanguageTest, ForeignTextsOfAColumnHaveAMargin) {
  std::vector<std::string> texts = EnglishTexts();
  const size_t german = texts.size();
  texts.push_back("Der Kellner hatte die Schlüssel längst vergessen und ging nach Hause.");
  texts.push_back("Официант давно забыл, где лежат ключи.");
  texts.push_back("Villa Borghese");
  const ColumnLanguages languages = LanguagesOf(Cells(texts));
  EXPECT_EQ(languages.main, FindLanguage("en"));
  EXPECT_GT(languages.share, 0.9);
  EXPECT_GT(languages.common, 0.2);
  for (size_t i = 0; i < german; ++i) EXPECT_LT(languages.margin[i], 6) << texts[i];
  EXPECT_GT(languages.margin[german], 10);
  EXPECT_EQ(languages.language[german], FindLanguage("de"));
  EXPECT_TRUE(std::isinf(languages.margin[german + 1]));
  // Two words that English texts of the column have as well.
  EXPECT_LE(languages.margin[german + 2], 0);
}

TEST(LanguageTest, RandomLettersAreOdd) {
  std::vector<std::string> texts = EnglishTexts();
  texts.push_back("qwpoe zxmcnv rtlkjq wpzoiq xkcjv");
  const ColumnLanguages languages = LanguagesOf(Cells(texts));
  EXPECT_GT(languages.oddness.back(), 3.4F);
  for (size_t i = 0; i + 1 < texts.size(); ++i) {
    EXPECT_FALSE(languages.oddness[i] > 3) << texts[i];
  }
}

TEST(LanguageTest, NothingToTellInColumnsWithoutLetters) {
  const ColumnLanguages languages = LanguagesOf(Cells({"1 2 3", "", "--"}));
  EXPECT_EQ(languages.main, -1);
  EXPECT_EQ(languages.told, 0);
  EXPECT_EQ(languages.margin.size(), 3u);
}

TEST(LanguageModelTest, ProbabilitiesOfTheLettersAfterAContextSumToAtMostOne) {
  const LanguageModel& model = LanguageModel::Get();
  ASSERT_EQ(model.languages(), static_cast<int>(LanguageSamples().size()));
  std::vector<float> score(static_cast<size_t>(model.languages()));
  std::vector<double> sum(score.size(), 0);
  // Words of one letter: P(letter) P(end | letter) summed over letters is below 1.
  for (char32_t c = U'a'; c <= U'z'; ++c) {
    model.Score(std::u32string(1, c), score.data());
    for (size_t l = 0; l < score.size(); ++l) {
      EXPECT_LT(score[l], 0);
      sum[l] += std::exp(score[l]);
    }
  }
  for (const double total : sum) EXPECT_LT(total, 1);
  EXPECT_TRUE(model.IsCommon(0, U"the"));
  EXPECT_FALSE(model.IsCommon(0, U"kettle"));
}

}  // namespace
}  // namespace bottega
