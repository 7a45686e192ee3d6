#include "train/optim_race.h"

#include <algorithm>
#include <cmath>

#include "engine/capture.h"
#include "train/trial.h"

namespace bottega {

namespace {

class Runner {
 public:
  Runner(const TrainSetup& setup, const Choices& choices, at::Device device,
         const RaceOptions& options)
      : setup_(setup),
        choices_(choices),
        device_(device),
        options_(options),
        score_(WatchedScore(setup)),
        progress_("Race", Total(), "evaluations") {}

  Race Run() {
    Race race{.score = score_, .rows = static_cast<int64_t>(setup_.validation.size())};
    for (const Json& optimizer : options_.optimizers) race.entries.push_back(RunOne(optimizer));
    // Stable, so that equals keep the order they were given in.
    std::ranges::stable_sort(race.entries, [&](const RaceEntry& a, const RaceEntry& b) {
      return Better(a.score.mean, b.score.mean);
    });
    for (RaceEntry& entry : race.entries) {
      std::vector<double> differences;
      for (size_t s = 0; s < entry.scores.size(); ++s) {
        const double more = race.entries.front().scores[s] - entry.scores[s];
        differences.push_back(score_.lower_is_better ? -more : more);
      }
      entry.behind = MeanWithInterval(differences, options_.level);
    }
    return race;
  }

 private:
  int64_t Total() const {
    const int64_t batch = setup_.settings.at("batch").get<int64_t>();
    const int64_t steps = (static_cast<int64_t>(setup_.train.size()) + batch - 1) / batch;
    return static_cast<int64_t>(options_.optimizers.size()) *
           (options_.tries * (options_.tries > 1) + options_.seeds) * options_.epochs * steps;
  }

  // NaN is worse than any number.
  bool Better(double a, double b) const {
    if (std::isnan(a) || std::isnan(b)) return !std::isnan(a) && std::isnan(b);
    return score_.lower_is_better ? a < b : a > b;
  }

  TrialResult Train(const Json& optimizer, uint64_t seed) {
    progress_.SetDetail(optimizer.at("name").get<std::string>());
    const TrainSetup own = Reseeded(setup_, seed, optimizer);
    return RunTrial(own, choices_, device_, options_.epochs, score_, &progress_);
  }

  void ChooseRate(RaceEntry* entry) {
    const double middle = entry->optimizer.at("lr").get<double>();
    if (options_.tries < 2) return;
    size_t best = 0;
    for (int i = 0; i < options_.tries; ++i) {
      const double away = static_cast<double>(i) - (options_.tries - 1) / 2.0;
      Json optimizer = entry->optimizer;
      optimizer["lr"] = middle * std::pow(options_.spacing, away);
      const TrialResult result = Train(optimizer, setup_.seed());
      entry->tried.emplace_back(optimizer["lr"].get<double>(),
                                result.diverged ? std::nan("") : result.best);
      if (Better(entry->tried.back().second, entry->tried[best].second)) {
        best = entry->tried.size() - 1;
      }
    }
    entry->optimizer["lr"] = entry->tried[best].first;
    entry->at_edge = best == 0 || best + 1 == entry->tried.size();
  }

  RaceEntry RunOne(const Json& optimizer) {
    RaceEntry entry{.optimizer = optimizer};
    ChooseRate(&entry);
    for (int s = 1; s <= options_.seeds; ++s) {
      const TrialResult result = Train(entry.optimizer, setup_.seed() + static_cast<uint64_t>(s));
      entry.scores.push_back(result.diverged ? std::nan("") : result.best);
      entry.steps = result.steps;
      entry.seconds += result.seconds / options_.seeds;
    }
    entry.score = MeanWithInterval(entry.scores, options_.level);
    return entry;
  }

  const TrainSetup& setup_;
  const Choices& choices_;
  const at::Device device_;
  const RaceOptions& options_;
  const MonitoredScore score_;
  Progress progress_;
};

Json IntervalJson(const MeanInterval& value) {
  return {{"value", value.mean},
          {"low", value.interval.low},
          {"high", value.interval.high},
          {"deviation", value.deviation}};
}

}  // namespace

Race RaceOptimizers(const TrainInputs& inputs, const RaceOptions& options) {
  return CatchTorch("racing optimizers", [&] {
    const TrialSetup prepared(inputs);
    if (prepared.setup.validation.empty()) {
      throw Error(ErrorKind::kData, "there are no validation rows to rank by",
                  {.file = inputs.data->source.string()},
                  "bottega split --set split.train=0.7 --set split.validation=0.15 --set "
                  "split.test=0.15");
    }
    return Runner(prepared.setup, prepared.choices, prepared.device, options).Run();
  });
}

bool ClearlyBehind(const RaceEntry& entry) { return entry.behind.interval.low > 0; }

Json RaceToJson(const Race& race) {
  Json entries = Json::array();
  for (const RaceEntry& entry : race.entries) {
    Json tried = Json::array();
    for (const auto& [lr, value] : entry.tried) tried.push_back({{"lr", lr}, {"score", value}});
    entries.push_back({{"optimizer", entry.optimizer},
                       {"score", IntervalJson(entry.score)},
                       {"behind", IntervalJson(entry.behind)},
                       {"clearly_behind", ClearlyBehind(entry)},
                       {"scores", entry.scores},
                       {"tried", tried},
                       {"lr_at_edge", entry.at_edge},
                       {"steps", entry.steps},
                       {"seconds", entry.seconds}});
  }
  return {{"score", race.score.path()}, {"rows", race.rows}, {"entries", entries}};
}

}  // namespace bottega
