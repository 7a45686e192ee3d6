// For tests of repairs that look at the source itself: a file in a folder of its own, opened.
#pragma once

#include <filesystem>
#include <string>

#include "audit/audit_section.h"
#include "audit/check.h"
#include "base/files.h"
#include "clean/clean_section_spec.h"
#include "clean/repairs.h"
#include "clean/steps.h"
#include "data/data_section_spec.h"
#include "data/open.h"
#include "split/test_dataset.h"

namespace bottega {

class TestSource {
 public:
  // No column is the target unless `data` (YAML of the data section beside `source`) says so.
  TestSource(const std::string& name, const std::string& bytes, const std::string& data = "") {
    WriteFileAtomic(folder_.path() / name, bytes);
    const Json section = ResolveSection(DataSection(), "source: " + name + "\n" + data);
    data_ = OpenDataset(section, folder_.path());
    if (data.find("target") != std::string::npos) return;
    for (Column& column : data_.columns) {
      if (column.role == Role::kTarget) column.role = Role::kFeature;
    }
  }

  const std::filesystem::path& folder() const { return folder_.path(); }
  const Dataset& data() const { return data_; }

  RepairPlan Plan(const std::string& clean = "{}") const {
    const Json section = ResolveSection(CleanSection(), clean, {RepairSpecs(), StepSpecs()});
    static const Json audit = ResolveSection(AuditSection(), "{}", {CheckSpecs()});
    return PlanRepairs(data_, section, {.audit_section = &audit});
  }

 private:
  TemporaryFolder folder_;
  Dataset data_;
};

inline std::vector<std::optional<std::string>> ColumnTexts(const Dataset& data,
                                                           const std::string& column) {
  return TextsOf(data, data.Find(column));
}

}  // namespace bottega
