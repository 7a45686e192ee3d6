#include "train/candidates.h"

#include "base/files.h"
#include "model/models_specs.h"
#include "train/choices.h"
#include "train/table_model_folder.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr const char *kEvents = "events.out.tfevents.bottega", *kWeights = "model.safetensors";

// As a person knows the score: larger may be better.
Json ScoreOf(double cost, const MonitoredScore& watched) {
  return watched.lower_is_better ? cost : 1 - cost;
}

Json EntryOf(const Candidate& c, const MonitoredScore& watched) {
  Json entry = {{"name", c.name}, {"trained", c.left_out.empty()}};
  if (!c.left_out.empty()) {
    entry["reason"] = c.left_out;
  } else {
    entry["settings"] = c.outcome.model;
    entry["score"] = c.outputs.rows == 0 ? Json() : ScoreOf(c.cost, watched);
    entry["steps"] = c.outcome.epochs;
    entry["best_step"] = c.outcome.best_epoch;
    entry["unit"] = c.outcome.unit;
    entry["stopped"] = c.outcome.stopped;
    entry["seconds"] = c.outcome.seconds;
  }
  entry["share"] = c.share;
  return entry;
}

// Those of the network, if there is one, with each candidate's own beside them.
void StoreChoices(const fs::path& run, const std::vector<Candidate>& candidates) {
  Choices all;
  for (const Candidate& c : candidates) {
    const fs::path own = CandidateFolder(run, c.name) / "choices.json";
    if (!c.left_out.empty() || !fs::exists(own)) continue;
    const Json choices = ReadJson(own);
    if (all.candidates.empty() || KindOfModel(c.name) == ModelKind::kNetwork) {
      const Json kept = all.candidates;
      all = ChoicesFromJson(choices, own.string());
      all.candidates = kept;
    }
    all.candidates[c.name] = choices;
  }
  WriteJson(run / "choices.json", ChoicesToJson(all));
}

// A line a candidate, then the lines and events of the one that is shown.
void StoreLog(const fs::path& run, const Candidate& shown, const Json& record) {
  std::string lines;
  for (const Json& entry : record.at("candidates")) {
    Json line = {{"event", "candidate"}};
    line.update(entry);
    line.erase("settings");
    lines += line.dump() + "\n";
  }
  const fs::path own = CandidateFolder(run, shown.name);
  WriteFileAtomic(run / "log.jsonl", lines + ReadFile(own / "log.jsonl"));
  WriteFileAtomic(run / kEvents, ReadFile(own / kEvents));
}

// All files of a model's folder, the weights last.
void CopyModel(const fs::path& from, const fs::path& to) {
  for (const fs::path& file : ListFiles(from)) {
    if (file != kWeights) WriteFileAtomic(to / file, ReadFile(from / file));
  }
  WriteFileAtomic(to / kWeights, ReadFile(from / kWeights));
}

void StoreModel(const TrainSetup& setup, const std::vector<Candidate>& candidates) {
  const fs::path& run = setup.inputs->run;
  std::vector<std::string> members;
  std::vector<double> shares;
  for (const Candidate& c : candidates) {
    if (c.share == 0) continue;
    members.push_back(c.name);
    shares.push_back(c.share);
  }
  if (members.size() == 1) {
    CopyModel(CandidateFolder(run, members[0]) / "model", run / "model");
    return;
  }
  for (const std::string& name : members) {
    CopyModel(CandidateFolder(run, name) / "model", BlendMember(run / "model", name));
  }
  ModelConfig config = setup.config;
  config.settings = {{"name", "blend"}, {"members", members}, {"shares", shares}};
  SaveBlend(run / "model", config, shares);
}

}  // namespace

fs::path CandidateFolder(const fs::path& run, const std::string& name) {
  return run / "candidates" / name;
}

Json CandidatesJson(const std::vector<Candidate>& candidates, const MonitoredScore& watched,
                    std::optional<double> blend, const Json& margin) {
  Json list = Json::array(), shares = Json::object();
  for (const Candidate& c : candidates) {
    list.push_back(EntryOf(c, watched));
    if (c.share > 0) shares[c.name] = c.share;
  }
  return {{"format", 1},
          {"metric", watched.path()},
          {"candidates", list},
          {"margin", margin},
          {"blend", blend ? ScoreOf(*blend, watched) : Json()},
          {"kept", shares.size() == 1 ? shares.begin().key() : "blend"},
          {"shares", shares}};
}

void StoreCandidates(const TrainSetup& setup, const std::vector<Candidate>& candidates,
                     const Candidate& shown, const Json& record) {
  const fs::path& run = setup.inputs->run;
  StoreChoices(run, candidates);
  StoreLog(run, shown, record);
  WriteJson(run / "candidates.json", record);
  StoreModel(setup, candidates);
}

}  // namespace bottega
