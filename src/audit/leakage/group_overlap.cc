#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "audit/parts.h"
#include "base/text.h"
#include "data/infer/names.h"

namespace bottega {
namespace {

const Spec& GroupOverlapSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "group_overlap",
      .one_line = "one person, device or case with rows on both sides of a split",
      .text =
          "Columns that name what rows belong to: the declared group, and undeclared ones that "
          "look "
          "like it (identifiers and codes that repeat, by type, name or the form of their values; "
          "names of persons taken together). With parts, values that stand in more than one are "
          "reported: what was learned of a patient in training answers for the same patient in the "
          "test. Without parts, an undeclared column is reported because a split would deal its "
          "rows to all parts. Severity: error for the declared group, and for an undeclared column "
          "whose rows agree on the target more than chance allows; warning otherwise; info "
          "without parts where nothing shows that rows of one value are alike.",
      .params = {{.name = "repeats",
                  .type = ParamType::kFloat,
                  .what = "share of rows whose value stands in another row too, from which on an "
                          "undeclared column may be a group",
                  .fallback = 0.1,
                  .min = 0,
                  .max = 1}},
      .synonyms = {"entity_leakage", "patient_overlap", "group_leakage"},
  };
  return spec;
}

constexpr int64_t kFewestGroups = 10;
constexpr double kSureLevel = 1e-4;  // of the test that rows of one value agree on the target

struct Entity {
  std::string name;  // of the column, or "first_name + last_name"
  int column = -1;   // for the place
  std::vector<int32_t> code;
  std::vector<int64_t> count;
  bool declared = false;
  bool joint = false;  // of several columns
};

Entity EntityOf(const AuditContext& context, int column, bool declared) {
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  return {context.data.columns[static_cast<size_t>(column)].name, column, cells.code, cells.count,
          declared};
}

// Values such as D-1042: letters, digits and signs without spaces, most with a digit.
bool LookLikeCodes(const CellColumn& cells) {
  if (cells.is_number()) return false;
  size_t codes = 0;
  const size_t looked = std::min<size_t>(cells.text.size(), 500);
  for (size_t i = 0; i < looked; ++i) {
    const std::string& text = cells.text[i];
    const bool digits = std::ranges::count_if(text, IsDigit) >= 2;
    codes += digits && text.size() <= 40 && text.find(' ') == text.npos &&
             text.find_first_of("<>=+%[]()") == text.npos;
  }
  return looked > 0 && codes * 10 >= looked * 9;
}

bool NamesEntity(const std::string& name) {
  return HasIdentifierWord(name) || IsGroupName(name) || NameIs(name, {"name", "fullname"}) ||
         NameHas(name,
                 {"surname", "lastname", "email",    "mail",   "phone",   "telephone", "customer",
                  "client",  "user",     "member",   "person", "account", "device",    "machine",
                  "vehicle", "student",  "employee", "case",   "donor",   "sensor",    "author",
                  "speaker", "kunde",    "cliente",  "utente"});
}

bool Repeats(const AuditContext& context, const Entity& entity) {
  int64_t repeated = 0, filled = 0, largest = 0;
  for (const int64_t n : entity.count) {
    filled += n;
    repeated += n > 1 ? n : 0;
    largest = std::max(largest, n);
  }
  const double share = static_cast<double>(repeated) / std::max(1.0, static_cast<double>(filled));
  const int64_t groups = static_cast<int64_t>(entity.count.size());
  return groups >= kFewestGroups && share >= context.settings.at("repeats").get<double>() &&
         largest * 5 <= filled && filled * 2 >= context.data.size();
}

bool MayName(const AuditContext& context, int column) {
  const Column& described = context.data.columns[static_cast<size_t>(column)];
  const bool role =
      described.role == Role::kFeature ||
      (described.role == Role::kIgnored && described.type == FeatureType::kIdentifier);
  if (!role || IsCodeName(described.name)) return false;
  switch (described.type) {
    case FeatureType::kIdentifier:
      return true;
    case FeatureType::kNumber:
      return IsGroupName(described.name) ||
             (NameWords(described.name).size() > 1 && NamesEntity(described.name));
    case FeatureType::kCategory: {
      const CellColumn& cells = context.shared.CellsOfColumn(column);
      return cells.distinct() > 20 && (NamesEntity(described.name) || LookLikeCodes(cells));
    }
    default:
      return false;
  }
}

// Columns of one person's name and birth, together.
Entity PersonOf(const AuditContext& context) {
  const Dataset& data = context.data;
  std::vector<int> columns;
  std::vector<std::string> names;
  for (size_t i = 0; i < data.columns.size(); ++i) {
    const Column& column = data.columns[i];
    const bool used = column.role == Role::kFeature ||
                      (column.role == Role::kIgnored && column.type == FeatureType::kIdentifier);
    const bool birth = NameHas(column.name, {"birth", "birthday", "birthdate", "dob", "born"});
    const bool person = NameHas(column.name, {"name", "surname", "lastname", "firstname", "vorname",
                                              "nachname", "nom", "prenom", "apellido", "cognome"});
    if (!used || (!birth && !person) || column.type == FeatureType::kText) continue;
    columns.push_back(static_cast<int>(i));
    names.push_back(column.name);
  }
  Entity entity{.joint = true};
  if (columns.size() < 2) return entity;
  entity.name = Join(names, " + ");
  entity.column = columns[0];
  const std::vector<CellColumn> cells = CellsOf(data, columns);
  std::vector<size_t> all(cells.size());
  std::iota(all.begin(), all.end(), 0);
  const std::vector<uint64_t> hashes = HashRows(cells, all, data.size());
  const auto complete = [&](size_t i) {
    return std::ranges::all_of(cells, [&](const CellColumn& c) { return c.code[i] >= 0; });
  };
  std::unordered_map<uint64_t, int32_t> seen;
  for (size_t i = 0; i < hashes.size(); ++i) {
    entity.code.push_back(-1);
    if (!complete(i)) continue;
    const auto [at, added] = seen.emplace(hashes[i], static_cast<int32_t>(seen.size()));
    if (added) entity.count.push_back(0);
    entity.code.back() = at->second;
    ++entity.count[static_cast<size_t>(at->second)];
  }
  return entity;
}

// Probability that rows of one value agree on the target as often by chance: the rows of a value,
// paired in order, against the share of agreeing pairs among all rows.
double AgreementP(const AuditContext& context, const Entity& entity) {
  const int target = TargetIndex(context.data);
  if (target < 0 || entity.code.empty()) return 1;
  std::vector<int32_t> label;
  double agree = 0;
  if (IsClassTarget(context.data)) {
    label = context.shared.CellsOfColumn(target).code;
    for (const int64_t n : context.shared.CellsOfColumn(target).count) {
      const double share = static_cast<double>(n) / static_cast<double>(context.data.size());
      agree += share * share;
    }
  } else {
    std::vector<double> sorted = context.shared.NumbersOfColumn(target);
    std::erase_if(sorted, [](double x) { return std::isnan(x); });
    if (sorted.empty()) return 1;
    std::ranges::sort(sorted);
    for (const double value : context.shared.NumbersOfColumn(target)) {
      const auto at = std::ranges::lower_bound(sorted, value) - sorted.begin();
      label.push_back(std::isnan(value)
                          ? -1
                          : static_cast<int32_t>(at * 4 / static_cast<int64_t>(sorted.size())));
    }
    agree = 0.25;
  }
  std::vector<int32_t> waiting(entity.count.size(), -1);
  double pairs = 0, same = 0;
  for (size_t i = 0; i < label.size(); ++i) {
    if (entity.code[i] < 0 || label[i] < 0) continue;
    int32_t& other = waiting[static_cast<size_t>(entity.code[i])];
    if (other < 0) {
      other = label[i];
      continue;
    }
    pairs += 1;
    same += other == label[i];
    other = -1;
  }
  if (pairs < 20 || agree <= 0 || agree >= 1) return 1;
  const double z = (same / pairs - agree) / std::sqrt(agree * (1 - agree) / pairs);
  return 0.5 * std::erfc(z / std::sqrt(2.0));
}

struct Overlap {
  int64_t groups = 0, shared = 0, rows = 0;  // rows outside training of values that train too
};

Overlap OverlapOf(const Entity& entity, const Parts& parts) {
  Overlap out;
  std::vector<int32_t> first(entity.count.size(), -1);
  std::vector<char> shared(entity.count.size(), 0);
  for (size_t i = 0; i < entity.code.size(); ++i) {
    const int32_t group = entity.code[i], part = parts.code[i];
    if (group < 0 || part < 0) continue;
    int32_t& seen = first[static_cast<size_t>(group)];
    if (seen < 0) {
      seen = part;
    } else if (seen != part) {
      shared[static_cast<size_t>(group)] = 1;
    }
  }
  const int32_t train = parts.train();
  for (size_t i = 0; i < entity.code.size(); ++i) {
    const int32_t group = entity.code[i];
    out.rows += group >= 0 && parts.code[i] >= 0 && parts.code[i] != train &&
                shared[static_cast<size_t>(group)] != 0;
  }
  out.groups = static_cast<int64_t>(entity.count.size());
  out.shared = std::ranges::count(shared, 1);
  return out;
}

void ReportParts(const AuditContext& context, const Parts& parts, const Entity& entity,
                 Findings& findings) {
  const Overlap overlap = OverlapOf(entity, parts);
  if (overlap.shared == 0) return;
  const double p = entity.declared ? 0 : AgreementP(context, entity);
  const bool sure = p < kSureLevel;
  Finding& finding = findings.Add(
      sure ? Severity::kError : Severity::kWarning, PlaceOfColumn(context.data, entity.column),
      FormatCount(overlap.shared) + " of " + FormatCount(overlap.groups) + " values of '" +
          entity.name + "' are in more than one part: " + CountOf(context.data, overlap.rows) +
          " outside training belong to something that is also trained on",
      entity.declared ? "split by group (split.method: grouped)"
      : entity.joint  ? "give each person one identifier and name it: data.roles: {COLUMN: group}"
                      : "if rows of one value belong together, declare it, and split again: "
                        "data.roles: {" +
                           entity.name + ": group}");
  finding.confidence = entity.declared ? 1 : sure ? 0.9 : 0.6;
  finding.detail = {{"values", overlap.groups}, {"shared", overlap.shared}, {"rows", overlap.rows}};
  if (!entity.declared) finding.detail["agreement_p"] = p;
}

void ReportUndeclared(const AuditContext& context, const Entity& entity, Findings& findings) {
  const double p = AgreementP(context, entity);
  const bool sure = p < kSureLevel;
  int64_t repeated = 0;
  for (const int64_t n : entity.count) repeated += n > 1 ? n : 0;
  Finding& finding = findings.Add(
      sure ? Severity::kWarning : Severity::kInfo, PlaceOfColumn(context.data, entity.column),
      CountOf(context.data, repeated) + " share their '" + entity.name +
          "' with another: a split would deal rows of one to training and test" +
          (sure ? ", and rows that share it agree on the target more than chance allows" : ""),
      entity.joint ? "give each person one identifier and name it: data.roles: {COLUMN: group}"
                   : "if rows of one value belong together: data.roles: {" + entity.name +
                         ": group} in the recipe");
  finding.confidence = sure ? 0.9 : 0.6;
  finding.detail = {{"values", entity.count.size()}, {"rows", repeated}, {"agreement_p", p}};
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  const Parts parts = PartsOf(context);
  std::vector<Entity> entities;
  const int group = data.RoleIndex(Role::kGroup);
  if (group >= 0) entities.push_back(EntityOf(context, group, true));
  for (int column = 0; column < static_cast<int>(data.columns.size()); ++column) {
    if (!MayName(context, column)) continue;
    Entity entity = EntityOf(context, column, false);
    if (Repeats(context, entity)) entities.push_back(std::move(entity));
  }
  Entity person = PersonOf(context);
  if (!person.code.empty() && Repeats(context, person)) entities.push_back(std::move(person));
  if (entities.empty()) {
    findings.Skip("no column names what rows belong to");
    return;
  }
  for (const Entity& entity : entities) {
    if (parts.several()) {
      ReportParts(context, parts, entity, findings);
    } else if (!entity.declared && group < 0) {
      ReportUndeclared(context, entity, findings);
    }
  }
}

}  // namespace

const Check& GroupOverlap() {
  static const Check check = {&GroupOverlapSpec, &Run};
  return check;
}

}  // namespace bottega
