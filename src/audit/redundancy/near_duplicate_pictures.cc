#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& NearDuplicatePicturesSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "near_duplicate_pictures",
      .one_line =
          "pictures that are one picture saved, scaled, brightened, cropped, mirrored or turned",
      .text =
          "Candidates come from perceptual hashes; each is then compared pixel by pixel after the "
          "best small shift and zoom, so that pictures which merely resemble each other (digits, "
          "centred drawings) are left alone. Each is looked for as it is, mirrored, and turned by "
          "quarters. One finding for each group. Severity: warning.",
      .synonyms = {"similar_pictures", "perceptual_hash"},
      .source = "Zauner, Implementation and benchmarking of perceptual image hash functions, 2010",
  };
  return spec;
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  if (!data.HasPictures()) {
    findings.Skip("the data hold no pictures");
    return;
  }
  for (const DuplicateGroup& group : GroupsOfKind(context.shared.DuplicatesOfData(), false)) {
    Finding& finding = findings.Add(Severity::kWarning, PlaceOf(data, group.rows[1]),
                                    NameRows(data, group.rows) + " show the same picture (" +
                                        Percent(group.similarity) + " alike)",
                                    "keep the best one; the split keeps them in one part");
    finding.confidence = group.similarity >= 0.995 ? 0.95 : 0.85;
    finding.detail = {{"rows", RecordNumbers(data, group.rows)}, {"similarity", group.similarity}};
  }
}

}  // namespace

const Check& NearDuplicatePictures() {
  static const Check check = {&NearDuplicatePicturesSpec, &Run};
  return check;
}

}  // namespace bottega
