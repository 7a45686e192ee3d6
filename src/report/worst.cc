#include "report/worst.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <unordered_map>

#include "base/text.h"
#include "data/io/folder.h"
#include "data/open.h"

namespace bottega {

namespace {

constexpr int kMostMistakes = 12, kThumbnailSide = 160, kMostColumns = 8, kMostCells = 40;

// How bad a row's answer is; below 0: not wrong or not known.
double Badness(const Predictions& p, size_t i) {
  if (p.task == Task::kRegression) {
    const double error = std::abs(p.predicted_value[i] - p.value[i]);
    return std::isnan(error) ? -1 : error;
  }
  if (p.label[i] < 0 || p.predicted[i] < 0 || p.label[i] == p.predicted[i]) return -1;
  if (p.probability.empty()) return 0;
  const float* row = &p.probability[i * p.classes.size()];
  return std::max(0.0, static_cast<double>(row[p.predicted[i]]) - row[p.label[i]]);
}

Json MistakeOf(const Predictions& p, size_t i) {
  Json mistake = {{"row", p.row[i]}};
  if (p.task == Task::kRegression) {
    mistake["truth"] = p.value[i];
    mistake["predicted"] = p.predicted_value[i];
    return mistake;
  }
  mistake["truth"] = p.classes[static_cast<size_t>(p.label[i])];
  mistake["predicted"] = p.classes[static_cast<size_t>(p.predicted[i])];
  if (!p.probability.empty()) {
    const float score = p.probability[i * p.classes.size() + static_cast<size_t>(p.predicted[i])];
    mistake["score"] = std::isfinite(score) ? Json(score) : Json();
  }
  return mistake;
}

std::vector<int> ShownColumns(const Dataset& data) {
  std::vector<int> shown;
  for (size_t c = 0; c < data.columns.size() && shown.size() < kMostColumns; ++c) {
    const Column& column = data.columns[c];
    if (column.role == Role::kFeature && column.type != FeatureType::kPicture) {
      shown.push_back(static_cast<int>(c));
    }
  }
  return shown;
}

// Fills in what the source says about the mistakes.
void Describe(const Dataset& data, Json* worst) {
  std::unordered_map<int64_t, int64_t> position;
  for (int64_t i = 0; i < data.size(); ++i) position[data.rows[static_cast<size_t>(i)]] = i;
  std::vector<int64_t> at;
  std::vector<Json*> mistakes;
  for (Json& mistake : (*worst)["rows"]) {
    const auto found = position.find(mistake.at("row").get<int64_t>());
    if (found == position.end()) continue;
    at.push_back(found->second);
    mistakes.push_back(&mistake);
  }
  const Dataset rows = TakeRows(data, at);
  const int picture = rows.PictureIndex();
  const auto source = picture >= 0 ? OpenPictures(rows) : nullptr;
  if (source) {
    const auto cells = TextsOf(rows, picture);
    for (size_t i = 0; i < mistakes.size(); ++i) {
      if (!cells[i]) continue;
      (*mistakes[i])["file"] = *cells[i];
      const Picture loaded = source->Load(*cells[i], {.min_side = kThumbnailSide});
      (*mistakes[i])["picture"] = ThumbnailUri(loaded, kThumbnailSide);
    }
    return;
  }
  for (const int c : ShownColumns(rows)) {
    (*worst)["columns"].push_back(rows.columns[static_cast<size_t>(c)].name);
    const auto cells = TextsOf(rows, c);
    for (size_t i = 0; i < mistakes.size(); ++i) {
      (*mistakes[i])["cells"].push_back(cells[i] ? Shorten(*cells[i], kMostCells) : "–");
    }
  }
}

}  // namespace

std::vector<int64_t> WorstMistakes(const Predictions& p, const std::string& part, int most) {
  std::vector<std::pair<double, int64_t>> ranked;
  for (size_t i = 0; i < static_cast<size_t>(p.size()); ++i) {
    if (p.part[i] != part) continue;
    const double badness = Badness(p, i);
    // Equal ones in the order of the source.
    if (badness >= 0) ranked.emplace_back(-badness, static_cast<int64_t>(i));
  }
  const auto count = std::min<int64_t>(most, static_cast<int64_t>(ranked.size()));
  std::partial_sort(ranked.begin(), ranked.begin() + count, ranked.end());
  std::vector<int64_t> positions;
  for (int64_t i = 0; i < count; ++i) positions.push_back(ranked[static_cast<size_t>(i)].second);
  return positions;
}

Json WorstFacts(const Predictions& p, const std::string& part, const Json& recipe,
                const std::filesystem::path& project) {
  int64_t mistakes = 0;
  for (size_t i = 0; i < static_cast<size_t>(p.size()); ++i) {
    mistakes += p.part[i] == part && Badness(p, i) >= 0;
  }
  Json worst = {{"part", part},
                {"mistakes", p.task == Task::kClassification ? Json(mistakes) : Json()},
                {"columns", Json::array()},
                {"rows", Json::array()}};
  for (const int64_t i : WorstMistakes(p, part, kMostMistakes)) {
    worst["rows"].push_back(MistakeOf(p, static_cast<size_t>(i)));
  }
  if (worst["rows"].empty()) return worst;
  try {
    Describe(OpenDataset(recipe.at("data"), project), &worst);
  } catch (const Error& error) {
    worst["note"] = "The rows themselves are not shown: " + error.message() + ".";
  }
  return worst;
}

}  // namespace bottega
