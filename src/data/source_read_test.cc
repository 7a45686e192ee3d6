#include "data/source_read.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "data/open.h"

namespace bottega {
namespace {

class SourceReadTest : public testing::Test {
 protected:
  SourceReadTest() { WriteFileAtomic(file_, "a,y\n1,x\n2\n3,z\n"); }

  const TemporaryFolder folder_;
  const std::filesystem::path file_ = folder_.path() / "d.csv";
  const Json section_ = {{"source", "d.csv"}, {"target", "y"}};
};

TEST_F(SourceReadTest, OpensWhatWasReadUnderTheNameThatIsGiven) {
  const Inference inference = InferDataset(file_, "y", section_);
  ASSERT_NE(inference.read, nullptr);
  const std::filesystem::path other = folder_.path() / "." / "d.csv";
  WriteFileAtomic(file_, "a,y\n7,x\n");  // a second reading would see this
  const std::optional<Assembled> table = inference.read->As(other, section_);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->data.size(), 2);
  ASSERT_EQ(table->data.issues.size(), 1u);
  EXPECT_EQ(table->data.issues[0].place.file, other.string());
  EXPECT_EQ(OpenDataset(section_, folder_.path(), inference.read.get()).size(), 2);
  EXPECT_EQ(OpenDataset(section_, folder_.path()).size(), 1);
}

TEST_F(SourceReadTest, ReadsAnewWhatIsToBeReadInAnotherWay) {
  const Inference inference = InferDataset(file_, "y", section_);
  for (const Json& setting : {Json{{"types", {{"a", "category"}}}}, Json{{"delimiter", ";"}},
                              Json{{"header", false}}, Json{{"missing", {"1"}}}}) {
    Json section = section_;
    section.update(setting);
    EXPECT_FALSE(inference.read->As(file_, section)) << setting;
  }
  EXPECT_FALSE(inference.read->As(folder_.path() / "e.csv", section_));
  Json roles = section_;
  roles["roles"] = {{"a", "ignored"}};
  EXPECT_TRUE(inference.read->As(file_, roles));
}

}  // namespace
}  // namespace bottega
