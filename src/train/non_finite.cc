#include "train/non_finite.h"

#include <algorithm>
#include <cmath>

#include "base/files.h"
#include "base/text.h"
#include "engine/autocast.h"
#include "engine/device.h"
#include "engine/finite.h"
#include "engine/operator_watch.h"
#include "feed/mixing.h"
#include "model/models.h"
#include "model/weights/safetensors.h"
#include "optim/loss.h"
#include "optim/optimizers_specs.h"
#include "run/row_files.h"
#include "train/assemble.h"
#include "train/forward.h"
#include "train/non_finite_rows.h"
#include "train/sam.h"
#include "train/train_stage.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr int kFormat = 1;
// A scaled input beyond this is an outlier that the learning rate is not to blame for.
constexpr double kHugeInput = 1e4;

std::string LayerOf(const std::string& parameter) {
  const size_t dot = parameter.rfind('.');
  return dot == std::string::npos ? parameter : parameter.substr(0, dot);
}

Json Found(const std::string& kind, const std::string& layer = "",
           const std::string& operation = "") {
  return {{"kind", kind}, {"layer", layer}, {"operation", operation}};
}

// The first of the tensors that is not finite; "" for none.
std::string FirstBroken(const NamedTensors& tensors, bool gradients) {
  for (const auto& [name, tensor] : tensors) {
    if (!AllFinite(gradients ? tensor.grad() : tensor)) return name;
  }
  return "";
}

class Diagnosis {
 public:
  explicit Diagnosis(const BrokenStep& broken)
      : broken_(broken),
        settings_(StepSettingsOf(broken.setup, broken.choices, broken.device)),
        tensors_(AllTensors(broken.model)) {}

  Json Run() {
    for (Batch& batch : broken_.batches) batch = ToDevice(std::move(batch), broken_.device);
    ClearGradients();
    NonFiniteRows rows(broken_.setup);
    for (const Batch& batch : broken_.batches) rows.LookAtInputs(batch);
    if (!rows.empty()) found_ = Found("input");
    const std::string weight = FirstBroken(tensors_, false);
    if (found_.is_null() && !weight.empty()) found_ = Found("weights", LayerOf(weight));
    Passes(&rows);
    if (found_.is_null() && settings_.sam.is_object()) {
      const SamAscent ascent(settings_.sam, broken_.model.Parameters());
      ClearGradients();
      Passes(&rows);
    }
    ClearGradients();
    Json report = rows.ToJson();
    report["found"] = found_.is_null() ? Found("none") : found_;
    return report;
  }

 private:
  void ClearGradients() {
    for (auto [name, parameter] : broken_.model.Parameters()) {
      parameter.mutable_grad() = at::Tensor();
    }
  }

  void Passes(NonFiniteRows* rows) {
    for (const Batch& batch : broken_.batches) Pass(batch, rows);
    if (found_.is_null()) LookAtGradients();
  }

  void Pass(const Batch& batch, NonFiniteRows* rows) {
    StepContext context = TrainingContext(batch, broken_.epoch, settings_);
    context.norm_momentum = 0;
    at::Tensor logits, loss;
    {
      const OperatorWatch watch(tensors_);
      {
        const AutocastGuard autocast(broken_.device, settings_.precision);
        logits = broken_.model.Forward(batch, context);
      }
      logits = logits.to(at::kFloat);
      const bool output = watch.first().has_value();
      loss = LossSum(settings_.loss, logits, batch);
      if (found_.is_null() && watch.first()) {
        found_ = output
                     ? Found("output", LayerOf(watch.first()->parameter), watch.first()->operation)
                     : Found("loss", "", watch.first()->operation);
      }
      if (used_.empty()) used_ = watch.used();
    }
    rows->LookAtLosses(batch, logits.detach(), settings_.loss);
    loss.backward();
  }

  // The backward pass comes through the layers in reverse: the last used one broke first.
  void LookAtGradients() {
    std::map<std::string, at::Tensor> by_name(tensors_.begin(), tensors_.end());
    for (auto name = used_.rbegin(); name != used_.rend(); ++name) {
      if (AllFinite(by_name[*name].grad())) continue;
      found_ = Found("gradient", LayerOf(*name));
      return;
    }
    const std::string any = FirstBroken(tensors_, true);
    if (!any.empty()) found_ = Found("gradient", LayerOf(any));
  }

  const BrokenStep& broken_;
  const StepSettings settings_;
  const NamedTensors tensors_;
  std::vector<std::string> used_;
  Json found_;
};

std::string WhatText(const Json& found) {
  const std::string kind = found.at("kind"), layer = found.at("layer");
  if (kind == "input") return "the batch itself holds values that are no numbers";
  if (kind == "weights") return "the weights of " + layer + " were no numbers before the step";
  if (kind == "gradient") return "the gradient of " + layer + " was the first not to be one";
  if (kind == "loss") return "the network's outputs are numbers, their loss is not";
  if (kind == "none") return "computed again, loss and gradients are numbers: they overflow in sum";
  const std::string operation = found.at("operation");
  return "the output of " + (layer.empty() ? "the input layer" : layer) + " (" + operation +
         ") was the first not to be one";
}

std::string RowsText(const Json& report) {
  const Json& rows = report.at("rows");
  if (rows.empty()) return "";
  std::vector<std::string> names;
  for (const Json& row : rows) names.push_back(std::to_string(row.at("row").get<int64_t>()));
  const int64_t affected = report.at("affected").get<int64_t>();
  std::string text = (affected == 1 ? " in row " : " in rows ") + Join(names, ", ");
  if (affected > std::ssize(rows)) {
    text += " and " + std::to_string(affected - std::ssize(rows)) + " more";
  }
  const Json& first = rows.front();
  if (first.at("largest").is_number()) {
    text += "; the largest input is " + FormatNumber(first.at("largest").get<double>(), 3) +
            (first.at("column").get<std::string>().empty()
                 ? ""
                 : " in column '" + first.at("column").get<std::string>() + "'");
  }
  return text;
}

// A tenth of the rate, and no more than the optimizer's default.
double LowerRate(const Json& optimizer) {
  double rate = optimizer.at("lr").get<double>() / 10;
  for (const Spec* spec : OptimizerSpecs()) {
    const Param* lr = spec->name == optimizer.at("name") ? spec->Find("lr") : nullptr;
    if (lr != nullptr && lr->fallback.is_number()) {
      rate = std::min(rate, lr->fallback.get<double>());
    }
  }
  return rate;
}

std::string HintOf(const BrokenStep& broken, const Json& report) {
  const std::string kind = report.at("found").at("kind");
  const Json& rows = report.at("rows");
  const fs::path& run = broken.setup.inputs->run;
  // Folds, candidates and trials are no runs of their own.
  const std::string replay =
      fs::exists(run / "manifest.json")
          ? "; `bottega train --replay " + run.filename().string() + "` computes the step again"
          : "";
  const bool huge = !rows.empty() && rows.front().at("largest").is_number() &&
                    rows.front().at("largest").get<double>() > kHugeInput;
  if (kind == "input" || huge) {
    return "look at row " + std::to_string(rows.front().at("row").get<int64_t>()) +
           " of the data: `bottega audit` lists outliers" + replay;
  }
  if (broken.choices.precision != "fp32") {
    return "compute in full precision: `bottega train --set train.precision=fp32`" + replay;
  }
  if (kind == "gradient" && broken.setup.settings.at("clip_norm").is_null()) {
    return "bound the gradients: `bottega train --set train.clip_norm=1`" + replay;
  }
  return "lower the learning rate: `bottega train --set train.optimizer.lr=" +
         FormatNumber(LowerRate(broken.setup.settings.at("optimizer"))) + "`" + replay;
}

std::vector<int64_t> RowsOf(std::span<const Batch> batches) {
  std::vector<int64_t> rows;
  for (const Batch& batch : batches) rows.insert(rows.end(), batch.rows.begin(), batch.rows.end());
  return rows;
}

void WriteReplay(const BrokenStep& broken, Json report) {
  const fs::path folder = broken.setup.inputs->run / kBrokenStep;
  report["format"] = kFormat;
  report["epoch"] = broken.epoch;
  report["batch"] = broken.batch;
  report["step"] = broken.step;
  report["batch_rows"] = RowsOf(broken.batches);
  report["train"] = broken.setup.settings;
  report["model"] = broken.setup.config.settings;
  report["choices"] = ChoicesToJson(broken.choices);
  WriteSafetensors(folder / "weights.safetensors", AllTensors(broken.model));
  WriteJson(folder / "report.json", report);
}

}  // namespace

Json DiagnoseStep(const BrokenStep& broken) { return Diagnosis(broken).Run(); }

void StopAtNonFinite(const BrokenStep& broken) {
  const Json report = DiagnoseStep(broken);
  WriteReplay(broken, report);
  throw Error(ErrorKind::kRecipe,
              "the loss or a gradient is no longer a number (epoch " +
                  std::to_string(broken.epoch) + ", step " + std::to_string(broken.step + 1) +
                  "): " + WhatText(report.at("found")) + RowsText(report) +
                  "; the last checkpoint is kept, and the step in " +
                  (broken.setup.inputs->run / kBrokenStep).string(),
              {.file = broken.setup.inputs->run.string()}, HintOf(broken, report));
}

Json ReplayStep(const TrainInputs& inputs) {
  const fs::path folder = inputs.run / kBrokenStep;
  if (!fs::exists(folder / "report.json")) {
    throw Error(ErrorKind::kMissing, "the run has no step to replay: none of its losses broke",
                {.file = folder.string()}, "bottega runs");
  }
  const Json kept = ReadJson(folder / "report.json");
  TrainInputs with = inputs;
  with.recipe["train"] = kept.at("train");
  const TrainSetup setup = MakeSetup(with);
  const Choices choices = ChoicesFromJson(kept.at("choices"), (folder / "report.json").string());
  const EngineChoice engine = StartEngine(
      {.device = setup.settings.at("device").get<std::string>(), .threads = choices.threads});
  const std::shared_ptr<Model> model = PlacedModel(setup, choices, engine.device);
  LoadTensors(*model, ReadSafetensors(folder / "weights.safetensors").tensors);
  const int64_t epoch = kept.at("epoch").get<int64_t>(), number = kept.at("batch").get<int64_t>();
  const int64_t pieces = setup.settings.at("batch").get<int64_t>() / choices.micro_batch;
  const std::unique_ptr<Feed> feed = MakeTrainFeed(setup, choices);
  feed->StartEpoch(epoch, EpochOrder(setup, epoch), number * pieces);
  std::vector<Batch> batches;
  Batch batch;
  for (int64_t i = 0; i < pieces && feed->Next(&batch); ++i) batches.push_back(std::move(batch));
  if (RowsOf(batches) != kept.at("batch_rows").get<std::vector<int64_t>>()) {
    throw Error(ErrorKind::kData, "the step would have other rows: the data or the split changed",
                {.file = inputs.run.string()}, "`bottega train` starts a new run");
  }
  MixRows(setup.settings.at("mix"), setup.seed(), epoch, batches);
  const BrokenStep broken{.setup = setup,
                          .choices = choices,
                          .device = engine.device,
                          .model = *model,
                          .batches = batches,
                          .epoch = epoch,
                          .batch = number,
                          .step = kept.at("step").get<int64_t>()};
  Json report = DiagnoseStep(broken);
  const bool same = report.at("found") == kept.at("found") && report.at("rows") == kept.at("rows");
  report["epoch"] = epoch;
  report["step"] = broken.step + 1;
  report["batch_rows"] = kept.at("batch_rows");
  report["same"] = same;
  report["text"] = WhatText(report.at("found")) + RowsText(report);
  return report;
}

}  // namespace bottega
