#include "data/generate/loans.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <set>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "data/generate/applicant.h"
#include "data/io/csv_writer.h"
#include "data/values.h"

namespace bottega {
namespace fs = std::filesystem;
namespace {

constexpr int64_t kDefects = 1;  // epochs of Purpose::kGenerate: which stream is for what
constexpr int64_t kDuplicates = 2;
constexpr int64_t kOrder = 3;

enum class Copy { kNone, kExact, kNear };

// A line of loans.csv.
struct Line {
  Applicant applicant;
  int64_t person = 0;
  Copy copy = Copy::kNone;
  bool flipped = false, refused_by_bias = false;
  // What is written in place of a value; "" writes the value.
  std::string income, savings, years, employment, purpose;
};

const char* MissingSpelling(Random* random) {
  constexpr std::array kSpellings = {"NA", "?", "n/a"};
  return kSpellings[static_cast<size_t>(random->Below(kSpellings.size()))];
}

// Another way to write `word`: capitals, a space at the end, another joint, a letter left out.
std::string Misspelled(const std::string& word, Random* random) {
  std::string text = word;
  const int64_t kind = random->Below(4);
  if (kind == 0) {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  } else if (kind == 1) {
    text += ' ';
  } else if (kind == 2 && text.find_first_of("- ") != text.npos) {
    const size_t at = text.find_first_of("- ");
    text[at] = text[at] == '-' ? ' ' : '-';
  } else if (text.size() > 6) {
    text.erase(text.size() - 3, 1);
  } else {
    for (char& c : text) c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

// A share of the cells of a column gets another text. `word` is nullptr for missing cells.
template <class Text>
void Spoil(double share, Random* random, std::string* written, Text text) {
  if (random->Chance(share)) *written = text();
}

void PlantDefects(const LoansOptions& options, int64_t person, Line* line) {
  Random random(options.seed, Purpose::kGenerate, kDefects, person);
  Applicant& a = line->applicant;
  if (a.deserved && a.nationality == "foreign" && random.Chance(options.bias)) {
    a.approved = false;
    line->refused_by_bias = true;
  }
  // What the bias refused stays refused: turned over, it would be right again.
  if (random.Chance(options.wrong_labels) && !line->refused_by_bias) {
    a.approved = !a.approved;
    line->flipped = true;
  }
  const auto missing = [&] { return std::string(MissingSpelling(&random)); };
  Spoil(options.missing, &random, &line->income, missing);
  Spoil(options.missing, &random, &line->savings, missing);
  Spoil(options.missing, &random, &line->years, missing);
  Spoil(options.misspelled, &random, &line->employment,
        [&] { return Misspelled(a.employment, &random); });
  Spoil(options.misspelled, &random, &line->purpose,
        [&] { return Misspelled(a.purpose, &random); });
}

Line NearCopy(const Line& original, Random* random) {
  Line copy = original;
  copy.copy = Copy::kNear;
  copy.applicant.day += 1 + random->Below(20);
  copy.applicant.income = std::round(copy.applicant.income * (random->Chance(0.5) ? 1.01 : 0.99));
  return copy;
}

std::vector<Line> DrawLines(const LoansOptions& options) {
  std::vector<Line> lines;
  for (int64_t person = 0; person < options.people; ++person) {
    Random random(options.seed, Purpose::kGenerate, 0, person);
    Line line{.applicant = DrawApplicant(&random), .person = person};
    PlantDefects(options, person, &line);
    lines.push_back(std::move(line));
  }
  const std::vector<int64_t> copied =
      Permutation(options.people, options.seed, Purpose::kGenerate, kDuplicates);
  const int64_t copies =
      std::min(options.people, options.exact_duplicates + options.near_duplicates);
  for (int64_t i = 0; i < copies; ++i) {
    const auto at = static_cast<size_t>(copied[static_cast<size_t>(i)]);
    Random random(options.seed, Purpose::kGenerate, kDuplicates, i);
    Line copy = lines[at];
    copy.copy = Copy::kExact;
    lines.push_back(i < options.exact_duplicates ? std::move(copy) : NearCopy(lines[at], &random));
  }
  const std::vector<int64_t> order =
      Permutation(static_cast<int64_t>(lines.size()), options.seed, Purpose::kGenerate, kOrder);
  std::vector<Line> shuffled;
  for (const int64_t i : order) shuffled.push_back(std::move(lines[static_cast<size_t>(i)]));
  return shuffled;
}

std::string CsvOf(const std::vector<Line>& lines) {
  std::string csv =
      "application_id,application_date,age,sex,nationality,district,employment,years_employed,"
      "income,savings,housing,credit_history,open_loans,missed_payments,purpose,amount,months,"
      "currency,approved\n";
  int64_t number = 0;
  for (const Line& line : lines) {
    const Applicant& a = line.applicant;
    char id[32];
    std::snprintf(id, sizeof id, "L-%06lld", static_cast<long long>(100'000 + 7 * number++));
    const auto text = [](const std::string& written, const std::string& value) {
      return CsvCell(written.empty() ? value : written);
    };
    const std::vector<std::string> cells = {id,
                                            DateText(a.day * 86'400'000'000),
                                            std::to_string(a.age),
                                            a.sex,
                                            a.nationality,
                                            a.district,
                                            text(line.employment, a.employment),
                                            text(line.years, std::to_string(a.years_employed)),
                                            text(line.income, NumberText(a.income)),
                                            text(line.savings, NumberText(a.savings)),
                                            a.housing,
                                            a.history,
                                            std::to_string(a.open_loans),
                                            std::to_string(a.missed_payments),
                                            text(line.purpose, a.purpose),
                                            NumberText(a.amount),
                                            std::to_string(a.months),
                                            "EUR",
                                            a.approved ? "yes" : "no"};
    for (size_t i = 0; i < cells.size(); ++i) csv += (i > 0 ? "," : "") + cells[i];
    csv += '\n';
  }
  return csv;
}

// Rows of the copies of one kind and of what they were copied from.
std::set<int64_t> RowsOfCopies(const std::vector<Line>& lines, Copy kind) {
  std::set<int64_t> people;
  for (const Line& line : lines) {
    if (line.copy == kind) people.insert(line.person);
  }
  std::set<int64_t> rows;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (people.count(lines[i].person) > 0) rows.insert(static_cast<int64_t>(i));
  }
  return rows;
}

template <class Condition>
Json RowsWhere(const std::vector<Line>& lines, Condition condition) {
  Json rows = Json::array();
  for (size_t i = 0; i < lines.size(); ++i) {
    if (condition(lines[i])) rows.push_back(i);
  }
  return rows;
}

// Labels that the bias refused are wrong too, but no accident: finding one is no false alarm.
Json WrongLabels(const std::vector<Line>& lines) {
  return {{"kind", "wrong labels"},
          {"check", "suspicious_labels"},
          {"rows", RowsWhere(lines, [](const Line& l) { return l.flipped; })},
          {"excused", RowsWhere(lines, [](const Line& l) { return l.refused_by_bias; })}};
}

Json TruthOf(const std::vector<Line>& lines, const LoansOptions& options) {
  const auto kind = [](const char* name, const char* check, const char* what, Json where) {
    return Json{{"kind", name}, {"check", check}, {what, std::move(where)}};
  };
  Json labels = Json::array();
  for (const Line& line : lines) labels.push_back(line.applicant.deserved ? "yes" : "no");
  const Json planted = Json::array(
      {kind("missing values", "missing_values", "columns", {"income", "savings", "years_employed"}),
       kind("odd spellings", "inconsistent_spelling", "rows",
            RowsWhere(lines,
                      [](const Line& l) { return !l.employment.empty() || !l.purpose.empty(); })),
       kind("people twice, exactly", "exact_duplicates", "rows", RowsOfCopies(lines, Copy::kExact)),
       kind("people twice, altered", "near_duplicate_rows", "rows",
            RowsOfCopies(lines, Copy::kNear)),
       WrongLabels(lines), kind("constant column", "constant_column", "columns", {"currency"}),
       kind("identifier column", "identifier_column", "columns", {"application_id"}),
       kind("proxy of nationality", "sensitive_proxy", "columns", {"district"}),
       kind("biased labels", "base_rate_per_group", "columns", {"nationality"})});
  return {{"format", 1},
          {"target", "approved"},
          {"seed", options.seed},
          {"true", std::move(labels)},
          {"planted", planted},
          {"refused_by_bias", RowsWhere(lines, [](const Line& l) { return l.refused_by_bias; })}};
}

}  // namespace

Json GenerateLoans(const fs::path& folder, const LoansOptions& options) {
  std::error_code ignored;
  if (fs::exists(folder, ignored) && !fs::is_empty(folder, ignored)) {
    throw Error(ErrorKind::kUsage, "the folder for the generated data is not empty",
                {.file = folder.string()}, "name another folder, or remove this one");
  }
  const std::vector<Line> lines = DrawLines(options);
  const Json truth = TruthOf(lines, options);
  WriteFileAtomic(folder / "loans.csv", CsvOf(lines));
  WriteJson(folder / "truth" / "loans_truth.json", truth);
  return truth;
}

}  // namespace bottega
