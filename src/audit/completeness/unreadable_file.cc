#include <set>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "base/text.h"
#include "profile/picture_scan.h"

namespace bottega {
namespace {

const Spec& UnreadableFileSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "unreadable_file",
      .one_line = "pictures that cannot be opened",
      .text =
          "Every picture is opened. One finding for each file that is not a picture, is damaged, "
          "too large or has a name that claims another format; those that end early are left to "
          "`truncated_pictures`. Severity: error for files that cannot be read, warning for "
          "pictures that are too large, info for foreign files and wrong names.",
      .synonyms = {"corrupt", "damaged"},
  };
  return spec;
}

struct Kind {
  Severity severity;
  const char* fix;
};

const Kind* KindOf(const std::string& kind) {
  static const Kind unreadable = {Severity::kError,
                                  "restore the file from its source, or delete it"};
  static const Kind large = {
      Severity::kWarning, "make the picture smaller, or save it as a JPEG that is not progressive"};
  static const Kind foreign = {Severity::kInfo, "move the file out of the picture folders"};
  static const Kind misnamed = {Severity::kInfo, "rename the file; it is used as it is"};
  if (kind == "unreadable_file") return &unreadable;
  if (kind == "too_large") return &large;
  if (kind == "foreign_file") return &foreign;
  return kind == "misnamed_file" ? &misnamed : nullptr;
}

// What only decoding shows; files that reading has reported already are left out.
void AddFromScan(const AuditContext& context, const std::set<std::string>& known,
                 Findings& findings) {
  const Dataset& data = context.data;
  const auto scans = ScanPictures(data);
  for (size_t i = 0; i < scans->size(); ++i) {
    const PictureScan& scan = (*scans)[i];
    if (scan.readable) continue;
    const Place place = PlaceOf(data, static_cast<int64_t>(i));
    if (known.contains(place.file)) continue;
    const Kind& kind = *KindOf("unreadable_file");
    findings.Add(kind.severity, place, place.file + " cannot be opened: " + scan.error, kind.fix);
  }
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  std::set<std::string> known;
  for (const ReadIssue& issue : data.issues) {
    const Kind* kind = KindOf(issue.kind);
    if (kind == nullptr) continue;
    known.insert(issue.place.file);
    Finding& finding = findings.Add(kind->severity, issue.place, issue.message, kind->fix);
    finding.detail = {{"kind", issue.kind}};
  }
  if (data.HasPictures() && data.size() > 0) {
    AddFromScan(context, known, findings);
  } else if (known.empty()) {
    findings.Skip("the data hold no pictures");
  }
}

}  // namespace

bool IsFileIssue(const std::string& kind) {
  return KindOf(kind) != nullptr || kind == "truncated_file";
}

const Check& UnreadableFile() {
  static const Check check = {&UnreadableFileSpec, &Run};
  return check;
}

}  // namespace bottega
