#include <algorithm>
#include <map>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "audit/privacy/people_columns.h"
#include "base/text.h"
#include "data/infer/names.h"

namespace bottega {
namespace {

const Spec& SpecialCategoriesSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "special_categories",
      .one_line = "columns of health, origin, religion, opinion, sexual life, genes, convictions",
      .text =
          "Data that the law lets no one use without a ground of its own: racial or ethnic origin, "
          "political opinions, religion, union membership, genetic and biometric data, health, sex "
          "life and orientation; and criminal convictions. Columns are recognized by their names "
          "in seven languages and, where values are telling, by their values. Severity: warning "
          "where a model may learn from the column, info where it is not given to one or is "
          "declared sensitive for comparing groups and ignored.",
      .synonyms = {"article_9", "sensitive_personal_information", "health_data"},
      .source = "Regulation (EU) 2016/679, articles 9 and 10",
  };
  return spec;
}

// What the law calls it, by what data/infer/sensitive.h calls it.
const std::map<std::string, std::string>& Categories() {
  static const std::map<std::string, std::string> kCategories = {
      {"ethnicity", "racial or ethnic origin"},
      {"religion", "religious belief"},
      {"political opinion", "political opinions"},
      {"union membership", "trade union membership"},
      {"health", "health"},
      {"disability", "health"},
      {"pregnancy", "health"},
      {"sexual orientation", "sex life or orientation"},
  };
  return kCategories;
}

struct Named {
  const char* category;
  std::vector<std::string_view> words;
};

const std::vector<Named>& MoreNames() {
  static const std::vector<Named> kNamed = {
      {"health",
       {"diagnoses",   "diagnosis", "icd",           "icd10",       "disorder",     "symptom",
        "symptoms",    "bloodtype", "bloodpressure", "cholesterol", "glucose",      "bmi",
        "smoker",      "allergies", "treatment",     "therapy",     "prescription", "vaccination",
        "diabetes",    "cancer",    "stroke",        "depression",  "diagnose",     "diagnostic",
        "diagnostico", "diagnosi",  "maladie",       "enfermedad",  "malattia",     "ziekte",
        "doenca",      "choroba",   "sjukdom",       "blutdruck",   "blutgruppe",   "medikament",
        "medicamento"}},
      {"genetic data", {"genotype", "genome", "dna", "snp", "allele", "mutation"}},
      {"biometric data",
       {"fingerprint", "iris_scan", "irisscan", "faceprint", "voiceprint", "retina", "biometric",
        "faceembedding", "fingerabdruck"}},
      {"criminal convictions",
       {"criminal", "conviction", "convictions", "convicted", "offense", "offence", "offences",
        "arrest", "arrests", "felony", "recidivism", "recid", "priorscount", "vorstrafen", "casier",
        "antecedentes"}},
  };
  return kNamed;
}

struct Special {
  std::string category;
  bool by_name = true;
};

Special SpecialOf(const AuditContext& context, int column) {
  const std::string& name = context.data.columns[static_cast<size_t>(column)].name;
  for (const Named& named : MoreNames()) {
    if (NameHas(name, named.words)) return {named.category};
  }
  const auto at = Categories().find(PeopleAttribute(context, column));
  return at == Categories().end() ? Special{} : Special{at->second};
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  for (int i = 0; i < static_cast<int>(data.columns.size()); ++i) {
    const Column& column = data.columns[static_cast<size_t>(i)];
    if (column.type == FeatureType::kPicture || column.role == Role::kPart) continue;
    const Special special = SpecialOf(context, i);
    if (special.category.empty()) continue;
    const bool learned =
        column.role == Role::kFeature || column.role == Role::kTarget || column.role == Role::kTime;
    Finding& finding = findings.Add(
        learned ? Severity::kWarning : Severity::kInfo, PlaceOfColumn(data, i),
        "'" + column.name + "' seems to hold " + special.category + ", a special category" +
            (learned ? "" : "; no model is given it"),
        learned ? "if the purpose does not need it: data.roles: {" + column.name +
                      ": ignored} (fairness still compares its groups when data.sensitive names "
                      "it); if it does, note the ground in data.consent"
                : "keep it only as long as groups are compared");
    finding.confidence = 0.85;
    finding.detail = {{"category", special.category}};
  }
}

}  // namespace

const Check& SpecialCategories() {
  static const Check check = {&SpecialCategoriesSpec, &Run};
  return check;
}

}  // namespace bottega
