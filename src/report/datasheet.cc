#include "report/datasheet.h"

#include <map>

#include "base/text.h"
#include "profile/cells.h"

namespace bottega {
namespace {

constexpr const char* kOpen = "*open: nobody has said*";

std::string Told(const Json& section, const char* key) {
  const auto at = section.find(key);
  if (at == section.end() || at->is_null()) return kOpen;
  if (at->is_string()) return at->get<std::string>().empty() ? kOpen : at->get<std::string>();
  if (at->is_array()) {
    std::vector<std::string> parts;
    for (const Json& part : *at)
      parts.push_back(part.is_string() ? part.get<std::string>() : part.dump());
    return parts.empty() ? kOpen : Join(parts, "; ");
  }
  return at->is_object() && at->empty() ? kOpen : at->dump();
}

std::string Escaped(std::string text) {
  return Replace(Replace(std::move(text), "|", "\\|"), "\n", " ");
}

std::string Line(const std::string& question, const std::string& answer) {
  return "- **" + question + "** " + answer + "\n";
}

std::string Columns(const Dataset& data) {
  std::string table =
      "| column | type | role | missing | different values |\n| --- | --- | --- | ---: | ---: |\n";
  for (int i = 0; i < static_cast<int>(data.columns.size()); ++i) {
    const Column& column = data.columns[static_cast<size_t>(i)];
    const CellColumn cells = CellsOf(data, i);
    const double share =
        data.size() == 0 ? 0
                         : static_cast<double>(cells.missing) / static_cast<double>(data.size());
    table += "| " + Escaped(column.name) + " | " + std::string(FeatureTypeName(column.type)) +
             " | " + std::string(RoleName(column.role)) + (column.sensitive ? ", sensitive" : "") +
             " | " + FormatPercent(share) + " | " + FormatCount(cells.distinct()) + " |\n";
  }
  return table;
}

std::string Classes(const Dataset& data) {
  const Column* target = data.TargetColumn();
  if (target == nullptr || target->type == FeatureType::kNumber) return "";
  const CellColumn cells = CellsOf(data, data.Find(target->name));
  std::vector<std::string> parts;
  for (int32_t code = 0; code < static_cast<int32_t>(cells.distinct()) && parts.size() < 30;
       ++code) {
    parts.push_back(CellText(cells, code) + " " +
                    FormatCount(cells.count[static_cast<size_t>(code)]));
  }
  return Line("Rows of each class of '" + target->name + "'?", Join(parts, ", ") + ".");
}

std::string SensitiveNames(const Dataset& data) {
  std::vector<std::string> names;
  for (const Column& column : data.columns) {
    if (column.sensitive) names.push_back(column.name);
  }
  return names.empty() ? "none is declared." : Join(names, ", ") + ".";
}

std::string Defects(const AuditResult& audit) {
  std::map<std::string, int64_t> counts;
  std::vector<std::string> order;
  for (const Finding& finding : audit.findings) {
    if (counts[finding.check]++ == 0) order.push_back(finding.check);
  }
  std::vector<std::string> parts;
  for (const std::string& check : order) {
    parts.push_back(Replace(check, "_", " ") + " " + FormatCount(counts[check]));
  }
  return parts.empty() ? "an audit found none." : "an audit found: " + Join(parts, ", ") + ".";
}

}  // namespace

std::string Datasheet(const Dataset& data, const Json& recipe, const AuditResult& audit,
                      const DatasheetFacts& facts) {
  const Json& use = recipe.at("use");
  const Json& about = recipe.at("data");
  std::string sheet = "# Datasheet of " + facts.source + "\n\nWritten by bottega " + facts.version +
                      " on " + facts.time + "; SHA-256 of the data " + facts.sha256 + ".\n\n";
  sheet += "## Motivation\n\n" + Line("For what purpose?", Told(use, "purpose")) +
           Line("Whom do its uses touch?", Told(use, "affected")) +
           Line("Who answers for it?", Told(use, "owner"));
  sheet += "\n## Composition\n\n" +
           Line("What is one instance?", data.HasPictures() ? "a picture." : "a row of a table.") +
           Line("How many are there?", FormatCount(audit.rows) + ".") + Classes(data) +
           Line("Which columns identify groups of people?", SensitiveNames(data)) +
           Line("Errors, noise, redundancies?", Defects(audit)) + "\n" + Columns(data);
  sheet += "\n## Collection\n\n" + Line("From which sources?", Told(about, "sources")) +
           Line("Did people consent?", Told(about, "consent")) +
           Line("On which legal basis?", Told(about, "legal_basis")) +
           Line("For which purposes was it collected?", Told(about, "purposes"));
  sheet +=
      "\n## Preprocessing, cleaning, labelling\n\n" +
      Line("What is done to the data before use?",
           "the repairs and fitted steps of the recipe's `clean` section; the source stays as it "
           "is, every repair is logged and can be undone.") +
      Line("How was it labelled?", kOpen);
  sheet += "\n## Uses\n\n" + Line("For what should it not be used?", Told(use, "excluded_uses")) +
           Line("Has it been used already?", kOpen);
  sheet += "\n## Distribution\n\n" + Line("Under which licence?", Told(about, "licence"));
  sheet += "\n## Maintenance\n\n" + Line("How long may it be kept?", Told(about, "retention")) +
           Line("How often is it audited?", Told(recipe.at("audit"), "every"));
  return sheet;
}

}  // namespace bottega
