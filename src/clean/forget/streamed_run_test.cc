#include "clean/forget/streamed_run.h"

#include <gtest/gtest.h>

#include "clean/forget/edit_run.h"
#include "clean/forget/forgotten.h"
#include "clean/test_source.h"

namespace bottega {
namespace {

using Rows = std::vector<int64_t>;

// A run whose sample has the rows 0, trained on, and 1, validated on.
class StreamedRunTest : public testing::Test {
 protected:
  StreamedRunTest() {
    MakeFolders(run_.path());
    run_.Write("manifest.json", {{"stream", {{"sample", 2}}}});
    WriteRowPlan(run_.File("split.parquet"), {.row = {0, 1},
                                              .part = {Part::kTrain, Part::kValidation},
                                              .fold = {-1, -1},
                                              .group = {-1, -1}});
  }

  SourceState Choosing(const Rows& rows) const {
    return {.present = true, .data = source_.data(), .chosen = rows, .change = {.gone = rows}};
  }

  TestSource source_{"people.csv", "name,town\nanna,Rome\nbruno,Bari\ncarla,Pisa\ndora,Rome\n"};
  const RunFolder run_{source_.folder() / "runs" / "20261201-000000-aaaa"};
};

TEST_F(StreamedRunTest, LearnedFromRowsBesideItsSample) {
  const SourceState state = Choosing({0, 1, 2, 3});
  EXPECT_EQ(LearnedBesideSample(run_, state), (Rows{2, 3}));
  const StaleRun stale = StaleOf(run_, state);
  EXPECT_EQ(stale.training, 3);
  EXPECT_EQ(stale.judging, 1);
}

TEST_F(StreamedRunTest, NeverSawRowsThatWereGoneBefore) {
  SourceState state = Choosing({2});
  state.missing = {3};
  state.change.gone = {2, 3};
  EXPECT_EQ(StaleOf(run_, state).training, 1);
  Forgotten forgotten = Forgotten::Read(source_.folder());
  forgotten.Add(Choosing({2}), {});
  MakeFolders(source_.folder() / ".bottega");
  WriteFileAtomic(ForgottenFile(source_.folder()), forgotten.Text());
  EXPECT_EQ(LearnedBesideSample(run_, Choosing({2, 3})), (Rows{3}));
  EXPECT_EQ(StaleOf(run_, state).training, 0);
}

TEST_F(StreamedRunTest, OtherRunsLearnedFromTheirSplitAlone) {
  run_.Write("manifest.json", Json::object());
  EXPECT_EQ(LearnedBesideSample(run_, Choosing({2, 3})), Rows());
  EXPECT_EQ(StaleOf(run_, Choosing({0, 2})).training, 1);
}

}  // namespace
}  // namespace bottega
