#include "data/infer/sensitive.h"

#include <algorithm>
#include <set>
#include <vector>

#include "base/text.h"
#include "data/infer/names.h"

namespace bottega {
namespace {

struct Attribute {
  std::string_view name;
  std::vector<std::string_view> words;   // of column names
  std::vector<std::string_view> values;  // lower case; a column of such values is this attribute
  size_t least_values = 2;               // how many different of them must occur
};

const std::vector<Attribute>& Attributes() {
  static const std::vector<Attribute> kAttributes = {
      {"sex",
       {"sex", "gender", "geschlecht", "sexe", "genre", "sexo", "género", "genero", "sesso",
        "genere", "geslacht", "gênero", "kön", "female", "male"},
       {"male",      "female",    "m",        "f",        "man",      "woman",   "men",
        "women",     "männlich",  "weiblich", "mann",     "frau",     "homme",   "femme",
        "hombre",    "mujer",     "uomo",     "donna",    "masculin", "féminin", "maschio",
        "femmina",   "masculino", "femenino", "feminino", "divers",   "diverse", "non-binary",
        "nonbinary", "other",     "u",        "w",        "husband",  "wife"}},
      {"ethnicity",
       {"race", "ethnicity", "ethnic", "ethnie", "rasse", "ethnizität", "raza", "etnia", "razza",
        "raça", "hautfarbe", "skin", "skincolor", "afkomst", "origine", "herkunft", "tribe",
        "caste"},
       {"white", "black", "asian", "hispanic", "latino", "caucasian", "african-american",
        "african american", "native american", "amer-indian-eskimo", "asian-pac-islander",
        "pacific islander", "arab", "roma", "indigenous", "mixed", "other"}},
      {"age",
       {"age", "alter", "âge", "edad", "età", "eta", "idade", "leeftijd", "ålder", "birthyear",
        "yearofbirth", "birthdate", "dateofbirth", "dob", "geburtsdatum", "geburtsjahr",
        "birthday"},
       {}},
      {"religion",
       {"religion", "religious", "konfession", "glaube", "religión", "religione", "religião",
        "godsdienst", "faith", "denomination"},
       {"christian", "catholic", "protestant", "muslim", "islam", "jewish", "hindu", "buddhist",
        "atheist", "orthodox", "sikh", "none", "other", "no religion"}},
      {"nationality",
       {"nationality", "nation", "citizenship", "citizen", "nationalität", "staatsangehörigkeit",
        "nationalité", "nacionalidad", "nazionalità", "nacionalidade", "nationaliteit",
        "nativecountry", "birthplace", "countryofbirth", "geburtsland", "native", "immigrant",
        "foreign", "foreigner"},
       {"united-states",
        "united states",
        "mexico",
        "germany",
        "france",
        "italy",
        "poland",
        "india",
        "china",
        "philippines",
        "canada",
        "england",
        "cuba",
        "japan",
        "greece",
        "vietnam",
        "ireland",
        "portugal",
        "jamaica",
        "ecuador",
        "guatemala",
        "columbia",
        "colombia",
        "haiti",
        "iran",
        "taiwan",
        "south",
        "peru",
        "nicaragua",
        "laos",
        "cambodia",
        "thailand",
        "yugoslavia",
        "el-salvador",
        "trinadad&tobago",
        "hong",
        "honduras",
        "hungary",
        "scotland",
        "puerto-rico",
        "dominican-republic",
        "turkey",
        "spain",
        "brazil",
        "russia",
        "nigeria",
        "pakistan"},
       5},
      {"marital status",
       {"marital", "maritalstatus", "married", "familienstand", "zivilstand", "matrimonial",
        "estadocivil", "statocivile", "relationship", "spouse"},
       {"married",
        "single",
        "divorced",
        "widowed",
        "separated",
        "never-married",
        "never married",
        "married-civ-spouse",
        "married-af-spouse",
        "married-spouse-absent",
        "unmarried",
        "ledig",
        "verheiratet",
        "geschieden",
        "verwitwet",
        "célibataire",
        "marié",
        "husband",
        "wife",
        "own-child",
        "not-in-family",
        "other-relative"}},
      {"disability",
       {"disability", "disabled", "handicap", "handicapped", "behinderung", "behindert",
        "invalidité", "discapacidad", "disabilità", "deficiência", "impairment"},
       {}},
      {"pregnancy",
       {"pregnant", "pregnancy", "schwanger", "schwangerschaft", "enceinte", "embarazo"},
       {}},
      {"sexual orientation", {"orientation", "sexualorientation", "lgbt", "lgbtq"}, {}},
      {"political opinion", {"party", "politics", "political", "partei", "partido", "partito"}, {}},
      {"union membership", {"union", "unionmember", "gewerkschaft", "syndicat", "sindacato"}, {}},
      {"health", {"diagnosis", "illness", "disease", "krankheit", "hiv", "medication"}, {}},
  };
  return kAttributes;
}

// Share of the filled cells whose value is one of the attribute's, and which values those are.
std::pair<double, std::vector<std::string>> ValuesFound(const Attribute& attribute,
                                                        const ColumnLook& look) {
  const std::set<std::string_view> known(attribute.values.begin(), attribute.values.end());
  std::vector<std::string> found;
  int64_t cells = 0;
  int64_t seen = 0;
  for (const auto& [value, count] : look.values) {
    seen += count;
    if (known.count(LowerAscii(Trim(value))) == 0) continue;
    cells += count;
    found.push_back(value);
  }
  return {seen > 0 ? static_cast<double>(cells) / static_cast<double>(seen) : 0, found};
}

}  // namespace

SensitiveGuess GuessSensitive(std::string_view name, const ColumnLook& look) {
  for (const Attribute& attribute : Attributes()) {
    if (NameHas(name, attribute.words)) return {std::string(attribute.name), "its name"};
  }
  for (const Attribute& attribute : Attributes()) {
    if (attribute.values.empty() || look.distinct > 200) continue;
    auto [share, found] = ValuesFound(attribute, look);
    const bool few = found.size() < attribute.least_values;
    const bool vague = std::all_of(found.begin(), found.end(), [](const std::string& value) {
      const std::string lower = LowerAscii(Trim(value));
      return lower == "other" || lower == "none" || lower == "mixed" || lower == "u" ||
             lower == "south";
    });
    if (share < 0.8 || few || vague) continue;
    found.resize(std::min<size_t>(found.size(), 2));
    return {std::string(attribute.name), "its values, as in " + Join(found, ", ")};
  }
  return {};
}

}  // namespace bottega
