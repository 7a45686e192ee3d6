#include "profile/personal/personal_data.h"

#include <algorithm>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "base/threads.h"
#include "profile/personal/personal_column.h"

namespace bottega {
namespace {

const Spec& PersonalDataSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "personal_data",
      .one_line = "card and identity numbers, contacts, keys, names, addresses in cells and texts",
      .text =
          "Every cell is read: columns that are of one kind, and texts that mention one. Cards "
          "(Luhn, issuers), bank accounts (IBAN), national identifiers of over thirty countries "
          "(their check digits), e-mail, phone, IP and MAC addresses, coordinates, keys and "
          "passwords, dates of birth, vehicle plates, names and postal addresses. Weak forms count "
          "only beside a word that announces them, or where a whole column passes the check. "
          "Messages show values masked. Severity: error for cards, bank accounts, national "
          "identifiers and secrets, warning for the rest; a step less in columns that no model is "
          "given. Names in small letters, and names that no list holds and no word announces, are "
          "not found.",
      .params = {{.name = "confidence",
                  .type = ParamType::kFloat,
                  .what = "how sure a recognizer must be",
                  .fallback = 0.5,
                  .min = 0.5,
                  .max = 1,
                  .larger = "fewer false alarms, more missed",
                  .smaller = "names and addresses without context are found more often"},
                 {.name = "kinds",
                  .type = ParamType::kTextList,
                  .what = "kinds to look for; all when empty",
                  .fallback = Json::array(),
                  .choices = {"card_number", "iban", "national_id", "email", "phone", "ip_address",
                              "mac_address", "coordinates", "secret", "birth_date", "vehicle_plate",
                              "person_name", "postal_address"}},
                 {.name = "most",
                  .type = ParamType::kInt,
                  .what = "megabytes of a column that are read, evenly spread over its cells",
                  .fallback = 64,
                  .min = 1,
                  .unit = "MB",
                  .larger = "reads more of large texts, at about 80 MB a second and core",
                  .smaller = "is quicker and may miss single mentions"}},
      .synonyms = {"pii", "personally_identifiable_information", "anonymization", "secrets"},
      .source = "Regulation (EU) 2016/679, article 4 (1)",
  };
  return spec;
}

bool IsGrave(PersonalKind kind) {
  return kind == PersonalKind::kCardNumber || kind == PersonalKind::kIban ||
         kind == PersonalKind::kNationalId || kind == PersonalKind::kSecret;
}

bool IsGiven(const Column& column) {
  return column.role != Role::kIgnored && column.role != Role::kPart && column.role != Role::kGroup;
}

Severity SeverityOf(const Column& column, PersonalKind kind) {
  if (IsGrave(kind)) return IsGiven(column) ? Severity::kError : Severity::kWarning;
  return IsGiven(column) ? Severity::kWarning : Severity::kInfo;
}

struct ColumnJob {
  int column = 0;
  PersonalColumn personal;
};

std::vector<ColumnJob> JobsOf(const Dataset& data) {
  std::vector<ColumnJob> jobs;
  for (int i = 0; i < static_cast<int>(data.columns.size()); ++i) {
    const Column& column = data.columns[static_cast<size_t>(i)];
    if (column.type != FeatureType::kPicture && column.type != FeatureType::kBinary) {
      jobs.push_back({.column = i});
    }
  }
  return jobs;
}

// Positions of the rows whose cell is one of `codes` (rising).
std::vector<int64_t> RowsWith(const CellColumn& cells, const std::vector<int32_t>& codes) {
  std::vector<bool> among(static_cast<size_t>(cells.distinct()));
  for (const int32_t code : codes) among[static_cast<size_t>(code)] = true;
  std::vector<int64_t> rows;
  for (size_t i = 0; i < cells.code.size(); ++i) {
    if (cells.code[i] >= 0 && among[static_cast<size_t>(cells.code[i])]) {
      rows.push_back(static_cast<int64_t>(i));
    }
  }
  return rows;
}

std::string FixOf(const Column& column, const PersonalInColumn& found) {
  const std::string redact = "{redact: {columns: {" + column.name + ": ";
  if (found.kind == PersonalKind::kSecret) {
    return "revoke what is still valid, then drop the column with clean.repairs: " + redact +
           "drop}}}";
  }
  if (!found.whole) return "mask the column's texts with clean.repairs: " + redact + "mask}}}";
  return IsGiven(column)
             ? "no model needs it: data.roles: {" + column.name +
                   ": ignored}; to keep rows joinable, clean.repairs: " + redact + "hash}}}"
             : "no model is given it; drop it from what you store with clean.repairs: " + redact +
                   "drop}}}";
}

void Report(const AuditContext& context, const ColumnJob& job, const PersonalInColumn& found,
            std::vector<float>* scores, Findings* findings) {
  constexpr size_t kMostRows = 1000;
  const Dataset& data = context.data;
  const Column& column = data.columns[static_cast<size_t>(job.column)];
  std::vector<int64_t> rows = RowsWith(context.shared.CellsOfColumn(job.column), found.codes);
  for (const int64_t row : rows) {
    float& score = (*scores)[static_cast<size_t>(row)];
    score = std::min(score, static_cast<float>(1 - found.confidence));
  }
  const auto count = static_cast<int64_t>(rows.size());
  const bool all = count == data.size();
  const std::string words(PersonalKindWords(found.kind));
  std::string message = "'" + column.name + "' " + (found.whole ? "holds " : "mentions ") + words +
                        " in " + (all ? "every row" : CountOf(data, count));
  if (!found.example.empty()) message += ", as in " + Quote(found.example);
  if (job.personal.cut) {
    message += "; " + FormatCount(job.personal.cells) + " of its different cells were read";
  }
  if (!IsGiven(column)) message += "; no model is given this column";
  Place place = PlaceOfColumn(data, job.column);
  if (!found.whole) place = PlaceOf(data, rows.front(), job.column);
  Finding& finding = findings->Add(SeverityOf(column, found.kind), place, std::move(message),
                                   FixOf(column, found));
  finding.confidence = found.confidence;
  if (rows.size() > kMostRows) rows.resize(kMostRows);
  finding.detail = {{"kind", PersonalKindName(found.kind)},
                    {"form", found.form},
                    {"whole", found.whole},
                    {"count", count}};
  finding.detail["rows"] = RecordNumbers(data, rows);
}

void Run(const AuditContext& context, Findings& findings) {
  const auto most = context.settings.at("most").get<int64_t>() * 1'000'000;
  const double least = context.settings.at("confidence").get<double>();
  const auto wanted = context.settings.at("kinds").get<std::vector<std::string>>();
  std::vector<ColumnJob> jobs = JobsOf(context.data);
  if (jobs.empty()) {
    findings.Skip("there is no column of text or numbers");
    return;
  }
  ParallelFor(static_cast<int64_t>(jobs.size()), 1, [&](int64_t i, int64_t) {
    ColumnJob& job = jobs[static_cast<size_t>(i)];
    job.personal = FindPersonalInColumn(context.data.columns[static_cast<size_t>(job.column)].name,
                                        context.shared.CellsOfColumn(job.column), most);
  });
  std::vector<float> scores(static_cast<size_t>(context.data.size()), 1.0F);
  for (const ColumnJob& job : jobs) {
    for (const PersonalInColumn& found : job.personal.found) {
      const std::string kind(PersonalKindName(found.kind));
      if (!wanted.empty() && std::ranges::find(wanted, kind) == wanted.end()) continue;
      if (found.confidence >= least) Report(context, job, found, &scores, &findings);
    }
  }
  findings.Score(std::move(scores));
}

}  // namespace

const Check& PersonalData() {
  static const Check check = {&PersonalDataSpec, &Run};
  return check;
}

}  // namespace bottega
