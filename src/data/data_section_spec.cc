#include "data/data_section_spec.h"

namespace bottega {
namespace {

std::vector<Param> ReadingParams() {
  return {
      {.name = "format",
       .type = ParamType::kChoice,
       .what = "kind of source; auto looks at its content",
       .fallback = "auto",
       .choices = {"auto", "csv", "tsv", "json_lines", "parquet", "pictures", "idx"}},
      {.name = "delimiter",
       .type = ParamType::kText,
       .what =
           "character between cells (comma, semicolon, tab and pipe are recognized when not set)"},
      {.name = "encoding",
       .type = ParamType::kText,
       .what =
           "character encoding, as in utf-8, utf-16-le, windows-1252 (recognized when not set)"},
      {.name = "header",
       .type = ParamType::kBool,
       .what = "whether the first line names the columns (recognized when not set); without names "
               "they are c1 to cN"},
      {.name = "decimal",
       .type = ParamType::kChoice,
       .what = "decimal sign of numbers; auto decides for each column",
       .fallback = "auto",
       .choices = {"auto", "point", "comma"}},
      {.name = "missing",
       .type = ParamType::kTextList,
       .what = "spellings of a missing value, white space around them aside",
       .fallback = {"", "?", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "-nan", "-NaN",
                    "NULL", "null", "None", "NONE", "nil", "NaT"}},
      {.name = "part",
       .type = ParamType::kBool,
       .what =
           "whether folders called train, validation and test, or IDX pairs, are parts of a split",
       .fallback = true},
  };
}

std::vector<Param> LawfulParams() {
  return {
      {.name = "consent",
       .type = ParamType::kText,
       .what = "on what ground the data may be used: consent, contract, law"},
      {.name = "licence", .type = ParamType::kText, .what = "licence of the data, as in CC-BY-4.0"},
      {.name = "legal_basis",
       .type = ParamType::kChoice,
       .what = "ground for the use of personal data",
       .choices = {"consent", "contract", "legal_obligation", "vital_interests", "public_task",
                   "legitimate_interests"},
       .source = "Regulation (EU) 2016/679, article 6 (1)"},
      {.name = "purposes",
       .type = ParamType::kTextList,
       .what =
           "what for the data were given, in terms of their source; rows serve no other purpose "
           "(see use.purposes)"},
      {.name = "retention",
       .type = ParamType::kText,
       .what = "until when the data may be kept, as in 2028-12-31, or how long after "
               "people.collected, as in 3 years; rows past it reach no training"},
      {.name = "people",
       .type = ParamType::kMap,
       .what = "column that tells it for each row: consent, withdrawn (yes or a day), purposes, "
               "retention (a day), collected (a day), source; as in {consent: opt_in}. Rows "
               "without consent, withdrawn, past retention or for other purposes reach no training",
       .fallback = Json::object()},
      {.name = "sources",
       .type = ParamType::kMap,
       .what = "value of people.source to what holds for its rows: legal_basis, purposes, "
               "retention, licence; rows of a source that is not told reach no training",
       .fallback = Json::object()},
  };
}

}  // namespace

const Spec& DataSection() {
  static const Spec spec = [] {
    Spec data = {
        .kind = "section",
        .name = "data",
        .one_line = "where the rows come from and what their columns mean",
        .text =
            "Names a file or folder and what is known of it. What is not said is inferred from "
            "names "
            "and content, the same way `bottega init` does it; what is said wins. The source "
            "itself "
            "is never changed.",
        .params =
            {
                {.name = "source",
                 .type = ParamType::kText,
                 .what = "file (CSV, TSV, JSON Lines, Parquet; .gz and .zst too) or folder of "
                         "pictures, relative to the recipe",
                 .required = true},
                {.name = "target",
                 .type = ParamType::kText,
                 .what = "column to predict: its name, its number from 1, or -1 for the last"},
                {.name = "positive",
                 .type = ParamType::kText,
                 .what =
                     "class that precision, recall and f1 are about when there are two (the rarer "
                     "when not set)"},
                {.name = "task",
                 .type = ParamType::kChoice,
                 .what = "what is learned; auto decides by the target's values; a target that has "
                         "none yet "
                         "needs it (`bottega review --label` gives the first)",
                 .fallback = "auto",
                 .choices = {"auto", "classification", "regression"}},
                {.name = "sensitive",
                 .type = ParamType::kTextList,
                 .what = "columns whose groups the model must not treat unfairly (proposed by name "
                         "and content when not set)"},
                {.name = "types",
                 .type = ParamType::kMap,
                 .what =
                     "column to type: number, category, binary, date, text, picture, identifier",
                 .fallback = Json::object(),
                 .choices = {"number", "category", "binary", "date", "text", "picture",
                             "identifier"}},
                {.name = "roles",
                 .type = ParamType::kMap,
                 .what = "column to role: feature, target, group, time, weight, part, ignored",
                 .fallback = Json::object(),
                 .choices = {"feature", "target", "group", "time", "weight", "part", "ignored"}},
                {.name = "guideline",
                 .type = ParamType::kText,
                 .what = "which label to give when: a text, or a file beside the recipe; shown "
                         "by `bottega review`"},
                {.name = "ignore",
                 .type = ParamType::kTextList,
                 .what = "columns that no model is given",
                 .fallback = Json::array()},
            },
        .examples = {"bottega list section data"},
    };
    for (Param& param : ReadingParams()) data.params.push_back(std::move(param));
    for (Param& param : LawfulParams()) data.params.push_back(std::move(param));
    return data;
  }();
  return spec;
}

}  // namespace bottega
