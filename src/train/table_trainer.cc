#include "train/table_trainer.h"

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "base/threads.h"
#include "engine/capture.h"
#include "run/settings.h"
#include "train/decide_choices.h"
#include "train/limits.h"
#include "train/table_model_folder.h"
#include "train/ways.h"

namespace bottega {

namespace {

constexpr int64_t kCellsWorthThreads = 2'000'000;

EarlyStopping MakeStopper(const TrainSetup& setup) {
  const bool validated = !setup.validation.empty();
  return {ValidationScores(setup.settings.at("early_stopping"), validated),
          validated ? StepPatience(setup.config.settings) : 0, 0};
}

NamedTensors ToTensors(const FitProgress& progress) {
  NamedTensors tensors;
  const auto add = [&](const char* name, const auto& from, at::ScalarType type) {
    if (from.empty()) return;
    at::Tensor tensor = at::empty({static_cast<int64_t>(from.size())}, type);
    std::copy_n(reinterpret_cast<const char*>(from.data()), from.size() * sizeof(from[0]),
                static_cast<char*>(tensor.mutable_data_ptr()));
    tensors.emplace_back(name, tensor);
  };
  add("numbers", progress.numbers, at::kDouble);
  add("bytes", progress.bytes, at::kByte);
  return tensors;
}

FitProgress FromTensors(const NamedTensors& tensors) {
  FitProgress progress;
  for (const auto& [name, tensor] : tensors) {
    const size_t size = static_cast<size_t>(tensor.numel());
    if (name == "numbers") {
      const double* from = tensor.const_data_ptr<double>();
      progress.numbers.assign(from, from + size);
    } else {
      progress.bytes.assign(reinterpret_cast<const char*>(tensor.const_data_ptr<uint8_t>()), size);
    }
  }
  return progress;
}

}  // namespace

TableTrainer::TableTrainer(const TrainSetup& setup, const Choices& choices)
    : setup_(setup),
      model_(setup.config.settings),
      data_(MakeTableData(setup)),
      fit_(MakeTableFit(model_, data_.View(setup.seed(), choices.threads))),
      stopper_(MakeStopper(setup)),
      started_(MonotonicSeconds()),
      saved_at_(started_),
      save_every_(setup.settings.at("checkpoint_seconds").get<double>()),
      budget_(TimeBudget(*setup.inputs)),
      rss_(MaxRss(*setup.inputs)),
      goes_back_(StepPatience(model_) > 0 && !setup.validation.empty()) {
  state_.digest = setup.digest;
}

double TableTrainer::Elapsed() const { return seconds_before_ + MonotonicSeconds() - started_; }

void TableTrainer::Resume() {
  const auto& run = setup_.inputs->run;
  if (std::optional<Checkpoint> checkpoint = LoadCheckpoint(run)) {
    if (checkpoint->state.digest != setup_.digest) {
      throw Error(ErrorKind::kRecipe,
                  "the recipe, the data or the split changed since this run was started",
                  {.file = run.string()}, "`bottega train` starts a new run");
    }
    state_ = std::move(checkpoint->state);
    fit_->Load(FromTensors(checkpoint->optimizer));
    stopper_.LoadState(state_.stopper);
    seconds_before_ = state_.seconds;
    if (state_.stopped.empty()) {
      Note("Continuing with " + StepName(model_) + " " + std::to_string(state_.epoch) + ".");
    }
  }
  log_ = std::make_unique<TrainLog>(run, state_.log_bytes, state_.event_bytes,
                                    FlatSettings({{"model", model_}, {"train", setup_.settings}}));
}

void TableTrainer::Run() {
  Resume();
  if (!state_.stopped.empty()) return;
  Progress progress("Fitting", MostSteps(model_) - state_.epoch + 1, StepName(model_) + "s");
  while (state_.stopped.empty()) {
    SaveAndLeaveIfAsked();
    Step();
    progress.Advance();
    const std::string watched = stopper_.scores().front().path();
    if (!state_.curve.empty() && state_.curve.back().contains(watched)) {
      progress.SetDetail(watched + " " +
                         FormatNumber(state_.curve.back()[watched].get<double>(), 3));
    }
  }
  Save();
}

void TableTrainer::Step() {
  const bool more = fit_->Step(state_.epoch);
  stepped_ = true;
  if (more || state_.curve.empty()) Score();
  if (!more) state_.stopped = "converged";
  if (more && stopper_.ShouldStop()) state_.stopped = "early_stopping";
  if (state_.stopped.empty() && state_.epoch > MostSteps(model_)) state_.stopped = "finished";
  if (state_.stopped == "finished" && model_.contains("tolerance")) {
    Note("note: the fit of '" + model_.at("name").get<std::string>() + "' did not converge in " +
         std::to_string(MostSteps(model_)) + " iterations; model.iterations allows more");
  }
}

void TableTrainer::Score() {
  Json record = {{"event", "epoch"}, {"epoch", state_.epoch}, {"step", state_.epoch}};
  if (const Matrix outputs = fit_->TrainOutputs(); outputs.rows > 0) {
    record["train.loss"] = MeanLoss(outputs, data_.targets);
  }
  if (!setup_.validation.empty()) {
    AddTableScores(setup_, data_.validation_targets, fit_->ValidationOutputs(), stopper_.scores(),
                   &record);
  }
  record["seconds"] = Elapsed();
  std::vector<double> watched;
  for (const MonitoredScore& score : stopper_.scores()) {
    watched.push_back(record.value(score.path(), std::numeric_limits<double>::quiet_NaN()));
  }
  stopper_.Observe(state_.epoch, watched);
  log_->Epoch(record);
  record.erase("event");
  state_.curve.push_back(std::move(record));
  ++state_.epoch;
}

void TableTrainer::Save() {
  state_.seconds = Elapsed();
  state_.stopper = stopper_.State();
  if (!goes_back_) state_.stopper["best_epoch"] = state_.epoch - 1;
  state_.log_bytes = log_->log_bytes();
  state_.event_bytes = log_->event_bytes();
  log_->Sync();
  SaveCheckpoint(setup_.inputs->run, {.state = state_, .optimizer = ToTensors(fit_->Save())});
  saved_at_ = MonotonicSeconds();
}

void TableTrainer::SaveAndLeaveIfAsked() {
  const double now = MonotonicSeconds();
  const int signal = PendingSignal();
  // However small the budget, each sitting gets a step further.
  const bool over = budget_ && stepped_ && now - started_ > *budget_;
  const int64_t held = stepped_ ? rss_.Excess(now) : 0;
  if (signal == 0 && !over && held == 0 && now - saved_at_ < save_every_) return;
  Save();
  if (signal != 0) throw Interrupted(signal);
  if (held > 0) throw AboveMaxRss(held, *rss_.limit(), setup_.inputs->run);
  if (over) {
    throw Error(ErrorKind::kBudget,
                "the time budget of " + FormatDuration(*budget_) + " is used up in " +
                    StepName(model_) + " " + std::to_string(state_.epoch) + " of at most " +
                    std::to_string(MostSteps(model_)) + "; everything is saved",
                {.file = setup_.inputs->run.string()}, "bottega train --resume");
  }
}

std::unique_ptr<TableModel> TableTrainer::Finish() {
  const int64_t done = state_.epoch - 1;
  return fit_->Finish(goes_back_ && stopper_.best_epoch() > 0 ? stopper_.best_epoch() : done);
}

std::unique_ptr<TableModel> FitTableModel(const Json& settings, const FitData& data) {
  const std::unique_ptr<TableFit> fit = MakeTableFit(settings, data);
  const bool validated = data.validation->rows() > 0;
  EarlyStopping stopper({ParseMonitoredScore("validation.loss")},
                        validated ? StepPatience(settings) : 0, 0);
  int64_t done = 0;
  while (done < MostSteps(settings) && !stopper.ShouldStop()) {
    ThrowIfInterrupted();
    if (!fit->Step(done + 1)) break;
    ++done;
    if (!validated || StepPatience(settings) == 0) continue;
    stopper.Observe(done, {MeanLoss(fit->ValidationOutputs(), *data.validation_targets)});
  }
  return fit->Finish(stopper.best_epoch() > 0 ? stopper.best_epoch() : done);
}

Choices ChooseTable(const TrainSetup& setup) {
  Choices choices;
  choices.micro_batch = setup.settings.at("batch").get<int64_t>();
  const Json& threads = setup.settings.at("threads");
  const int64_t cells =
      static_cast<int64_t>(setup.train.size()) *
      (setup.config.input.numbers + static_cast<int64_t>(setup.config.input.cardinality.size()));
  if (threads.is_number()) {
    choices.threads = threads.get<int>();
  } else if (cells >= kCellsWorthThreads) {
    choices.threads = AvailableProcessors();
  }
  return choices;
}

TrainOutcome TrainTableModel(const TrainInputs& inputs) {
  const TrainSetup setup = MakeSetup(inputs);
  std::optional<TrainOutcome> outcome = FinishedOutcome(setup);
  if (!outcome) {
    TableTrainer trainer(setup, DecideChoices(setup, ChooseTable));
    trainer.Run();
    SaveTableModel(inputs.run / "model", setup.config, trainer.Finish()->State(),
                   trainer.records());
    outcome = OutcomeOf(setup, trainer.state());
  }
  outcome->unit = StepName(setup.config.settings);
  return *outcome;
}

}  // namespace bottega
