#include <algorithm>

#include "audit/review/review_log.h"
#include "audit/review/sample.h"
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFormat = "bottega review sample 1";
constexpr const char* kRows = "rows.jsonl";
constexpr std::string_view kPrefix = "sample-";

Json LabelJson(const std::optional<std::string>& label) { return label ? Json(*label) : Json(); }

std::string LineOf(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json HeadOf(const Sample& sample) {
  Json strata = Json::array();
  for (const SampleStratum& stratum : sample.strata) {
    strata.push_back({{"name", stratum.name}, {"size", stratum.size}, {"drawn", stratum.drawn}});
  }
  return {{"format", kFormat},       {"id", sample.id},
          {"time", sample.time},     {"source", sample.source},
          {"data", sample.data},     {"wanted", sample.wanted},
          {"gold", sample.gold},     {"seed", sample.seed},
          {"accept", sample.accept}, {"strata_of", sample.strata_of},
          {"strata", strata}};
}

Sample HeadFrom(const Json& json) {
  Sample sample{.id = json.at("id"),
                .data = json.at("data"),
                .source = json.at("source"),
                .strata_of = json.at("strata_of"),
                .time = json.at("time"),
                .wanted = json.at("wanted"),
                .gold = json.at("gold"),
                .seed = json.at("seed"),
                .accept = json.at("accept")};
  for (const Json& stratum : json.at("strata")) {
    sample.strata.push_back({stratum.at("name"), stratum.at("size"), stratum.at("drawn")});
  }
  return sample;
}

SampleRow RowFrom(const Json& json) {
  SampleRow row{
      .row = json.at("row"), .content = json.at("content"), .stratum = json.at("stratum")};
  if (json.at("label").is_string()) row.label = json["label"].get<std::string>();
  if (json.contains("gold")) row.gold = json["gold"].get<std::string>();
  return row;
}

Sample ReadSample(const fs::path& path) {
  Sample sample;
  int64_t number = 0;
  try {
    for (const std::string& line : Split(ReadFile(path), '\n')) {
      ++number;
      if (line.empty()) continue;
      const Json json = ParseJson(line, path.string() + ":" + std::to_string(number));
      if (number > 1) {
        sample.rows.push_back(RowFrom(json));
      } else if (json.value("format", "") != kFormat) {
        throw Error(ErrorKind::kData, "is no sample that this program reads", {path.string()});
      } else {
        sample = HeadFrom(json);
      }
    }
  } catch (const Json::exception& error) {
    throw Error(ErrorKind::kData, std::string("is no sample: ") + error.what(),
                {.file = path.string(), .line = number});
  }
  return sample;
}

}  // namespace

void WriteSample(const fs::path& project, const Sample& sample) {
  std::string text = LineOf(HeadOf(sample));
  for (const SampleRow& row : sample.rows) {
    Json json = {{"row", row.row},
                 {"stratum", row.stratum},
                 {"label", LabelJson(row.label)},
                 {"content", row.content}};
    if (row.gold) json["gold"] = *row.gold;
    text += LineOf(json);
  }
  WriteFileAtomic(project / kReviewsFolder / sample.id / kRows, text);
}

std::vector<Sample> ReadSamples(const fs::path& project) {
  std::vector<std::pair<int64_t, fs::path>> paths;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(project / kReviewsFolder, ignored)) {
    const std::string name = entry.path().filename().string();
    const fs::path rows = entry.path() / kRows;
    if (!name.starts_with(kPrefix) || !fs::exists(rows, ignored)) continue;
    const auto number = ParseInteger(name.substr(kPrefix.size()));
    if (number) paths.emplace_back(*number, rows);
  }
  std::ranges::sort(paths);
  std::vector<Sample> samples;
  for (const auto& [number, path] : paths) samples.push_back(ReadSample(path));
  return samples;
}

}  // namespace bottega
