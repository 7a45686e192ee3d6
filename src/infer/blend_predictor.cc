#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "infer/predictors.h"
#include "train/model_folder.h"
#include "train/table_model_folder.h"

namespace bottega {

namespace {

class Blend : public Predictor {
 public:
  Blend(const FittedPlan& plan, const std::filesystem::path& folder) : plan_(plan) {
    const Json settings = LoadModelConfig(folder).settings;
    try {
      shares_ = settings.at("shares").get<std::vector<double>>();
      for (const std::string name : settings.at("members")) {
        members_.push_back(PredictorFrom(plan, BlendMember(folder, name)));
      }
    } catch (const Json::exception& e) {
      throw Error(ErrorKind::kData, std::string("not a blend that bottega wrote: ") + e.what(),
                  {.file = (folder / "config.json").string()});
    }
    const double sum = std::accumulate(shares_.begin(), shares_.end(), 0.0);
    if (members_.empty() || members_.size() != shares_.size() || !(std::abs(sum - 1) < 1e-6)) {
      throw Error(ErrorKind::kData, "the blend's members and shares do not fit together",
                  {.file = (folder / "config.json").string()});
    }
  }

  const std::vector<std::string>& classes() const override { return plan_.classes; }
  const std::vector<Column>& columns() const override { return plan_.columns; }
  Scores Predict(const Dataset& data) override {
    Scores scores;
    std::vector<double> sum;
    for (size_t m = 0; m < members_.size(); ++m) {
      scores = members_[m]->Predict(data);
      sum.resize(scores.values.size());
      for (size_t i = 0; i < sum.size(); ++i) sum[i] += shares_[m] * scores.values[i];
    }
    scores.values.assign(sum.begin(), sum.end());
    return scores;
  }
  Scores Embed(const Dataset& data) override {
    const auto heaviest = std::ranges::max_element(shares_) - shares_.begin();
    return members_[static_cast<size_t>(heaviest)]->Embed(data);
  }

 private:
  FittedPlan plan_;
  std::vector<double> shares_;
  std::vector<std::unique_ptr<Predictor>> members_;
};

}  // namespace

std::unique_ptr<Predictor> BlendPredictor(const FittedPlan& plan,
                                          const std::filesystem::path& folder) {
  return std::make_unique<Blend>(plan, folder);
}

}  // namespace bottega
