// What bad tables get: an Error with its place and a hint, or an issue; nothing is lost silently.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "base/files.h"
#include "data/io/parquet.h"
#include "data/open.h"

namespace bottega {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class BadInputTest : public testing::Test {
 protected:
  fs::path Write(const std::string& name, const std::string& bytes) {
    WriteFileAtomic(folder_.path() / name, bytes);
    return folder_.path() / name;
  }

  // The Error of opening `path`; every one has a place and a hint.
  Error ErrorOf(const fs::path& path, const std::string& target = "") {
    try {
      InferDataset(path, target);
    } catch (const Error& error) {
      EXPECT_FALSE(error.place().empty()) << error.message();
      EXPECT_FALSE(error.hint().empty()) << error.message();
      return error;
    }
    ADD_FAILURE() << "no Error for " << path;
    return Error(ErrorKind::kInternal, "none");
  }

  static std::vector<ReadIssue> IssuesOf(const Dataset& data, const std::string& kind) {
    std::vector<ReadIssue> issues;
    for (const ReadIssue& issue : data.issues) {
      if (issue.kind == kind) issues.push_back(issue);
    }
    return issues;
  }

  // n good rows "i,word,yes|no" below a header.
  static std::string Good(int n) {
    std::string csv = "age,city,pays\n";
    for (int i = 0; i < n; ++i) {
      csv += std::to_string(20 + i * 7 % 50) + (i % 2 ? ",Rome," : ",Bari,") +
             (i % 3 ? "yes\n" : "no\n");
    }
    return csv;
  }

  TemporaryFolder folder_;
};

TEST_F(BadInputTest, EmptyBlankAndHeaderOnlyFiles) {
  EXPECT_EQ(ErrorOf(Write("e.csv", "")).kind(), ErrorKind::kData);
  EXPECT_EQ(ErrorOf(Write("b.csv", "\n \n\n")).kind(), ErrorKind::kData);
  const Error header = ErrorOf(Write("h.csv", "age,city\n"));
  EXPECT_EQ(header.kind(), ErrorKind::kData);
  EXPECT_THAT(header.message(), HasSubstr("no row below"));
}

TEST_F(BadInputTest, MissingFileNamesItsNeighbours) {
  Write("loans.csv", Good(5));
  const Error error = ErrorOf(folder_.path() / "loan.csv");
  EXPECT_EQ(error.kind(), ErrorKind::kMissing);
  EXPECT_THAT(error.hint(), HasSubstr("loans.csv"));
}

TEST_F(BadInputTest, FolderAndBinaryFiles) {
  fs::create_directory(folder_.path() / "d");
  EXPECT_EQ(ErrorOf(folder_.path() / "d").kind(), ErrorKind::kData);
  EXPECT_THAT(ErrorOf(Write("x.xlsx", std::string("PK\x03\x04rest of it\0\0", 16))).message(),
              HasSubstr("ZIP"));
  std::string noise;
  for (int i = 0; i < 4000; ++i) noise += static_cast<char>(i * 37 % 251);
  EXPECT_EQ(ErrorOf(Write("noise.csv", noise)).kind(), ErrorKind::kData);
}

TEST_F(BadInputTest, RaggedRowsAreSetAsideWithTheirLine) {
  std::string csv = Good(30);
  csv += "1,Rome\n\n2,Rome,yes,more\n30,Bari,no\n";
  const Inference inference = InferDataset(Write("r.csv", csv), "pays");
  const std::vector<ReadIssue> issues = IssuesOf(inference.data, "ragged_row");
  ASSERT_EQ(issues.size(), 2u);
  EXPECT_EQ(issues[0].place.line, 32);
  EXPECT_EQ(issues[0].place.row, 30);
  EXPECT_EQ(issues[1].place.line, 34);
  EXPECT_EQ(issues[1].place.row, 31);
  EXPECT_EQ(inference.data.size(), 31);
  EXPECT_EQ(inference.data.rows.back(), 32);
}

TEST_F(BadInputTest, MostlyRaggedIsAnErrorAtTheFirstSuchLine) {
  std::string csv = "a,b,c\n1,2,3\n";
  for (int i = 0; i < 20; ++i) csv += std::string(static_cast<size_t>(i % 5 + 3), ',') + "\n";
  const Error error = ErrorOf(Write("m.csv", csv));
  EXPECT_EQ(error.kind(), ErrorKind::kData);
  EXPECT_GT(error.place().line, 1);
}

TEST_F(BadInputTest, LineOfTenMegabytes) {
  const std::string csv =
      Good(20) + "33,\"" + std::string(10 << 20, 'x') + "\",yes\n" + "34,Rome,no\n";
  const Inference inference = InferDataset(Write("long.csv", csv), "pays");
  EXPECT_EQ(inference.data.size(), 22);
  EXPECT_EQ(TextsOf(inference.data, 1)[20]->size(), size_t{10} << 20);
}

TEST_F(BadInputTest, InvalidUtf8AndNulBytesAreIssuesWithLines) {
  std::string csv = Good(20) +
                    "40,Z\xC3\xBCrich,yes\n41,\xC3\x84"
                    "b\xFF,no\n42,Ro" +
                    std::string(1, '\0') + "me,no\n";
  const Inference inference = InferDataset(Write("u.csv", csv), "pays");
  ASSERT_EQ(IssuesOf(inference.data, "invalid_utf8").size(), 1u);
  EXPECT_EQ(IssuesOf(inference.data, "invalid_utf8")[0].place.line, 23);
  ASSERT_EQ(IssuesOf(inference.data, "nul_bytes").size(), 1u);
  EXPECT_EQ(IssuesOf(inference.data, "nul_bytes")[0].place.line, 24);
  EXPECT_EQ(*TextsOf(inference.data, 1)[20], "Z\xC3\xBCrich");
}

TEST_F(BadInputTest, CellsThatAreNoNumbersBecomeMissing) {
  std::string csv = Good(100) + "abc,Rome,yes\ninf,Rome,yes\nNaN,Rome,no\n";
  const Inference inference = InferDataset(Write("n.csv", csv), "pays");
  EXPECT_EQ(inference.data.columns[0].type, FeatureType::kNumber);
  const auto mixed = IssuesOf(inference.data, "mixed_type");
  ASSERT_EQ(mixed.size(), 1u);
  EXPECT_EQ(mixed[0].place.line, 102);
  EXPECT_EQ(mixed[0].place.column, "age");
  EXPECT_EQ(IssuesOf(inference.data, "infinity").size(), 1u);
  for (size_t i = 100; i < 103; ++i) EXPECT_FALSE(TextsOf(inference.data, 0)[i].has_value());
}

TEST_F(BadInputTest, DuplicateAndEmptyColumnNames) {
  const Inference inference =
      InferDataset(Write("d.csv", "a,a,,y\n1,2,3,yes\n4,5,6,no\n7,8,9,no\n"), "y");
  EXPECT_EQ(inference.data.columns[1].name, "a_2");
  EXPECT_EQ(inference.data.columns[2].name, "c3");
  EXPECT_EQ(IssuesOf(inference.data, "duplicate_column").size(), 1u);
  const Error error = ErrorOf(Write("e.csv", "a,y,y\n1,no,no\n4,yes,yes\n7,no,no\n"), "y");
  EXPECT_EQ(error.kind(), ErrorKind::kData);
  EXPECT_EQ(error.place().column, "y");
}

TEST_F(BadInputTest, TargetWithoutValuesOrUnknown) {
  EXPECT_EQ(ErrorOf(Write("t.csv", "a,y\n1,\n2,NA\n3,?\n"), "y").kind(), ErrorKind::kData);
  const Error unknown = ErrorOf(Write("g.csv", Good(5)), "payz");
  EXPECT_EQ(unknown.kind(), ErrorKind::kRecipe);
  EXPECT_THAT(unknown.hint(), HasSubstr("--target pays"));
  EXPECT_EQ(ErrorOf(Write("g.csv", Good(5)), "9").kind(), ErrorKind::kRecipe);
  const Inference some = InferDataset(Write("s.csv", Good(40) + "30,Rome,\n"), "pays");
  EXPECT_FALSE(TextsOf(some.data, 2).back().has_value());
}

TEST_F(BadInputTest, UnclosedQuote) {
  std::string csv = Good(20);
  csv += "33,\"Rome,yes\n";
  csv += "33,Rome,yes\n33,Rome,yes\n";
  const Error error = ErrorOf(Write("q.csv", csv));
  EXPECT_EQ(error.kind(), ErrorKind::kData);
  EXPECT_EQ(error.place().line, 22);
}

std::string Gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string packed(text.size() + 100, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

TEST_F(BadInputTest, GzipWholeTwiceAndCutShort) {
  const std::string packed = Gzip(Good(200));
  EXPECT_EQ(InferDataset(Write("z.csv.gz", packed), "pays").data.size(), 200);
  const std::string more = Gzip("50,Rome,yes\n");
  EXPECT_EQ(InferDataset(Write("z2.csv.gz", packed + more), "pays").data.size(), 201);
  EXPECT_THAT(ErrorOf(Write("cut.csv.gz", packed.substr(0, packed.size() / 2))).message(),
              HasSubstr("cut short"));
}

TEST_F(BadInputTest, CorruptParquet) {
  EXPECT_EQ(ErrorOf(Write("p.parquet", "PAR1 this is none")).kind(), ErrorKind::kData);
  EXPECT_EQ(ErrorOf(Write("q.csv", "PAR1 this is none")).kind(), ErrorKind::kData);
}

}  // namespace
}  // namespace bottega
