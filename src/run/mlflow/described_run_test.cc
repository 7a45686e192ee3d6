#include "run/mlflow/described_run.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/files.h"
#include "run/mlflow/http.h"
#include "run/mlflow/push.h"
#include "run/tags.h"

namespace bottega {
namespace {

class DescribedRunTest : public testing::Test {
 protected:
  DescribedRunTest() : run_(project_.path() / "runs" / "20260101-120000-aaaa") {
    manifest_ = {{"created", "2026-01-01T12:00:00Z"},
                 {"inputs", {{"sha256", "abc"}}},
                 {"recipe",
                  {{"data", {{"source", "loans.csv"}}},
                   {"audit", {{"rows", 5}}},
                   {"model", "auto"},
                   {"train", {{"batch", nullptr}, {"epochs", 3}, {"precision", "auto"}}}}}};
    run_.Write("manifest.json", manifest_);
  }

  const TemporaryFolder project_;
  const RunFolder run_;
  Json manifest_;
};

TEST_F(DescribedRunTest, WhatIsYetToBeChosenWaitsForTheEndOfTraining) {
  const DescribedRun running = DescribeForMlflow(run_, true);
  EXPECT_EQ(running.status, "RUNNING");
  EXPECT_EQ(running.start, 1767268800000);
  EXPECT_EQ(running.params.size(), 2U);
  EXPECT_EQ(running.params.at("train.epochs"), "3");
  EXPECT_EQ(DescribeForMlflow(run_, false).status, "KILLED");
  manifest_["recipe"]["train"]["batch"] = 16;
  manifest_["trained"] = {{"epochs", 3}, {"seconds", 1.5}};
  run_.Write("manifest.json", manifest_);
  const DescribedRun done = DescribeForMlflow(run_, true);
  EXPECT_EQ(done.status, "FINISHED");
  EXPECT_EQ(done.end, 1767268801500);
  EXPECT_EQ(done.params.at("train.batch"), "16");
  EXPECT_EQ(done.params.at("train.precision"), "auto");
  EXPECT_FALSE(done.params.contains("audit.rows"));
  EXPECT_EQ(done.uid, running.uid);
}

TEST_F(DescribedRunTest, CurvesComeFromTheLogUpToALineThatIsBeingWritten) {
  WriteFileAtomic(
      run_.File("log.jsonl"),
      R"({"event":"epoch","epoch":1,"step":10,"train.loss":0.5,"lr":0.1,"seconds":0.25})"
      "\n"
      R"({"event":"epoch","epoch":2,"step":20,"train.loss":null,"lr":0.1,"seconds":0.5})"
      "\n"
      R"({"event":"epoch","epoch":3,"ste)");
  std::vector<std::string> keys;
  for (const MlflowMetric& metric : DescribeForMlflow(run_, true).metrics) {
    keys.push_back(metric.key + " " + std::to_string(metric.step));
    EXPECT_EQ(metric.timestamp, 1767268800000 + (metric.step == 10 ? 250 : 500));
  }
  EXPECT_EQ(keys, (std::vector<std::string>{"epoch 10", "train/loss 10", "learning_rate 10",
                                            "epoch 20", "learning_rate 20"}));
}

TEST_F(DescribedRunTest, FinalScoresComeWithTheirIntervals) {
  run_.Write("metrics.json",
             {{"primary", "f1"},
              {"test", {{"rows", 5}, {"f1", {{"value", 0.5}, {"low", 0.25}, {"high", nullptr}}}}}});
  const DescribedRun run = DescribeForMlflow(run_, false);
  ASSERT_EQ(run.metrics.size(), 2U);
  EXPECT_EQ(run.metrics[0].key, "final/test/f1");
  EXPECT_EQ(run.metrics[1].key, "final/test/f1.low");
  EXPECT_EQ(run.artifacts, std::vector<std::string>{"metrics.json"});
}

TEST_F(DescribedRunTest, WhatIsOwedStaysOwedUntilItIsSent) {
  const std::string url = "http://127.0.0.1:1";
  EXPECT_TRUE(OwedRuns(project_.path(), url).empty());
  OwePush(run_, url + "/");
  ASSERT_EQ(OwedRuns(project_.path(), url).size(), 1U);
  EXPECT_TRUE(OwedRuns(project_.path(), "http://127.0.0.1:2").empty());
  try {
    PushRun(run_, url, false, 5);
    ADD_FAILURE() << "nobody listens there";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kIo);
  }
  EXPECT_EQ(OwedRuns(project_.path(), url).size(), 1U);
}

TEST(HttpServer, TakesAddressesOfServersWithoutSecrets) {
  EXPECT_EQ(CheckedUrl("http://a:5000/"), "http://a:5000");
  EXPECT_EQ(CheckedUrl("https://a/mlflow//"), "https://a/mlflow");
  for (const char* wrong : {"", "a:5000", "ftp://a", "http://", "http://a b", "http://a/?x=1",
                            "http://user:secret@a"}) {
    try {
      CheckedUrl(wrong);
      ADD_FAILURE() << wrong;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kUsage);
      EXPECT_EQ(std::string(error.what()).find("secret"), std::string::npos);
    }
  }
  EXPECT_EQ(UrlEncode("a b/ü~"), "a%20b%2F%C3%BC~");
  EXPECT_EQ(UrlEncode("a b/c", true), "a%20b/c");
}

}  // namespace
}  // namespace bottega
