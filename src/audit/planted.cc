#include "audit/planted.h"

#include <set>
#include <unordered_map>

namespace bottega {

namespace {

using Names = std::set<std::string>;

// How truth and findings name a thing alike: a column by its name, a row by its number, a picture
// by its path.
class Namer {
 public:
  explicit Namer(const Dataset& data) {
    if (!data.HasPictures()) return;
    const auto cells = TextsOf(data, data.PictureIndex());
    for (size_t i = 0; i < cells.size(); ++i) pictures_[data.rows[i]] = cells[i].value_or("");
  }

  std::string Row(int64_t row) const {
    const auto it = pictures_.find(row);
    return it == pictures_.end() ? std::to_string(row) : it->second;
  }

  bool HasPictures() const { return !pictures_.empty(); }

 private:
  std::unordered_map<int64_t, std::string> pictures_;
};

Names NamesIn(const Json& kind, std::initializer_list<const char*> keys) {
  Names names;
  for (const char* what : keys) {
    if (!kind.contains(what)) continue;
    for (const Json& item : kind[what])
      names.insert(item.is_string() ? item.get<std::string>() : item.dump());
  }
  return names;
}

// Rows that a finding names beside its place: other members of a group of duplicates.
void AddOtherRows(const Json& detail, const Namer& namer, Names* names) {
  for (const char* key : {"cells", "suspects"}) {
    if (!detail.is_object() || !detail.contains(key)) continue;
    for (const Json& cell : detail[key]) names->insert(namer.Row(cell["row"].get<int64_t>()));
  }
  for (const char* key : {"rows", "others"}) {
    if (!detail.is_object() || !detail.contains(key) || !detail[key].is_array()) continue;
    for (const Json& row : detail[key]) {
      if (row.is_number_integer()) names->insert(namer.Row(row.get<int64_t>()));
    }
  }
}

Names FoundNames(const AuditResult& audit, const std::string& check, bool columns,
                 const Namer& namer) {
  Names names;
  for (const Finding& finding : audit.findings) {
    if (finding.check != check) continue;
    if (columns) {
      if (!finding.place.column.empty()) names.insert(finding.place.column);
      continue;
    }
    if (finding.place.row >= 0) {
      names.insert(namer.Row(finding.place.row));
    } else if (namer.HasPictures() && !finding.place.file.empty()) {
      names.insert(finding.place.file);
    }
    AddOtherRows(finding.detail, namer, &names);
  }
  return names;
}

}  // namespace

std::vector<PlantedScore> ScorePlanted(const Json& truth, const AuditResult& audit,
                                       const Dataset& data) {
  const Namer namer(data);
  std::vector<PlantedScore> scores;
  for (const Json& kind : truth.at("planted")) {
    PlantedScore score{.kind = kind.at("kind"), .check = kind.at("check")};
    const Names planted = NamesIn(kind, {"rows", "files", "columns"});
    const Names excused = NamesIn(kind, {"excused"});
    const Names found = FoundNames(audit, score.check, kind.contains("columns"), namer);
    score.planted = static_cast<int64_t>(planted.size());
    for (const std::string& name : found) {
      if (planted.contains(name)) ++score.found;
      if (!planted.contains(name) && !excused.contains(name)) ++score.false_alarms;
    }
    scores.push_back(score);
  }
  return scores;
}

LabelAccuracy ScoreLabels(const Json& truth, const Predictions& predictions, const Dataset& data,
                          const std::string& part) {
  const Namer namer(data);
  LabelAccuracy score;
  for (size_t i = 0; i < predictions.row.size(); ++i) {
    if (predictions.part[i] != part || predictions.label[i] < 0) continue;
    const std::string name = namer.Row(predictions.row[i]);
    const Json& labels = truth.at("true");
    const Json& label =
        labels.is_object() ? labels.at(name) : labels.at(static_cast<size_t>(predictions.row[i]));
    const size_t predicted = static_cast<size_t>(predictions.predicted[i]);
    score.given += predictions.predicted[i] == predictions.label[i];
    score.truly += label == predictions.classes[predicted];
    ++score.rows;
  }
  if (score.rows > 0) {
    score.given /= static_cast<double>(score.rows);
    score.truly /= static_cast<double>(score.rows);
  }
  return score;
}

}  // namespace bottega
