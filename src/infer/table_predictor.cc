#include "base/progress.h"
#include "infer/predictors.h"
#include "train/table_data.h"
#include "train/table_model_folder.h"

namespace bottega {

namespace {

class OfTableModel : public Predictor {
 public:
  OfTableModel(const FittedPlan& plan, const std::filesystem::path& folder)
      : plan_(plan), loaded_(LoadTableModelFrom(folder)) {}

  const std::vector<std::string>& classes() const override { return plan_.classes; }
  const std::vector<Column>& columns() const override { return plan_.columns; }
  Scores Predict(const Dataset& data) override {
    Scores scores{.rows = data.size(), .width = loaded_.config.input.outputs};
    if (data.size() == 0) return scores;
    Matrix outputs = loaded_.model->Predict(Rows(data));
    CorrectProbabilities(loaded_.config.logit_offset, &outputs);
    scores.values = std::move(outputs.values);
    if (plan_.task == "classification") return scores;
    for (float& value : scores.values) {
      value = static_cast<float>(value * plan_.target_scale + plan_.target_mean);
    }
    return scores;
  }
  Scores Embed(const Dataset& data) override {
    Scores scores{.rows = data.size()};
    if (data.size() == 0) return scores;
    Matrix values = loaded_.model->Embed(Rows(data));
    scores.width = values.columns;
    scores.values = std::move(values.values);
    return scores;
  }

 private:
  TableRows Rows(const Dataset& data) const { return AllTableRows(ApplyPlan(plan_, data)); }

  FittedPlan plan_;
  LoadedTableModel loaded_;
};

}  // namespace

std::unique_ptr<Predictor> TablePredictor(const FittedPlan& plan,
                                          const std::filesystem::path& folder) {
  return std::make_unique<OfTableModel>(plan, folder);
}

}  // namespace bottega
