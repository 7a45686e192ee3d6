#include <filesystem>
#include <optional>
#include <set>

#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "audit/pictures/picture_extremes.h"
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "profile/voc_annotation.h"

namespace bottega {
namespace {

namespace fs = std::filesystem;

const Spec& AnnotationFilesSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "annotation_files",
      .one_line = "annotations beside pictures that contradict them: sizes, boxes, names",
      .text =
          "Looks at Pascal VOC files (`photo.xml` beside `photo.jpg`): a size that is not the "
          "picture's, boxes that are empty, turned round or outside the picture, boxes without a "
          "name, one box twice, boxes that are all of other classes than the picture's folder, and "
          "pictures without a file where most have one. Severity: warning; info where there is "
          "no box at all, or a file is missing. What lies inside a box is not looked at.",
      .params = {{.name = "slack",
                  .type = ParamType::kFloat,
                  .what = "pixels by which a box may stand out of the picture",
                  .fallback = 1,
                  .min = 0,
                  .max = 100,
                  .larger = "lets more careless boxes pass",
                  .smaller = "reports boxes that count pixels from 1"}},
      .synonyms = {"bounding_boxes", "voc", "detection", "annotations"},
  };
  return spec;
}

constexpr uintmax_t kMostBytes = 4 << 20;
constexpr double kUsual = 0.5;  // share of the pictures with a file from which on one is expected

fs::path AnnotationOf(const Dataset& data, const std::string& picture) {
  return (data.root / picture).replace_extension(".xml");
}

struct Annotated {
  int64_t position = 0;
  const PictureProperties* picture = nullptr;
  fs::path path;
  bool there = false;
  std::optional<VocAnnotation> annotation;  // nullopt: it cannot be read
};

std::vector<Annotated> AnnotatedPictures(const Dataset& data, const ReadPictures& pictures) {
  const auto cells = TextsOf(data, data.PictureIndex());
  std::vector<Annotated> out;
  for (size_t i = 0; i < pictures.size(); ++i) {
    const std::string cell = cells[static_cast<size_t>(pictures.position[i])].value_or("");
    Annotated one{.position = pictures.position[i], .picture = pictures.properties[i]};
    one.path = AnnotationOf(data, cell);
    std::error_code error;
    const uintmax_t bytes = cell.empty() || cell[0] == '#' ? 0 : fs::file_size(one.path, error);
    one.there = !error && bytes > 0;
    if (one.there && bytes <= kMostBytes) {
      try {
        one.annotation = ParseVocAnnotation(ReadFile(one.path));
      } catch (const Error&) {  // it is told as one that cannot be read
      }
    }
    out.push_back(std::move(one));
  }
  return out;
}

std::string SizeText(double width, double height) {
  return FormatNumber(width, 6) + " x " + FormatNumber(height, 6);
}

std::optional<std::string> WrongBox(const AnnotatedBox& box, const PictureProperties& picture,
                                    double slack) {
  const std::string what = box.name.empty() ? "a box" : "a box of " + Quote(box.name);
  if (!box.whole()) return what + " has no four sides";
  if (*box.right <= *box.left || *box.bottom <= *box.top) return what + " is empty or turned round";
  const bool inside = *box.left >= -slack && *box.top >= -slack &&
                      *box.right <= picture.width + slack && *box.bottom <= picture.height + slack;
  if (!inside) return what + " stands out of the picture";
  if (box.name.empty()) return what + " has no name";
  return std::nullopt;
}

// `label`: the picture's class where classes are names of boxes, else "".
std::vector<std::string> FaultsOf(const Annotated& one, const std::string& label, double slack) {
  const PictureProperties& picture = *one.picture;
  const VocAnnotation& annotation = *one.annotation;
  std::vector<std::string> faults;
  const double width = annotation.width.value_or(0), height = annotation.height.value_or(0);
  if (width != picture.width || height != picture.height) {
    faults.push_back("gives its size as " + SizeText(width, height) + ", it is " +
                     SizeText(picture.width, picture.height));
  }
  std::set<std::string> names;
  std::set<std::vector<double>> boxes;
  for (const AnnotatedBox& box : annotation.boxes) {
    names.insert(box.name);
    if (auto wrong = WrongBox(box, picture, slack)) {
      faults.push_back(*std::move(wrong));
    } else if (!boxes.insert({*box.left, *box.top, *box.right, *box.bottom}).second) {
      faults.push_back("has one box twice");
    }
  }
  if (!label.empty() && !names.empty() && !names.contains(label)) {
    faults.push_back("has no box of " + Quote(label) + ", the class of its folder, but of " +
                     Quote(*names.begin()));
  }
  return faults;
}

void Report(const AuditContext& context, const Annotated& one, Severity severity,
            const std::vector<std::string>& faults, Findings& findings) {
  const std::string file = one.path.filename().string();
  Finding& finding = findings.Add(
      severity, PlaceOf(context.data, one.position),
      one.there ? file + " " + Join(faults, "; it ")
                : "there is no " + file + " beside the picture",
      one.there ? "correct the annotation, or write it anew" : "annotate it, or set it aside");
  finding.confidence = severity == Severity::kWarning ? 0.95 : 0.7;
  finding.detail = {{"annotation", file}, {"faults", faults}};
}

// The class of each row, where it is the name of boxes too.
std::vector<std::string> LabelsOf(const AuditContext& context,
                                  const std::vector<Annotated>& pictures) {
  std::set<std::string> names;
  for (const Annotated& one : pictures) {
    if (!one.annotation) continue;
    for (const AnnotatedBox& box : one.annotation->boxes) names.insert(box.name);
  }
  std::vector<std::string> labels(static_cast<size_t>(context.data.size()));
  const int target = TargetIndex(context.data);
  if (target < 0 || !IsClassTarget(context.data)) return labels;
  const Codes& codes = context.shared.CodesOfColumn(target);
  for (size_t i = 0; i < labels.size(); ++i) {
    if (codes.code[i] < 0) continue;
    const std::string& label = codes.values[static_cast<size_t>(codes.code[i])];
    if (names.contains(label)) labels[i] = label;
  }
  return labels;
}

void Run(const AuditContext& context, Findings& findings) {
  const ReadPictures read = PicturesToJudge(context, findings);
  if (read.size() == 0) return;
  const std::vector<Annotated> pictures = AnnotatedPictures(context.data, read);
  const auto count = std::ranges::count(pictures, true, &Annotated::there);
  if (count == 0) {
    findings.Skip("no picture has an annotation file beside it");
    return;
  }
  const bool usual = static_cast<double>(count) >= kUsual * static_cast<double>(pictures.size());
  const std::vector<std::string> labels = LabelsOf(context, pictures);
  const double slack = context.settings.at("slack").get<double>();
  std::vector<float> scores(static_cast<size_t>(context.data.size()), std::nanf(""));
  for (const Annotated& one : pictures) {
    if (!one.there && !usual) continue;
    const size_t at = static_cast<size_t>(one.position);
    std::vector<std::string> faults;
    if (one.annotation) {
      faults = FaultsOf(one, labels[at], slack);
    } else if (one.there) {
      faults = {"cannot be read as an annotation"};
    }
    const bool bare = one.annotation && one.annotation->boxes.empty();
    scores[at] = !faults.empty() ? 0.0F : (bare || !one.there ? 0.5F : 1.0F);
    if (!faults.empty()) {
      Report(context, one, Severity::kWarning, faults, findings);
    } else if (bare || !one.there) {
      Report(context, one, Severity::kInfo, {"names no thing"}, findings);
    }
  }
  findings.Score(std::move(scores));
}

}  // namespace

const Check& AnnotationFiles() {
  static const Check check = {&AnnotationFilesSpec, &Run};
  return check;
}

}  // namespace bottega
