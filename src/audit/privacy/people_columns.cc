#include "audit/privacy/people_columns.h"

#include <algorithm>
#include <numeric>

#include "data/infer/names.h"
#include "data/infer/sensitive.h"

namespace bottega {

namespace {

// What GuessSensitive asks of a column, from its cells.
ColumnLook LookOf(const CellColumn& cells) {
  constexpr int64_t kMostDistinct = 200;
  ColumnLook look;
  look.distinct = cells.distinct();
  look.rows = static_cast<int64_t>(cells.code.size());
  look.filled = look.rows - cells.missing;
  if (cells.distinct() > kMostDistinct) return look;
  for (int32_t code = 0; code < static_cast<int32_t>(cells.distinct()); ++code) {
    look.values.emplace_back(CellText(cells, code), cells.count[static_cast<size_t>(code)]);
  }
  std::ranges::stable_sort(look.values, std::greater<>(), [](const auto& v) { return v.second; });
  return look;
}

struct Named {
  const char* attribute;
  std::vector<std::string_view> words;
};

const std::vector<Named>& Attributes() {
  static const std::vector<Named> kNamed = {
      {"birth",
       {"birth", "birthdate", "dob", "dateofbirth", "birthday", "birthyear", "geburtsdatum",
        "geburtsjahr", "naissance", "nacimiento", "nascita", "geboortedatum", "nascimento",
        "urodzenia", "fodelsedatum"}},
      {"postal code",
       {"zip", "zipcode", "postcode", "postalcode", "postal", "plz", "postleitzahl", "cap",
        "codepostal", "codigopostal", "postnummer", "cep"}},
      {"town",
       {"city", "town", "municipality", "county", "district", "stadt", "ort", "wohnort", "ville",
        "commune", "ciudad", "municipio", "comune", "citta", "gemeente", "cidade", "miasto",
        "kommun"}},
      {"country", {"country", "countryofresidence", "nativecountry", "residence"}},
      {"occupation",
       {"occupation", "profession", "job", "jobtitle", "employer", "beruf", "metier", "profesion",
        "professione", "beroep", "profissao", "zawod", "yrke"}},
      {"education", {"education", "degree", "schooling", "bildung", "diploma", "opleiding"}},
  };
  return kNamed;
}

}  // namespace

std::string PeopleAttribute(const AuditContext& context, int column) {
  const std::string& name = context.data.columns[static_cast<size_t>(column)].name;
  for (const Named& named : Attributes()) {
    if (NameHas(name, named.words)) return named.attribute;
  }
  return GuessSensitive(name, LookOf(context.shared.CellsOfColumn(column))).attribute;
}

}  // namespace bottega
