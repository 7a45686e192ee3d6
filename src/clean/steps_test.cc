#include "clean/steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numbers>
#include <numeric>

#include "base/json.h"
#include "base/test_folders.h"
#include "clean/clean_section_spec.h"
#include "clean/plan.h"
#include "clean/repairs.h"
#include "profile/normal.h"
#include "profile/quantiles.h"
#include "split/deal.h"
#include "split/test_dataset.h"

namespace bottega {
namespace {

const Json& Reference() {
  static const Json reference = ReadJson(TestReference("clean_reference.json"));
  return reference;
}

Json Section(const std::string& yaml) {
  return ResolveSection(CleanSection(), yaml, {RepairSpecs(), StepSpecs()});
}

std::vector<int64_t> All(const Dataset& data) { return data.rows; }

std::vector<double> NumbersFrom(const Json& list) {
  std::vector<double> numbers;
  for (const Json& x : list) numbers.push_back(x.is_null() ? kMissing : x.get<double>());
  return numbers;
}

void ExpectNear(const std::vector<double>& wanted, const std::vector<float>& got, double tolerance,
                const std::string& what) {
  ASSERT_EQ(wanted.size(), got.size()) << what;
  for (size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_NEAR(wanted[i], got[i], tolerance * std::max(1.0, std::abs(wanted[i])))
        << what << " " << i;
  }
}

TEST(ScaleStepTest, AgreesWithScikitLearn) {
  int compared = 0;
  for (const auto& [name, values] : Reference()["columns"].items()) {
    const Dataset data = TestDataset().Number("x", NumbersFrom(values)).Make();
    for (const char* method : {"standard", "robust", "min_max", "quantile", "log"}) {
      const Json section =
          Section(std::string("steps: [{scale: {quantiles: 20, method: ") + method + "}}]");
      const Features features = ApplyPlan(FitPlan(data, All(data), section), data);
      ExpectNear(NumbersFrom(Reference()["scaled"][name][method]), features.numbers, 1e-6,
                 name + " " + method);
      ++compared;
    }
  }
  EXPECT_EQ(compared, 15);
}

TEST(EncodeNumbersStepTest, AgreesWithNumpy) {
  for (const auto& [name, values] : Reference()["columns"].items()) {
    const Dataset data = TestDataset().Number("x", NumbersFrom(values)).Make();
    const Json section = Section("steps: [{encode_numbers: {bins: 8, keep: false}}]");
    const FittedPlan plan = FitPlan(data, All(data), section);
    ExpectNear(NumbersFrom(Reference()["scaled"][name]["bins"]), ApplyPlan(plan, data).numbers,
               1e-6, name);
  }
}

TEST(ImputeStepTest, AgreesWithScikitLearn) {
  const std::vector<double> gaps = NumbersFrom(Reference()["gaps"]);
  const Dataset data = TestDataset().Number("x", gaps).Make();
  for (const auto& [method, value] : Reference()["fill"].items()) {
    const Json section = Section("steps: [{impute: {numbers: " + method + "}}]");
    const Features features = ApplyPlan(FitPlan(data, All(data), section), data);
    ASSERT_EQ(features.number_names, (std::vector<std::string>{"x", "x:missing"}));
    for (size_t i = 0; i < gaps.size(); ++i) {
      const bool missing = std::isnan(gaps[i]);
      EXPECT_NEAR(features.numbers[2 * i], missing ? value.get<double>() : gaps[i], 1e-6);
      EXPECT_EQ(features.numbers[2 * i + 1], missing ? 1 : 0);
    }
  }
}

Dataset RowsOfReference() {
  std::vector<std::vector<double>> columns(4);
  for (const Json& row : Reference()["rows"]) {
    for (size_t j = 0; j < 4; ++j) columns[j].push_back(NumbersFrom(row)[j]);
  }
  TestDataset data;
  for (size_t j = 0; j < 4; ++j) data.Number("x" + std::to_string(j), columns[j]);
  return data.Make();
}

// Fitted on the first 80 rows; the other 20 are new.
TEST(ImputeStepTest, ImputesFromOtherColumnsAsScikitLearnDoes) {
  const Dataset data = RowsOfReference();
  std::vector<int64_t> train(80);
  std::iota(train.begin(), train.end(), 0);
  for (const std::string method : {"knn", "iterative"}) {
    const Json section = Section("steps: [{impute: {indicator: no, numbers: " + method + "}}]");
    const Features features = ApplyPlan(FitPlan(data, train, section), data);
    std::vector<double> wanted;
    for (const Json& row : Reference()["imputed"][method]) {
      for (const double x : NumbersFrom(row)) wanted.push_back(x);
    }
    ASSERT_EQ(wanted.size(), 400u);
    ExpectNear(wanted, features.numbers, 1e-5, method);
  }
}

TEST(ImputeStepTest, RowsWithoutAnythingKnownGetTheMeanAndIndicatorsStay) {
  Dataset data =
      TestDataset().Number("a", {1, 2, 3, 4, kMissing}).Number("b", {2, 4, 6, 9, kMissing}).Make();
  for (const char* method : {"knn", "iterative"}) {
    const Json section = Section(std::string("steps: [{impute: {numbers: ") + method + "}}]");
    const Features features = ApplyPlan(FitPlan(data, {0, 1, 2, 3, 4}, section), data);
    ASSERT_EQ(features.number_names,
              (std::vector<std::string>{"a", "b", "a:missing", "b:missing"}));
    EXPECT_NEAR(features.numbers[16], 2.5, 1e-5) << method;
    EXPECT_NEAR(features.numbers[17], 5.25, 1e-5) << method;
    EXPECT_EQ(features.numbers[18], 1) << method;
  }
}

TEST(TargetEncodeStepTest, AgreesWithScikitLearnWholeAndCrossFitted) {
  const Json& reference = Reference()["target"];
  TextCells kinds, binary, three;
  for (const Json& kind : reference["kinds"]) kinds.push_back(kind.get<std::string>());
  for (const Json& label : reference["binary"]) binary.push_back(label.get<std::string>());
  for (const Json& label : reference["three"]) three.push_back(label.get<std::string>());
  const std::vector<double> quantity = NumbersFrom(reference["quantity"]);
  const auto with = [&](const std::string& target) {
    TestDataset data;
    data.Text("kind", kinds);
    if (target == "quantity") {
      data.Number("y", quantity, Role::kTarget);
    } else {
      data.Text("y", target == "binary" ? binary : three, FeatureType::kCategory, Role::kTarget);
    }
    return data.Make();
  };
  int compared = 0;
  for (const auto& [name, encoded] : reference["encoded"].items()) {
    const std::string target = name.substr(0, name.find(' '));
    const std::string smooth = name.substr(name.find(' ') + 1);
    const Dataset data = with(target);
    const Json section =
        Section("steps: [{target_encode: {min_rows: 1" +
                (smooth == "auto" ? std::string("") : ", smooth: " + smooth) + "}}]");
    const FittedPlan plan = FitPlan(data, All(data), section);
    const std::vector<int64_t> train = All(data);
    for (const std::string form : {"whole", "crossed"}) {
      std::vector<double> wanted;
      for (const Json& row : encoded[form]) {
        for (const double x : NumbersFrom(row)) wanted.push_back(x);
      }
      const Features features = ApplyPlan(plan, data, form == "crossed" ? &train : nullptr);
      ExpectNear(wanted, features.numbers, 1e-5, name + " " + form);
      ++compared;
    }
  }
  EXPECT_EQ(compared, 8);
}

TEST(HashEncodeStepTest, AgreesWithScikitLearn) {
  TextCells tokens;
  for (const Json& token : Reference()["hashed"]["tokens"]) {
    tokens.push_back(token.get<std::string>());
  }
  const Dataset data = TestDataset().Text("t", tokens).Make();
  const Features features =
      ApplyPlan(FitPlan(data, All(data), Section("steps: [{hash_encode: {buckets: 7}}]")), data);
  std::vector<double> wanted;
  for (const Json& row : Reference()["hashed"]["columns"]) {
    for (const double x : NumbersFrom(row)) wanted.push_back(x);
  }
  ExpectNear(wanted, features.numbers, 0, "hashed");
}

TEST(OneHotStepTest, AColumnForEachFrequentValue) {
  TextCells color, member;
  for (int i = 0; i < 40; ++i) {
    color.push_back(i == 0       ? "teal"
                    : i % 4 == 1 ? std::optional<std::string>()
                    : i % 2      ? "red"
                                 : "blue");
    member.push_back(i % 3 ? "yes" : "no");
  }
  const Dataset data = TestDataset().Text("color", color).Text("member", member).Make();
  const Features features = ApplyPlan(FitPlan(data, All(data), Section("steps: [one_hot]")), data);
  EXPECT_EQ(features.number_names,
            (std::vector<std::string>{"color=blue", "color=red", "color:missing", "member=yes"}));
  EXPECT_EQ((std::vector<float>(features.numbers.begin(), features.numbers.begin() + 16)),
            (std::vector<float>{0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0, 0}));
  const Features all = ApplyPlan(
      FitPlan(data, All(data), Section("steps: [{one_hot: {drop: none, columns: [member]}}]")),
      data);
  EXPECT_EQ(all.number_names, (std::vector<std::string>{"member=no", "member=yes"}));
}

TEST(OrdinalStepTest, TakesTheGivenOrderAndNumbersAsNumbers) {
  TextCells size, grade;
  for (int i = 0; i < 30; ++i) {
    size.push_back(std::vector<std::string>{"S", "M", "L", "M", "M"}[static_cast<size_t>(i % 5)]);
    grade.push_back(std::to_string(8 + i % 5));  // "10" is more than "9"
  }
  size[4] = std::nullopt;
  size[9] = "huge";
  const Dataset data = TestDataset().Text("size", size).Text("grade", grade).Make();
  const Features features = ApplyPlan(
      FitPlan(data, All(data),
              Section("steps: [{ordinal: {order: {size: [S, M, L]}, columns: [grade]}}]")),
      data);
  EXPECT_EQ(features.number_names, (std::vector<std::string>{"size", "grade"}));
  EXPECT_EQ((std::vector<float>(features.numbers.begin(), features.numbers.begin() + 10)),
            (std::vector<float>{0, 0, 1, 1, 2, 2, 1, 3, 1, 4}));
  EXPECT_EQ(features.numbers[18], 1);  // "huge" is not in the order
}

TEST(ImputeStepTest, FillsCategoriesWhenAskedTo) {
  const Dataset data = TestDataset().Text("c", {"a", "b", "b", std::nullopt, "a", "b"}).Make();
  const Json section =
      Section("steps: [{impute: {categories: most_frequent}}, {encode: {min_rows: 1}}]");
  EXPECT_EQ(ApplyPlan(FitPlan(data, All(data), section), data).codes,
            (std::vector<int32_t>{1, 2, 2, 2, 1, 2}));
}

TEST(EncodeStepTest, KeepsTheValuesThatScikitLearnDoes) {
  TextCells values;
  for (const Json& value : Reference()["values"]) values.push_back(value.get<std::string>());
  const Dataset data = TestDataset().Text("c", values).Make();
  const FittedPlan plan = FitPlan(data, All(data), Section("steps: [encode]"));
  EXPECT_EQ(plan.steps[1]["state"]["columns"][0]["values"], Reference()["frequent"]);
  const Features features = ApplyPlan(plan, data);
  EXPECT_EQ(features.cardinality, (std::vector<int32_t>{4}));
  EXPECT_EQ(features.codes.front(), 1);
  EXPECT_EQ(features.codes.back(), 0);  // "e" is rare
}

TEST(EncodeStepTest, MissingIsAValueOfItsOwnWhereThereIsEnough) {
  TextCells values;
  for (int i = 0; i < 30; ++i) {
    values.push_back(i % 3 == 0 ? std::optional<std::string>() : i % 2 ? "a" : "b");
  }
  const Dataset data = TestDataset().Text("c", values).Make();
  const Features features = ApplyPlan(FitPlan(data, All(data), Section("steps: [encode]")), data);
  EXPECT_EQ(features.cardinality[0], 4);
  EXPECT_EQ(features.codes[0], 3);
}

TEST(EncodeStepTest, KeepsTheMostFrequentAndRefusesNames) {
  TextCells many, names;
  for (int i = 0; i < 600; ++i) {
    many.push_back("v" + std::to_string(i % 60 < 30 ? i % 60 : 0));
    names.push_back("n" + std::to_string(i));
  }
  const Dataset data = TestDataset().Text("many", many).Text("names", names).Make();
  const FittedPlan plan = FitPlan(data, All(data), Section("steps: [{encode: {max_values: 10}}]"));
  EXPECT_EQ(ApplyPlan(plan, data).cardinality, (std::vector<int32_t>{11}));
  ASSERT_EQ(plan.steps[1]["refused"].size(), 1u);
  EXPECT_EQ(plan.steps[1]["refused"][0]["column"], "names");
}

TEST(DatesStepTest, PartsOfTheCalendar) {
  const int64_t day = 86'400'000'000;
  // 1970-01-01 was a Thursday; row 1 is 1970-07-02 18:00.
  const Dataset data = TestDataset().Dates("t", {0, 182 * day + day * 3 / 4, std::nullopt}).Make();
  const FittedPlan plan = FitPlan(data, All(data),
                                  Section("steps: [dates, {impute: {numbers: constant, indicator: "
                                          "false, constant: -5}}]"));
  const Features features = ApplyPlan(plan, data);
  EXPECT_EQ(features.number_names,
            (std::vector<std::string>{"t:day", "t:month_sin", "t:month_cos", "t:hour_sin",
                                      "t:hour_cos"}));  // both are Thursdays
  EXPECT_FLOAT_EQ(features.numbers[5], 182.75f);
  EXPECT_NEAR(features.numbers[6], 0, 1e-6);
  EXPECT_NEAR(features.numbers[7], -1, 1e-6);  // July is opposite January
  EXPECT_NEAR(features.numbers[8], -1, 1e-6);  // 18:00
  EXPECT_EQ(features.numbers[10], -5);
}

TEST(DatesStepTest, OtherPartsAndPlainNumbers) {
  const int64_t day = 86'400'000'000;
  // 2024-02-29 (a leap day, Thursday) and 2023-12-31 (a Sunday).
  const Dataset data = TestDataset().Dates("t", {19782 * day, 19722 * day}).Make();
  const Features plain =
      ApplyPlan(FitPlan(data, All(data),
                        Section("steps: [{dates: {cyclic: no, parts: [year, weekend, day_of_month, "
                                "day_of_year, weekday]}}]")),
                data);
  EXPECT_EQ(plain.number_names, (std::vector<std::string>{"t:year", "t:weekend", "t:day_of_month",
                                                          "t:day_of_year", "t:weekday"}));
  EXPECT_EQ(plain.numbers, (std::vector<float>{2024, 0, 28, 59, 4, 2023, 1, 30, 364, 0}));
  const Features cyclic = ApplyPlan(
      FitPlan(data, All(data), Section("steps: [{dates: {parts: [day_of_year]}}]")), data);
  EXPECT_NEAR(cyclic.numbers[0], std::sin(2 * std::numbers::pi * 59 / 366), 1e-6);
  EXPECT_NEAR(cyclic.numbers[3], std::cos(2 * std::numbers::pi * 364 / 365), 1e-6);
}

TEST(WordsStepTest, VocabularyAndHash) {
  TextCells texts;
  for (int i = 0; i < 40; ++i) texts.push_back(i % 2 ? "Good, GOOD café!" : "bad a");
  const Dataset data = TestDataset().Text("t", texts, FeatureType::kText).Make();
  const Features words = ApplyPlan(FitPlan(data, All(data), Section("steps: [words]")), data);
  EXPECT_EQ(words.number_names, (std::vector<std::string>{"t:bad", "t:café", "t:good"}));
  EXPECT_EQ((std::vector<float>(words.numbers.begin(), words.numbers.begin() + 6)),
            (std::vector<float>{1, 0, 0, 0, 1, 1}));
  const Features hashed = ApplyPlan(
      FitPlan(data, All(data), Section("steps: [{words: {method: hash, most: 16}}]")), data);
  EXPECT_EQ(hashed.number_names.size(), 16u);
  for (size_t i = 0; i < 40; ++i) {
    double squares = 0;
    for (size_t k = 0; k < 16; ++k) squares += std::pow(hashed.numbers[16 * i + k], 2);
    EXPECT_NEAR(squares, 1, 1e-5);
  }
}

TEST(NormalQuantileTest, AgreesWithScipy) {
  const Json& reference = Reference()["normal"];
  for (size_t i = 0; i < reference["p"].size(); ++i) {
    const double x = reference["x"][i];
    EXPECT_NEAR(NormalQuantile(reference["p"][i]), x, 1e-13 * std::max(1.0, std::abs(x)));
  }
}

TEST(DealTest, StratifiesAtLeastAsWellAsScikitLearn) {
  const Json& reference = Reference()["split"];
  const auto labels = reference["labels"].get<std::vector<int32_t>>();
  const auto groups = reference["groups"].get<std::vector<int64_t>>();
  std::vector<double> total(3);
  for (int32_t label : labels) total[static_cast<size_t>(label)] += 1;
  const auto deviation = [&](const std::vector<int32_t>& part, const std::vector<double>& shares) {
    double worst = 0;
    for (size_t p = 0; p < shares.size(); ++p) {
      std::vector<double> count(3);
      for (size_t i = 0; i < part.size(); ++i) {
        count[static_cast<size_t>(labels[i])] += part[i] == static_cast<int32_t>(p);
      }
      for (size_t k = 0; k < 3; ++k)
        worst = std::max(worst, std::abs(count[k] - total[k] * shares[p]));
    }
    return worst;
  };
  std::vector<DealUnit> rows, units(60);
  for (size_t i = 0; i < labels.size(); ++i) {
    rows.push_back({static_cast<int64_t>(i), {{labels[i], 1}}});
  }
  std::vector<std::vector<int64_t>> counts(60, std::vector<int64_t>(3));
  for (size_t i = 0; i < labels.size(); ++i) {
    ++counts[static_cast<size_t>(groups[i])][static_cast<size_t>(labels[i])];
  }
  for (size_t g = 0; g < 60; ++g) {
    units[g].key = static_cast<int64_t>(g);
    for (int32_t k = 0; k < 3; ++k) {
      if (counts[g][static_cast<size_t>(k)] > 0) {
        units[g].counts.emplace_back(k, counts[g][static_cast<size_t>(k)]);
      }
    }
  }
  std::erase_if(units, [](const DealUnit& unit) { return unit.counts.empty(); });
  const std::vector<double> parts = {0.7, 0.15, 0.15}, folds(5, 0.2);
  for (uint64_t seed = 0; seed < 5; ++seed) {
    EXPECT_LE(deviation(Deal(rows, 3, parts, seed), parts),
              std::max(1.0, reference["stratified_deviation"].get<double>()));
    const std::vector<int32_t> of_unit = Deal(units, 3, folds, seed);
    std::vector<int32_t> of_group(60), part;
    for (size_t u = 0; u < units.size(); ++u)
      of_group[static_cast<size_t>(units[u].key)] = of_unit[u];
    for (int64_t group : groups) part.push_back(of_group[static_cast<size_t>(group)]);
    EXPECT_LE(deviation(part, folds), reference["grouped_deviation"].get<double>()) << seed;
  }
}

}  // namespace
}  // namespace bottega
