#include "train/checkpoint.h"

#include <string_view>

#include "base/error.h"
#include "base/files.h"
#include "model/weights/safetensors.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFormat = "bottega-checkpoint-1";
constexpr std::string_view kModel = "model.", kOptimizer = "optimizer.", kAverage = "average.";

Json StateToJson(const TrainState& s) {
  return {{"epoch", s.epoch},
          {"batch", s.batch},
          {"step", s.step},
          {"loss_sum", s.loss_sum},
          {"weight_sum", s.weight_sum},
          {"correct", s.correct},
          {"seen", s.seen},
          {"seconds", s.seconds},
          {"stopper", s.stopper},
          {"schedule", s.schedule},
          {"loss_scale", s.loss_scale},
          {"average", s.average},
          {"watch", s.watch},
          {"curve", s.curve},
          {"log_bytes", s.log_bytes},
          {"event_bytes", s.event_bytes},
          {"stopped", s.stopped},
          {"digest", s.digest}};
}

TrainState StateFromJson(const Json& json) {
  TrainState s;
  json.at("epoch").get_to(s.epoch);
  json.at("batch").get_to(s.batch);
  json.at("step").get_to(s.step);
  json.at("loss_sum").get_to(s.loss_sum);
  json.at("weight_sum").get_to(s.weight_sum);
  json.at("correct").get_to(s.correct);
  json.at("seen").get_to(s.seen);
  json.at("seconds").get_to(s.seconds);
  s.stopper = json.at("stopper");
  s.schedule = json.at("schedule");
  s.loss_scale = json.value("loss_scale", Json());
  s.average = json.at("average");
  s.watch = json.value("watch", Json::object());
  s.curve = json.at("curve");
  json.at("log_bytes").get_to(s.log_bytes);
  json.at("event_bytes").get_to(s.event_bytes);
  json.at("stopped").get_to(s.stopped);
  json.at("digest").get_to(s.digest);
  return s;
}

NamedTensors WithPrefix(std::string_view prefix, const NamedTensors& tensors) {
  NamedTensors named;
  for (const auto& [name, tensor] : tensors) named.emplace_back(std::string(prefix) + name, tensor);
  return named;
}

NamedTensors OfPrefix(std::string_view prefix, const NamedTensors& tensors) {
  NamedTensors named;
  for (const auto& [name, tensor] : tensors) {
    if (name.starts_with(prefix)) named.emplace_back(name.substr(prefix.size()), tensor);
  }
  return named;
}

Json StateOf(const std::map<std::string, std::string>& metadata, const fs::path& path) {
  const auto format = metadata.find("format"), state = metadata.find("state");
  if (format == metadata.end() || format->second != kFormat || state == metadata.end()) {
    throw Error(ErrorKind::kData, "not a checkpoint that this version can read",
                {.file = path.string()}, "`bottega train` starts a new run");
  }
  return ParseJson(state->second, path.string());
}

template <typename Body>
auto Reading(const fs::path& path, Body&& body) {
  try {
    return body();
  } catch (const Json::exception& e) {
    throw Error(ErrorKind::kData, std::string("a damaged checkpoint: ") + e.what(),
                {.file = path.string()}, "`bottega train` starts a new run");
  }
}

void Save(const fs::path& path, const NamedTensors& tensors, const Json& state) {
  WriteSafetensors(path, tensors, {{"format", kFormat}, {"state", state.dump()}});
}

}  // namespace

fs::path LastCheckpointPath(const fs::path& run) {
  return run / "checkpoints" / "last" / "checkpoint.safetensors";
}

fs::path BestCheckpointPath(const fs::path& run) {
  return run / "checkpoints" / "best" / "checkpoint.safetensors";
}

void SaveCheckpoint(const fs::path& run, const Checkpoint& checkpoint) {
  NamedTensors tensors = WithPrefix(kModel, checkpoint.model);
  for (auto& named : WithPrefix(kOptimizer, checkpoint.optimizer)) tensors.push_back(named);
  for (auto& named : WithPrefix(kAverage, checkpoint.average)) tensors.push_back(named);
  Save(LastCheckpointPath(run), tensors, StateToJson(checkpoint.state));
}

std::optional<Checkpoint> LoadCheckpoint(const fs::path& run) {
  const fs::path path = LastCheckpointPath(run);
  if (!fs::exists(path)) return std::nullopt;
  const SafetensorsFile file = ReadSafetensors(path);
  return Reading(path, [&] {
    return Checkpoint{.state = StateFromJson(StateOf(file.metadata, path)),
                      .model = OfPrefix(kModel, file.tensors),
                      .optimizer = OfPrefix(kOptimizer, file.tensors),
                      .average = OfPrefix(kAverage, file.tensors)};
  });
}

std::optional<TrainState> LoadTrainState(const fs::path& run) {
  const fs::path path = LastCheckpointPath(run);
  if (!fs::exists(path)) return std::nullopt;
  return Reading(path, [&] { return StateFromJson(StateOf(ReadSafetensorsMetadata(path), path)); });
}

void SaveBest(const fs::path& run, const BestWeights& best) {
  Save(BestCheckpointPath(run), WithPrefix(kModel, best.model),
       {{"epoch", best.epoch}, {"value", best.value}});
}

std::optional<BestWeights> LoadBest(const fs::path& run) {
  const fs::path path = BestCheckpointPath(run);
  if (!fs::exists(path)) return std::nullopt;
  const SafetensorsFile file = ReadSafetensors(path);
  return Reading(path, [&] {
    const Json state = StateOf(file.metadata, path);
    return BestWeights{.epoch = state.at("epoch").get<int64_t>(),
                       .value = state.at("value").get<double>(),
                       .model = OfPrefix(kModel, file.tensors)};
  });
}

}  // namespace bottega
