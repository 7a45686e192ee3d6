// For tests of checks: one check alone, on small datasets.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "audit/audit_section.h"
#include "audit/check.h"
#include "audit/run_audit.h"
#include "base/files.h"
#include "base/random.h"
#include "data/generate/fruit_scene.h"
#include "data/io/folder.h"
#include "split/test_dataset.h"

namespace bottega {

// The audit with `check` alone; `settings` as in "{some: 0.1}".
inline AuditResult RunOnly(const std::string& check, const Dataset& data,
                           const std::string& settings = "{}", const RowPlan* split = nullptr) {
  const std::string yaml = "checks: [{" + check + ": " + settings + "}]";
  return RunAudit(data, ResolveSection(AuditSection(), yaml, {CheckSpecs()}), {.split = split});
}

// What `check` finds; it must have run.
inline std::vector<Finding> FindingsOf(const std::string& check, const Dataset& data,
                                       const std::string& settings = "{}",
                                       const RowPlan* split = nullptr) {
  const AuditResult result = RunOnly(check, data, settings, split);
  EXPECT_EQ(result.checks.size(), 1u);
  EXPECT_EQ(result.checks[0].name, check);
  EXPECT_EQ(result.checks[0].reason, "");
  EXPECT_EQ(result.checks[0].count, static_cast<int64_t>(result.findings.size()));
  return result.findings;
}

// Why `check` did not run.
inline std::string SkipReason(const std::string& check, const Dataset& data,
                              const std::string& settings = "{}") {
  const AuditResult result = RunOnly(check, data, settings);
  EXPECT_FALSE(result.checks[0].ran);
  EXPECT_TRUE(result.findings.empty());
  return result.checks[0].reason;
}

// Whole numbers below `limit`; `stream` keeps columns apart.
inline std::vector<double> RandomNumbers(int64_t n, int64_t stream, int64_t limit = 100'000) {
  std::vector<double> out;
  for (int64_t i = 0; i < n; ++i) {
    out.push_back(static_cast<double>(Random(1, Purpose::kSample, stream, i).Below(limit)));
  }
  return out;
}

inline TextCells RandomTexts(int64_t n, int64_t stream, const std::vector<std::string>& values) {
  TextCells out;
  for (const double at : RandomNumbers(n, stream, static_cast<int64_t>(values.size()))) {
    out.push_back(values[static_cast<size_t>(at)]);
  }
  return out;
}

// A binary target that says "yes" in the first `yes` of `n` rows.
inline TextCells YesNo(int64_t n, int64_t yes) {
  TextCells out(static_cast<size_t>(n), "no");
  std::fill(out.begin(), out.begin() + yes, "yes");
  return out;
}

inline void MakeSensitive(Dataset* data, const std::string& column) {
  data->columns[static_cast<size_t>(data->Find(column))].sensitive = true;
}

// A picture folder that is written file by file and then read.
class TestPictures {
 public:
  TestPictures& File(const std::string& path, const std::string& bytes) {
    WriteFileAtomic(folder_.path() / path, bytes);
    return *this;
  }
  // `per_class` different drawings each of apples and bananas: apple/0.jpg ...
  TestPictures& Fruit(int per_class) {
    for (int i = 0; i < per_class; ++i) {
      File("apple/" + std::to_string(i) + ".jpg", Jpeg(FruitKind::kApple, i));
      File("banana/" + std::to_string(i) + ".jpg", Jpeg(FruitKind::kBanana, i));
    }
    return *this;
  }
  static Picture Drawing(FruitKind kind, int index) {
    return DrawFruit(kind, index, 7, 64).picture;
  }
  static std::string Jpeg(FruitKind kind, int index, int quality = 90) {
    return EncodeJpeg(Drawing(kind, index), quality);
  }
  Dataset Read() const { return ReadPictureFolder(folder_.path(), Json::object()); }

 private:
  TemporaryFolder folder_;
};

}  // namespace bottega
