#include "run/receipt.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"

namespace bottega {
namespace {

Receipt Sample(const std::string& id) {
  return {.id = id,
          .time = "2026-01-02T03:04:05Z",
          .condition = "email = ...",
          .source = "people.csv",
          .source_sha256 = "aa",
          .source_sha256_after = "",
          .rows = 2,
          .files = {{"runs/r/split.parquet", "b0", "b1", "2 rows taken out"},
                    {"runs/r/model/model.safetensors", "c0", "", "removed"}},
          .stale = {{"r", 2, 0, ""}},
          .out_of_reach = {"copies made by other programs"},
          .previous = ""};
}

TEST(Receipt, IsReadAsItWasWritten) {
  const TemporaryFolder folder;
  WriteReceipt(folder.path(), Sample("1"));
  WriteReceipt(folder.path(), Sample("2"));
  const std::vector<Receipt> receipts = ListReceipts(folder.path());
  ASSERT_EQ(receipts.size(), 2u);
  EXPECT_EQ(receipts[0].ToJson(), Sample("1").ToJson());
  EXPECT_EQ(receipts[1].previous, Sha256OfFile(ReceiptFilePath(folder.path(), "1")));
}

TEST(Receipt, KeepsItsPlaceInTheChainWhenWrittenAgain) {
  const TemporaryFolder folder;
  for (const char* id : {"1", "2", "3"}) WriteReceipt(folder.path(), Sample(id));
  WriteReceipt(folder.path(), Sample("2"));
  const std::vector<Receipt> receipts = ListReceipts(folder.path());
  EXPECT_EQ(receipts[0].previous, "");
  EXPECT_EQ(receipts[1].previous, Sha256OfFile(ReceiptFilePath(folder.path(), "1")));
  EXPECT_EQ(receipts[2].previous, Sha256OfFile(ReceiptFilePath(folder.path(), "2")));
}

TEST(Receipt, AmendsHashesOneAfterTheOther) {
  Receipt first = Sample("1"), second = Sample("2");
  second.files = {{"runs/r/split.parquet", "b1", "b2", "1 row taken out"}};
  EXPECT_EQ(AmendedHash({first, second}, "runs/r/split.parquet", "b0"), "b2");
  EXPECT_EQ(AmendedHash({first, second}, "runs/r/split.parquet", "other"), "other");
  EXPECT_EQ(AmendedHash({first, second}, "runs/r/model/model.safetensors", "c0"), "");
  EXPECT_EQ(AmendedHash({first, second}, "runs/r/log.jsonl", "d0"), "d0");
}

TEST(Receipt, OfAnotherShapeIsAnError) {
  const TemporaryFolder folder;
  WriteFileAtomic(folder.path() / "receipts" / "1.json", "{\"format\": 1}");
  EXPECT_THROW(ListReceipts(folder.path()), Error);
}

}  // namespace
}  // namespace bottega
