#include "clean/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/random.h"
#include "clean/clean_section_spec.h"
#include "clean/plan_json.h"
#include "clean/repairs.h"
#include "clean/steps.h"
#include "clean/target.h"
#include "split/test_dataset.h"

namespace bottega {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

Json Section(const std::string& yaml = "{}") {
  return ResolveSection(CleanSection(), yaml, {RepairSpecs(), StepSpecs()});
}

// 400 rows with every kind of column; `shift` alters the rows from 300 on.
Dataset Mixed(double shift = 0) {
  Random random(5, Purpose::kGenerate);
  std::vector<double> age, income;
  TextCells job, member, note, name, label;
  std::vector<std::optional<int64_t>> day;
  for (int i = 0; i < 400; ++i) {
    const bool altered = i >= 300 && shift != 0;
    age.push_back(random.Chance(0.1) ? kMissing
                                     : 20 + 50 * random.Uniform() + (altered ? shift : 0));
    income.push_back(std::exp(2 * random.Normal()) * (altered ? shift : 1));
    const int64_t k = random.Below(4);
    job.push_back(altered ? "new" + std::to_string(i % 3) : "job" + std::to_string(k));
    if (random.Chance(0.1)) job.back() = std::nullopt;
    member.push_back(altered ? "maybe" : random.Chance(0.5) ? "yes" : "no");
    note.push_back(altered  ? "entirely other words"
                   : k == 0 ? "good old friend"
                            : "new friend here");
    name.push_back("id" + std::to_string(i));
    day.push_back((10'000 + random.Below(900) + (altered ? 5000 : 0)) * 86'400'000'000);
    label.push_back(altered ? "third" : k < 1 ? "bad" : "good");
  }
  return TestDataset()
      .Number("age", age)
      .Number("income", income)
      .Text("job", job)
      .Text("member", member, FeatureType::kBinary)
      .Text("note", note, FeatureType::kText)
      .Text("name", name, FeatureType::kIdentifier)
      .Dates("day", day)
      .Number("same", std::vector<double>(400, 3))
      .Text("y", label, FeatureType::kCategory, Role::kTarget)
      .Make();
}

std::vector<int64_t> Range(int64_t begin, int64_t end) {
  std::vector<int64_t> positions;
  for (int64_t i = begin; i < end; ++i) positions.push_back(i);
  return positions;
}

TEST(PlanTest, AlteredTestRowsDoNotMoveThePlanOfAnyStep) {
  const std::vector<int64_t> train = Range(0, 300);
  const std::vector<std::string> settings = {
      "{}",
      "steps: [dates, {words: {method: hash, most: 8}}, {impute: {numbers: mean}}, encode, {scale: "
      "{method: standard}}]",
      "steps: [dates, {impute: {numbers: most_frequent, categories: most_frequent}}, {scale: "
      "{method: robust}}]",
      "steps: [{impute: {numbers: constant, constant: 7}}, {scale: {method: quantile}}]",
      "steps: [impute, {encode: {min_rows: 1}}, {encode_numbers: {keep: false}}, {scale: {method: "
      "log}}]",
      "steps: [impute, {scale: {method: min_max}}]",
      "steps: [{dates: {cyclic: no, parts: [year, weekend, day_of_month, day_of_year]}}, {impute: "
      "{numbers: knn, donors: 50}}, {target_encode: {columns: [job]}}, hash_encode]",
      "steps: [dates, {impute: {numbers: iterative}}, {one_hot: {columns: [member]}}, ordinal]"};
  std::set<std::string> used;
  for (const std::string& yaml : settings) {
    const Json plan = PlanToJson(FitPlan(Mixed(), train, Section(yaml)));
    for (double shift : {1e6, -3.0, 1e-9}) {
      EXPECT_EQ(plan, PlanToJson(FitPlan(Mixed(shift), train, Section(yaml)))) << yaml;
    }
    for (const Json& step : plan["steps"]) used.insert(step["step"]);
  }
  for (const Spec* spec : StepSpecs()) EXPECT_THAT(used, Contains(spec->name));
}

TEST(PlanTest, EachNumberNamesTheColumnThatItWasMadeOf) {
  const Dataset data = Mixed();
  const Json section = Section(
      "steps: [dates, words, {one_hot: {columns: [member]}}, {target_encode: "
      "{columns: [job]}}, impute, encode_numbers, scale]");
  const FittedPlan plan = PlanFromJson(PlanToJson(FitPlan(data, Range(0, 300), section)), "plan");
  const Features features = ApplyPlan(plan, data);
  ASSERT_EQ(features.number_columns.size(), features.number_names.size());
  std::set<std::string> columns;
  for (size_t k = 0; k < features.number_names.size(); ++k) {
    const std::string& column = features.number_columns[k];
    const std::string rest = features.number_names[k].substr(column.size());
    EXPECT_THAT(features.number_names[k], testing::StartsWith(column));
    EXPECT_TRUE(rest.empty() || rest[0] == ':' || rest[0] == '=') << features.number_names[k];
    columns.insert(column);
  }
  EXPECT_THAT(columns, testing::ElementsAre("age", "day", "income", "job", "member", "note"));
}

// Features of training rows do not move with the test rows either, nor with the other rows' order.
TEST(PlanTest, CrossFittedFeaturesComeFromTheOtherTrainingRows) {
  const std::vector<int64_t> train = Range(0, 300);
  const Json section =
      Section("steps: [{target_encode: {columns: [job, member], folds: 3}}, impute]");
  const Dataset data = Mixed();
  const FittedPlan plan = FitPlan(data, train, section);
  const Features features = ApplyPlan(plan, data, &train);
  const auto at = [](const Features& f, const std::string& name, size_t row) {
    const auto column = std::ranges::find(f.number_names, name) - f.number_names.begin();
    return f.numbers[row * f.number_names.size() + static_cast<size_t>(column)];
  };
  const Features altered = ApplyPlan(FitPlan(Mixed(1e6), train, section), Mixed(1e6), &train);
  const Features fresh = ApplyPlan(plan, data);
  int differ = 0;
  for (size_t i = 0; i < 300; ++i) {
    EXPECT_EQ(at(features, "job:target", i), at(altered, "job:target", i));
    differ += at(features, "member:target", i) != at(fresh, "member:target", i);
  }
  EXPECT_GT(differ, 250);  // a training row is not encoded by itself
  for (size_t i = 300; i < 400; ++i) {
    EXPECT_EQ(at(features, "job:target", i), at(fresh, "job:target", i));
  }
  // Another label for one row leaves that row's own encoding as it was.
  TextCells labels = TextsOf(data, data.Find("y"));
  labels[7] = labels[7] == "good" ? "bad" : "good";
  const Dataset flipped = WithColumn(data, data.Find("y"), TextArray(labels));
  const Features other = ApplyPlan(FitPlan(flipped, train, section), flipped, &train);
  EXPECT_EQ(at(features, "job:target", 7), at(other, "job:target", 7));
}

TEST(PlanTest, RareValuesStandInThePlanAsSaltedHashesOnly) {
  TextCells town, label;
  for (int i = 0; i < 200; ++i) {
    town.push_back(i == 3 ? "Sant'Agata di Puglia" : i % 2 ? "Rome" : "Milan");
    label.push_back(i % 3 ? "yes" : "no");
  }
  const Dataset data = TestDataset()
                           .Text("town", town)
                           .Text("y", label, FeatureType::kCategory, Role::kTarget)
                           .Make();
  for (const char* yaml : {"{}", "steps: [one_hot]", "steps: [target_encode]",
                           "steps: [hash_encode]", "steps: [{ordinal: {min_rows: 5}}]"}) {
    const std::string text = PlanToJson(FitPlan(data, Range(0, 200), Section(yaml))).dump();
    EXPECT_EQ(text.find("Agata"), std::string::npos) << yaml;
  }
  EXPECT_THAT(PlanToJson(FitPlan(data, Range(0, 200), Section())).dump(), HasSubstr("rare_sha256"));
}

TEST(PlanTest, StepsRefuseNamedColumnsThatTheyDoNotApplyTo) {
  const auto why = [](const std::string& step) {
    std::map<std::string, std::string> reasons;
    const std::string columns = ": {columns: [age, note, day, name, nobody, job]}}]";
    for (const Json& entry :
         FitPlan(Mixed(), Range(0, 300), Section("steps: [{" + step + columns)).steps) {
      for (const Json& refusal : entry.at("refused")) {
        if (entry["step"] == step) reasons[refusal["column"]] = refusal["reason"];
      }
    }
    return reasons;
  };
  for (const char* step : {"one_hot", "ordinal", "target_encode", "hash_encode", "encode"}) {
    auto reasons = why(step);
    EXPECT_THAT(reasons["age"], HasSubstr("number column")) << step;
    EXPECT_THAT(reasons["note"], HasSubstr("free text")) << step;
    EXPECT_THAT(reasons["day"], HasSubstr("date column")) << step;
    EXPECT_THAT(reasons["nobody"], HasSubstr("no column of that name")) << step;
    EXPECT_FALSE(reasons.contains("job")) << step;
  }
}

// Why the steps of a plan fitted with `yaml` refused columns, by column.
std::map<std::string, std::string> Refusals(const std::string& yaml) {
  std::map<std::string, std::string> why;
  for (const Json& step : FitPlan(Mixed(), Range(0, 300), Section(yaml)).steps) {
    for (const Json& refusal : step.at("refused")) why[refusal["column"]] = refusal["reason"];
  }
  return why;
}

TEST(PlanTest, RefusesWithReasons) {
  auto why = Refusals("{}");
  EXPECT_THAT(why["name"], HasSubstr("identifies rows"));
  EXPECT_THAT(why["same"], HasSubstr("one value only"));
  EXPECT_EQ(why.size(), 2u);
  why = Refusals("steps: none");
  EXPECT_THAT(why["age"], HasSubstr("missing"));
  EXPECT_THAT(why["job"], HasSubstr("no step"));
  EXPECT_THAT(why["day"], HasSubstr("no step"));
}

TEST(PlanTest, FeaturesAreWhatTheirNamesSay) {
  const Dataset data = Mixed();
  const FittedPlan plan = FitPlan(data, Range(0, 300), Section());
  const Features features = ApplyPlan(plan, data);
  EXPECT_EQ(features.rows, 400);
  EXPECT_EQ(features.numbers.size(), 400 * features.number_names.size());
  EXPECT_THAT(features.number_names, Contains("age"));
  EXPECT_THAT(features.number_names, Contains("age:missing"));
  EXPECT_THAT(features.number_names, Contains("income:bin3"));
  EXPECT_THAT(features.number_names, Contains("day:day"));
  EXPECT_THAT(features.number_names, Contains("note:friend").Times(0));  // in every row
  EXPECT_THAT(features.number_names, Contains("note:old"));
  EXPECT_EQ(features.code_names, (std::vector<std::string>{"job", "member"}));
  EXPECT_EQ(features.cardinality, (std::vector<int32_t>{6, 3}));  // unknown, four jobs, missing
  for (float x : features.numbers) EXPECT_TRUE(std::isfinite(x));
  // Standardized on the training rows.
  const size_t width = features.number_names.size();
  const auto age = std::ranges::find(features.number_names, "age") - features.number_names.begin();
  double sum = 0, squares = 0;
  for (size_t i = 0; i < 300; ++i) {
    const double x = features.numbers[i * width + static_cast<size_t>(age)];
    sum += x;
    squares += x * x;
  }
  EXPECT_NEAR(sum / 300, 0, 1e-5);
  EXPECT_NEAR(squares / 300, 1, 1e-4);
  const Features altered = ApplyPlan(plan, Mixed(50));
  for (size_t i = 300; i < 400; ++i) EXPECT_EQ(altered.codes[2 * i + 1], 0);  // never seen
}

TEST(PlanTest, JsonCarriesThePlanToTheBit) {
  const Dataset data = Mixed();
  const FittedPlan plan = FitPlan(data, Range(0, 300), Section());
  const std::string text = PlanToJson(plan).dump(2);
  const FittedPlan back = PlanFromJson(ParseJson(text, "plan.json"), "plan.json");
  EXPECT_EQ(PlanToJson(back).dump(2), text);
  EXPECT_EQ(ApplyPlan(plan, data).numbers, ApplyPlan(back, data).numbers);
  EXPECT_EQ(ApplyPlan(plan, data).codes, ApplyPlan(back, data).codes);
}

TEST(PlanTest, DamagedPlansAreErrorsThatNameTheFile) {
  const auto fails = [](const Json& json) {
    try {
      PlanFromJson(json, "run/plan.json");
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kData);
      EXPECT_EQ(error.place().file, "run/plan.json");
      return true;
    }
    return false;
  };
  int altered = 0;
  for (const char* yaml :
       {"{}",
        "steps: [{dates: {cyclic: no}}, {impute: {numbers: knn, donors: 9}}, {one_hot: "
        "{columns: [member]}}, target_encode]",
        "steps: [{impute: {numbers: iterative}}, {ordinal: {columns: [member]}}, hash_encode]"}) {
    const Json good = PlanToJson(FitPlan(Mixed(), Range(0, 300), Section(yaml)));
    EXPECT_FALSE(fails(good));
    // Every value of the plan's state, made another type or taken away.
    const Json flat = good.flatten();
    for (const auto& [pointer, value] : flat.items()) {
      if (pointer.find("/state/") == std::string::npos && pointer.rfind("/steps", 0) == 0) continue;
      if (pointer.rfind("/reading", 0) == 0) continue;
      Json bad = good;
      bad[Json::json_pointer(pointer)] = value.is_object() ? Json(1) : Json::object();
      EXPECT_TRUE(fails(bad)) << pointer;
      ++altered;
    }
  }
  EXPECT_GT(altered, 100);
  EXPECT_TRUE(fails(Json::array()));
  EXPECT_TRUE(fails({{"format", 99}}));
}

TEST(PlanTest, TargetsAreLabelsOrScaledValues) {
  const Dataset data = Mixed(1);
  const FittedPlan plan = FitPlan(data, Range(0, 300), Section());
  EXPECT_EQ(plan.task, "classification");
  EXPECT_EQ(plan.classes, (std::vector<std::string>{"bad", "good"}));
  EXPECT_EQ(plan.positive, 0);  // the rarer
  const std::vector<int32_t> labels = LabelsOf(plan, data);
  EXPECT_EQ(labels[399], -1);  // "third" was never seen in training
  const Dataset numbers = TestDataset().Number("y", {1, 2, 3, 4, kMissing}, Role::kTarget).Make();
  const FittedPlan regression = FitPlan(numbers, {0, 1, 2, 3, 4}, Section());
  EXPECT_EQ(regression.task, "regression");
  EXPECT_DOUBLE_EQ(regression.target_mean, 2.5);
  EXPECT_DOUBLE_EQ(regression.target_scale, std::sqrt(1.25));
  EXPECT_TRUE(std::isnan(ValuesOf(regression, numbers)[4]));
  FittedPlan other = plan;
  SetPositive(&other, "good");
  EXPECT_EQ(other.positive, 1);
  EXPECT_THROW(SetPositive(&other, "nobody"), Error);
}

TEST(PlanTest, ATargetWithOneClassIsAnError) {
  try {
    FitPlan(Mixed(), {}, Section());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kData);
  }
  const Dataset one = TestDataset()
                          .Number("x", {1, 2, 3})
                          .Text("y", {"a", "a", "a"}, FeatureType::kCategory, Role::kTarget)
                          .Make();
  EXPECT_THROW(FitPlan(one, {0, 1, 2}, Section()), Error);
}

TEST(PlanTest, AMissingColumnOrAnotherTypeIsAnError) {
  const FittedPlan plan = FitPlan(Mixed(), Range(0, 300), Section());
  Dataset renamed = Mixed();
  renamed.columns[0].name = "years";
  EXPECT_THROW(ApplyPlan(plan, renamed), Error);
  const Dataset text = WithColumn(Mixed(), 0, TextArray(std::vector<std::string>(400, "x")));
  EXPECT_THROW(ApplyPlan(plan, text), Error);
}

TEST(PlanTest, AGapThatTrainingDidNotHaveIsFilledOrAnError) {
  std::vector<double> x = {1, 2, 3, 4, kMissing};
  const Dataset data =
      TestDataset()
          .Number("x", x)
          .Text("y", {"a", "b", "a", "b", "a"}, FeatureType::kCategory, Role::kTarget)
          .Make();
  const Features filled = ApplyPlan(FitPlan(data, {0, 1, 2, 3}, Section("steps: impute")), data);
  EXPECT_EQ(filled.numbers[4], 2.5f);
  const FittedPlan bare = FitPlan(data, {0, 1, 2, 3}, Section("steps: [scale]"));
  EXPECT_THROW(ApplyPlan(bare, data), Error);
}

}  // namespace
}  // namespace bottega
