#include "audit/entities.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "audit/groups.h"
#include "base/text.h"
#include "data/infer/names.h"

namespace bottega {
namespace {

constexpr int64_t kFewestGroups = 10;

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

bool Repeats(const AuditContext& context, const Entity& entity, double least) {
  int64_t repeated = 0, filled = 0, largest = 0;
  for (const int64_t n : entity.count) {
    filled += n;
    repeated += n > 1 ? n : 0;
    largest = std::max(largest, n);
  }
  const double share = static_cast<double>(repeated) / std::max(1.0, static_cast<double>(filled));
  const int64_t groups = static_cast<int64_t>(entity.count.size());
  return groups >= kFewestGroups && share >= least && largest * 5 <= filled &&
         filled * 2 >= context.data.size();
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
  std::vector<const CellColumn*> cells;
  for (const int column : columns) cells.push_back(&context.shared.CellsOfColumn(column));
  const std::vector<uint64_t> hashes = HashRows(cells, data.size());
  const auto complete = [&](size_t i) {
    return std::ranges::all_of(cells, [&](const CellColumn* c) { return c->code[i] >= 0; });
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

}  // namespace

std::vector<Entity> EntitiesOf(const AuditContext& context, double repeats) {
  std::vector<Entity> entities;
  const int group = context.data.RoleIndex(Role::kGroup);
  if (group >= 0) entities.push_back(EntityOf(context, group, true));
  for (int column = 0; column < static_cast<int>(context.data.columns.size()); ++column) {
    if (!MayName(context, column)) continue;
    Entity entity = EntityOf(context, column, false);
    if (Repeats(context, entity, repeats)) entities.push_back(std::move(entity));
  }
  Entity person = PersonOf(context);
  if (Repeats(context, person, repeats)) entities.push_back(std::move(person));
  return entities;
}

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

}  // namespace bottega
