#include "data/io/side_table.h"

#include <arrow/array.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "data/arrow_support.h"
#include "data/values.h"

namespace bottega {
namespace {

using testing::HasSubstr;

class SideTableTest : public testing::Test {
 protected:
  std::vector<SideColumn> Read(const std::vector<std::string>& pictures = {"a/1.jpg", "a/2.jpg",
                                                                           "b/3.jpg", "b/4.jpg"}) {
    issues_ = IssueList();
    return ReadSideTable(folder_.path(), pictures, &issues_);
  }
  void File(const std::string& name, const std::string& bytes) {
    WriteFileAtomic(folder_.path() / name, bytes);
  }
  static std::vector<std::string> Cells(const SideColumn& column) {
    std::vector<std::string> out;
    for (int64_t i = 0; i < column.values->length(); ++i) {
      out.push_back(TextOfCell(*column.values, i).value_or("(none)"));
    }
    return out;
  }

  TemporaryFolder folder_;
  IssueList issues_;
};

TEST_F(SideTableTest, TypesAndRolesByContentAndName) {
  File("t.csv",
       "file,ripeness,color,Group\nb/3.jpg,0.5,red,g1\na/1.jpg,1,,g2\na/2.jpg,,green,g1\n"
       "b/4.jpg,-2e1,7,\n");
  const std::vector<SideColumn> columns = Read();
  ASSERT_EQ(columns.size(), 3u);
  EXPECT_EQ(columns[0].column.name, "ripeness");
  EXPECT_EQ(columns[0].column.type, FeatureType::kNumber);
  EXPECT_EQ(Cells(columns[0]), (std::vector<std::string>{"1", "(none)", "0.5", "-20"}));
  EXPECT_EQ(columns[1].column.type, FeatureType::kCategory);
  EXPECT_EQ(Cells(columns[1]), (std::vector<std::string>{"(none)", "green", "red", "7"}));
  EXPECT_EQ(columns[2].column.role, Role::kGroup);
  EXPECT_EQ(Cells(columns[2]), (std::vector<std::string>{"g2", "g1", "g1", "(none)"}));
  EXPECT_TRUE(issues_.empty());
}

TEST_F(SideTableTest, NamesOfFilesAndOtherSeparators) {
  File("t.tsv", "x\tpath\n1\t1.jpg\n2\t./a/2.jpg\n3\tb\\3.jpg\n4\t4.jpg\n");
  const std::vector<SideColumn> columns = Read();
  ASSERT_EQ(columns.size(), 1u);
  EXPECT_EQ(Cells(columns[0]), (std::vector<std::string>{"1", "2", "3", "4"}));
}

TEST_F(SideTableTest, FileNamesThatTwoPicturesHaveNameNone) {
  File("t.csv", "file,x\n1.jpg,1\n2.jpg,2\nb/1.jpg,3\n");
  const std::vector<SideColumn> columns = Read({"a/1.jpg", "a/2.jpg", "b/1.jpg"});
  ASSERT_EQ(columns.size(), 1u);
  EXPECT_EQ(Cells(columns[0]), (std::vector<std::string>{"(none)", "2", "3"}));
  EXPECT_EQ(issues_.CountOf("partial_table"), 1);
}

TEST_F(SideTableTest, ATableOfHalfThePicturesIsUsedWithAnIssue) {
  File("t.csv", "file,x\na/1.jpg,1\na/2.jpg,2\n");
  EXPECT_EQ(Read().size(), 1u);
  const std::vector<ReadIssue> issues = issues_.Finish("folder");
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(issues[0].kind, "partial_table");
  EXPECT_EQ(issues[0].place.file, "t.csv");
  EXPECT_THAT(issues[0].message, HasSubstr("no line for 2 of the pictures"));
  File("t.csv", "file,x\na/1.jpg,1\n");
  EXPECT_TRUE(Read().empty());
  EXPECT_TRUE(issues_.empty());
}

TEST_F(SideTableTest, SeveralLinesForAPictureCountOnce) {
  File("t.csv", "file,x\na/1.jpg,1\na/1.jpg,2\na/2.jpg,3\na/2.jpg,4\n");
  EXPECT_EQ(Read().size(), 1u);
  EXPECT_EQ(issues_.CountOf("partial_table"), 1);
  File("t.csv", "file,x\na/1.jpg,1\na/1.jpg,2\na/1.jpg,3\n");
  EXPECT_TRUE(Read().empty());
}

TEST_F(SideTableTest, ColumnsWithoutAName) {
  File("t.csv", ",file,x\n0,a/1.jpg,5\n1,a/2.jpg,6\n2,b/3.jpg,7\n3,b/4.jpg,8\n");
  const std::vector<SideColumn> columns = Read();
  ASSERT_EQ(columns.size(), 2u);
  EXPECT_EQ(columns[0].column.name, "c1");
  EXPECT_EQ(columns[1].column.name, "x");
}

TEST_F(SideTableTest, TheFirstOfSeveralTablesWins) {
  File("b.csv", "file,x,y\na/1.jpg,1,1\na/2.jpg,1,1\nb/3.jpg,1,1\nb/4.jpg,1,1\n");
  File("a.csv", "file,x\na/1.jpg,5\na/2.jpg,5\nb/3.jpg,5\nb/4.jpg,5\n");
  File("other.csv", "age,income\n1,2\n3,4\n");
  File(".hidden.csv", "file,z\na/1.jpg,5\na/2.jpg,5\nb/3.jpg,5\nb/4.jpg,5\n");
  const std::vector<SideColumn> columns = Read();
  ASSERT_EQ(columns.size(), 2u);
  EXPECT_EQ(Cells(columns[0])[0], "5");
  EXPECT_EQ(columns[1].column.name, "y");
  EXPECT_EQ(columns[1].column.why, "from b.csv");
}

TEST_F(SideTableTest, DamagedTablesAreIssues) {
  File("t.csv", "");
  File("u.csv", std::string("PK\x03\x04rest", 8));
  EXPECT_TRUE(Read().empty());
  EXPECT_EQ(issues_.CountOf("unreadable_file"), 2);
  for (const ReadIssue& issue : issues_.Finish("folder")) {
    EXPECT_THAT(issue.message, HasSubstr("the table is left out"));
  }
}

}  // namespace
}  // namespace bottega
