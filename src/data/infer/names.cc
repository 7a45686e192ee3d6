#include "data/infer/names.h"

#include <algorithm>

#include "base/text.h"

namespace bottega {
namespace {

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsLetter(char c) { return IsUpper(c) || IsLower(c) || static_cast<unsigned char>(c) >= 0x80; }

std::string Joined(std::string_view name) {
  std::string joined;
  for (const std::string& word : NameWords(name)) joined += word;
  return joined;
}

}  // namespace

std::vector<std::string> NameWords(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) words.push_back(LowerAscii(word));
    word.clear();
  };
  for (size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!IsLetter(c) && !IsDigit(c)) {
      finish();
      continue;
    }
    const bool hump = IsUpper(c) && i > 0 && (IsLower(name[i - 1]) || IsDigit(name[i - 1]));
    const bool last_of_capitals =
        IsUpper(c) && i > 0 && IsUpper(name[i - 1]) && i + 1 < name.size() && IsLower(name[i + 1]);
    if (hump || last_of_capitals) finish();
    word += c;
  }
  finish();
  return words;
}

bool NameHas(std::string_view name, const std::vector<std::string_view>& words) {
  const std::vector<std::string> parts = NameWords(name);
  const std::string joined = Joined(name);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return word == joined || std::find(parts.begin(), parts.end(), word) != parts.end();
  });
}

bool NameIs(std::string_view name, const std::vector<std::string_view>& words) {
  const std::string joined = Joined(name);
  return std::find(words.begin(), words.end(), joined) != words.end();
}

bool HasIdentifierWord(std::string_view name) {
  return NameHas(name,
                 {"id",       "ids",          "uuid",        "guid",          "key",
                  "pk",       "index",        "rowid",       "rownumber",     "ssn",
                  "passport", "iban",         "serial",      "identifier",    "kennung",
                  "nummer",   "kundennummer", "identifiant", "identificador", "identificatore"});
}

bool IsIdentifierName(std::string_view name) {
  return HasIdentifierWord(name) || Joined(name).ends_with("id");
}

bool IsPersonName(std::string_view name) {
  return NameHas(name, {"name",     "fullname", "surname", "lastname", "firstname", "vorname",
                        "nachname", "nom",      "prenom",  "prénom",   "nombre",    "apellido",
                        "nome",     "cognome",  "email",   "mail",     "phone",     "telephone",
                        "telefon",  "address",  "adresse", "street"});
}

bool IsCodeName(std::string_view name) {
  return NameHas(name, {"zip", "zipcode", "postcode", "postal", "postalcode", "plz", "postleitzahl",
                        "cap", "codepostal", "areacode", "fips", "naics", "icd"});
}

bool IsGroupName(std::string_view name) {
  return NameHas(name, {"group",     "groupid",   "patient",     "patientid",  "subject",
                        "subjectid", "household", "householdid", "session",    "sessionid",
                        "family",    "familyid",  "userid",      "customerid", "clientid",
                        "personid",  "gruppe",    "groupe",      "grupo",      "gruppo"});
}

bool IsTimeName(std::string_view name) {
  if (NameHas(name, {"birth", "birthday", "birthdate", "dob", "born", "geburtsdatum", "geboren",
                     "naissance", "nacimiento", "nascita"})) {
    return false;
  }
  return NameHas(name, {"date", "datetime", "timestamp", "time", "datum", "fecha", "data", "zeit",
                        "zeitpunkt", "heure", "hora", "created", "updated", "at", "applied",
                        "issued", "observed", "recorded", "day"});
}

bool IsWeightName(std::string_view name) {
  return NameIs(name, {"sampleweight", "caseweight", "rowweight", "surveyweight", "instanceweight",
                       "observationweight", "weights", "wgt", "gewichtung", "poids"});
}

bool IsPartName(std::string_view name) {
  return NameIs(name, {"split", "part", "subset", "partition", "fold", "set", "dataset"});
}

bool IsOrdinalName(std::string_view name) {
  return NameHas(name, {"quality", "score", "rating", "ratings", "grade", "stars", "rank", "points",
                        "level", "severity", "satisfaction", "qualität", "note", "bewertung"});
}

int TargetNameRank(std::string_view name) {
  if (NameIs(name, {"target", "label", "labels", "class", "y", "outcome", "response", "groundtruth",
                    "zielvariable", "ziel", "klasse", "classe", "clase", "cible", "etiqueta"})) {
    return 3;
  }
  if (NameIs(name,
             {"income",    "survived",  "quality",     "approved",   "default",      "defaulted",
              "churn",     "churned",   "fraud",       "isfraud",    "diagnosis",    "species",
              "saleprice", "price",     "attrition",   "converted",  "clicked",      "readmitted",
              "spam",      "sentiment", "category",    "risk",       "creditrisk",   "deposit",
              "medv",      "hired",     "admitted",    "recidivism", "twoyearrecid", "loanstatus",
              "status",    "variety",   "targetclass", "sold"})) {
    return 2;
  }
  return NameHas(name, {"target", "label", "class", "outcome"}) ? 1 : 0;
}

}  // namespace bottega
