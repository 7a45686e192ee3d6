// Gradient-boosted trees of XGBoost's library.
#include <algorithm>

#include "base/error.h"
#include "base/random.h"
#include "learn/table_kinds.h"
#include "learn/xgboost_library.h"

namespace bottega {

namespace {

// Two classes have one output, the probability of the second.
Matrix AsClasses(Matrix out, int classes) {
  if (classes != 2) return out;
  Matrix both(out.rows, 2);
  for (int64_t r = 0; r < out.rows; ++r) {
    both.row(r)[1] = out.at(r, 0);
    both.row(r)[0] = 1 - out.at(r, 0);
  }
  return both;
}

class XgboostModel : public TableModel {
 public:
  XgboostModel(std::string trees, int classes) : trees_(std::move(trees)), classes_(classes) {
    booster_.LoadModel(trees_);
  }
  Matrix Predict(const TableRows& x) const override {
    if (x.rows() == 0) return Matrix(0, std::max(1, classes_));
    return AsClasses(booster_.Predict(XgboostMatrix(x)), classes_);
  }
  // What each column adds to each output's margin, by TreeSHAP (Lundberg et al. 2020, Nature
  // Machine Intelligence 2): rows that are alike in it are judged alike for the same reasons.
  Matrix Embed(const TableRows& x) const override {
    if (x.rows() == 0) return {};
    return booster_.Predict(XgboostMatrix(x), /*contributions=*/true);
  }
  TableModelState State() const override { return {.trees = trees_}; }

 private:
  std::string trees_;
  int classes_;
  XgboostBooster booster_;
};

void SetParams(const Json& settings, const FitData& data, XgboostBooster* booster) {
  const int classes = data.targets->classes;
  const auto pass = [&](const char* theirs, const char* ours) {
    booster->Set(theirs, settings.at(ours).dump());
  };
  booster->Set("objective", classes == 0   ? "reg:squarederror"
                            : classes <= 2 ? "binary:logistic"
                                           : "multi:softprob");
  if (classes > 2) booster->Set("num_class", std::to_string(classes));
  // Values are scaled to a mean of 0; probabilities begin even, as XGBoost's default has it.
  booster->Set("base_score", classes == 0 ? "0" : "0.5");
  booster->Set("tree_method", "hist");
  booster->Set("nthread", std::to_string(data.threads));
  booster->Set("seed_per_iteration", "true");
  pass("eta", "learning_rate");
  pass("max_depth", "max_depth");
  pass("min_child_weight", "min_child_weight");
  pass("gamma", "min_gain");
  pass("lambda", "l2");
  pass("alpha", "l1");
  pass("subsample", "subsample");
  pass("colsample_bytree", "column_share");
  pass("max_bin", "bins");
}

class XgboostFit : public TableFit {
 public:
  XgboostFit(const Json& settings, const FitData& data)
      : settings_(settings),
        data_(data),
        draws_(settings.at("subsample") < 1.0 || settings.at("column_share") < 1.0),
        train_(*data.train),
        validation_(data.validation->rows() > 0 ? std::make_unique<XgboostMatrix>(*data.validation)
                                                : nullptr) {
    const TableTargets& targets = *data.targets;
    std::vector<float> label = targets.value;
    if (targets.classes > 0) label.assign(targets.label.begin(), targets.label.end());
    train_.SetFloats("label", label);
    if (!targets.weight.empty()) train_.SetFloats("weight", targets.weight);
    std::vector<const XgboostMatrix*> cached = {&train_};
    if (validation_) cached.push_back(validation_.get());
    booster_ = std::make_unique<XgboostBooster>(cached);
    SetParams(settings, data, booster_.get());
  }

  bool Step(int64_t step) override {
    if (draws_) {
      booster_->Reseed(Random(data_.seed, Purpose::kBoost, step).Bits() >> 1);
      SetParams(settings_, data_, booster_.get());  // what is made anew starts from defaults
    }
    booster_->Update(static_cast<int>(step - 1), train_);
    return true;
  }
  Matrix TrainOutputs() const override { return Outputs(train_); }
  Matrix ValidationOutputs() const override {
    return validation_ ? Outputs(*validation_) : Matrix();
  }
  FitProgress Save() const override { return {.bytes = booster_->Serialize()}; }
  void Load(const FitProgress& progress) override { booster_->Unserialize(progress.bytes); }
  std::unique_ptr<TableModel> Finish(int64_t steps) override {
    return std::make_unique<XgboostModel>(booster_->Model(steps), data_.targets->classes);
  }

 private:
  Matrix Outputs(const XgboostMatrix& x) const {
    return AsClasses(booster_->Predict(x), data_.targets->classes);
  }

  const Json settings_;
  const FitData data_;
  const bool draws_;  // rows or columns
  XgboostMatrix train_;
  std::unique_ptr<XgboostMatrix> validation_;
  std::unique_ptr<XgboostBooster> booster_;
};

}  // namespace

std::unique_ptr<TableFit> FitXgboost(const Json& settings, const FitData& data) {
  return std::make_unique<XgboostFit>(settings, data);
}

std::unique_ptr<TableModel> LoadXgboost(const Json&, int classes, const TableRows&,
                                        const TableModelState& state) {
  return std::make_unique<XgboostModel>(state.trees, classes);
}

}  // namespace bottega
