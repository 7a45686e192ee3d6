#include <algorithm>
#include <cmath>
#include <numeric>

#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "audit/pictures/picture_extremes.h"
#include "base/text.h"
#include "profile/association.h"
#include "profile/quantiles.h"

namespace bottega {
namespace {

const Spec& SpuriousPicturePropertySpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "spurious_picture_property",
      .one_line = "properties of pictures that tell the class without showing it",
      .text =
          "Size, shape, file format, compression, border, light, colour and sharpness of the "
          "pictures "
          "are each held against the label: Cramer's V (0 independent to 1 the one tells the "
          "other) "
          "between up to eight ranges of the property and the classes, corrected for chance, with "
          "an "
          "interval. A property is reported when the lower end of the interval reaches `effect`: a "
          "model may then learn how the pictures were taken or stored. Severity: warning for size, "
          "shape, format and compression, which have nothing to do with what a picture shows, and "
          "for the border, which shows the background; info for light, colour and sharpness, which "
          "may be what the classes look like (the pictures alone cannot tell), and warning for "
          "light "
          "where the border has it too.",
      .params = {{.name = "effect",
                  .type = ParamType::kFloat,
                  .what = "lower end of Cramer's V from which on a property is reported",
                  .fallback = 0.35,
                  .min = 0.05,
                  .max = 1,
                  .larger = "reports only properties that nearly tell the class by themselves",
                  .smaller = "reports faint differences too"}},
      .synonyms = {"spurious_correlation", "shortcut", "confounder", "clever_hans"},
      .source = "Bergsma, A bias-correction for Cramer's V and Tschuprow's T, 2013",
  };
  return spec;
}

constexpr double kSameShape = 0.02;  // difference of shapes that rounding may explain
constexpr size_t kFewest = 50;
constexpr size_t kFewestOfClass = 10;

enum class Kind { kFile, kBorder, kContent };

struct Property {
  const char* name;
  const char* words;   // "the size of the picture"
  const char* family;  // of one family the strongest is reported
  Kind kind;
  double (*value)(const PictureProperties&);
};

double PixelsOf(const PictureProperties& p) { return static_cast<double>(p.width) * p.height; }

const std::vector<Property>& Properties() {
  using P = const PictureProperties&;
  static const std::vector<Property> all = {
      {"pixels", "the number of pixels", "size", Kind::kFile, &PixelsOf},
      {"width", "the width", "size", Kind::kFile, [](P p) -> double { return p.width; }},
      {"height", "the height", "size", Kind::kFile, [](P p) -> double { return p.height; }},
      {"aspect", "the shape (width by height)", "shape", Kind::kFile,
       [](P p) { return p.aspect(); }},
      {"format", "the file format", "format", Kind::kFile,
       [](P p) -> double { return p.format == "jpeg" ? 0 : (p.format == "png" ? 1 : 2); }},
      {"bytes_per_pixel", "the compression (bytes per pixel)", "compression", Kind::kFile,
       [](P p) { return static_cast<double>(p.bytes) / std::max(1.0, PixelsOf(p)); }},
      {"border_brightness", "the brightness of the border", "border", Kind::kBorder,
       [](P p) -> double { return p.border_brightness; }},
      {"border_contrast", "how plain the border is", "border", Kind::kBorder,
       [](P p) -> double { return p.border_contrast; }},
      {"brightness", "the brightness", "light", Kind::kContent,
       [](P p) -> double { return p.brightness; }},
      {"contrast", "the contrast", "light", Kind::kContent,
       [](P p) -> double { return p.contrast; }},
      {"grayscale", "whether it has colours", "colour", Kind::kContent,
       [](P p) -> double { return p.grayscale; }},
      {"colorfulness", "the colourfulness", "colour", Kind::kContent,
       [](P p) -> double { return p.colorfulness; }},
      {"blur", "the sharpness", "sharpness", Kind::kContent, [](P p) -> double { return p.blur; }},
  };
  return all;
}

// Number of the range that a value lies in: up to eight of equal counts, equal values together.
std::vector<int32_t> RangesOf(const std::vector<double>& values, int64_t* count) {
  std::vector<double> sorted = values;
  std::ranges::sort(sorted);
  std::vector<double> edges;
  for (int i = 1; i < 8; ++i) {
    const double edge = sorted[sorted.size() * static_cast<size_t>(i) / 8];
    if (edge > sorted.front() && (edges.empty() || edge > edges.back())) edges.push_back(edge);
  }
  // Two values of which the second is rare have no edge among the eighths.
  if (edges.empty() && sorted.back() > sorted.front()) edges.push_back(sorted.back());
  *count = static_cast<int64_t>(edges.size()) + 1;
  std::vector<int32_t> codes;
  for (const double value : values) {
    codes.push_back(static_cast<int32_t>(std::ranges::upper_bound(edges, value) - edges.begin()));
  }
  return codes;
}

struct Association {
  const Property* property = nullptr;
  Estimate v;
  double told = 0;               // share of the pictures whose class the ranges tell
  std::vector<double> of_class;  // median value of each class
};

double ShareTold(const Contingency& table) {
  double right = 0;
  for (int64_t r = 0; r < table.rows; ++r) {
    double most = 0;
    for (int64_t c = 0; c < table.columns; ++c) most = std::max(most, table.at(r, c));
    right += most;
  }
  return right / table.total();
}

struct Labelled {
  std::vector<const PictureProperties*> properties;
  std::vector<int32_t> label;
  std::vector<std::string> classes;
  double largest = 0;  // share of the most frequent class
};

// Makes values that differ by less than `share` one, from the lowest up: sizes are whole pixels, so
// that one shape comes as 1.333 and 1.339.
void MergeClose(double share, std::vector<double>* values) {
  std::vector<size_t> order(values->size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::sort(order, {}, [&](size_t i) { return (*values)[i]; });
  double first = -1;
  for (const size_t i : order) {
    if (first < 0 || (*values)[i] > first * (1 + share)) first = (*values)[i];
    (*values)[i] = first;
  }
}

Association Associate(const AuditContext& context, const Labelled& labelled,
                      const Property& property) {
  std::vector<double> values;
  for (const PictureProperties* p : labelled.properties) values.push_back(property.value(*p));
  if (property.name == std::string_view("aspect")) MergeClose(kSameShape, &values);
  int64_t ranges = 0;
  const std::vector<int32_t> codes = RangesOf(values, &ranges);
  Association out{.property = &property};
  if (ranges < 2) return out;
  const int64_t classes = static_cast<int64_t>(labelled.classes.size());
  const Contingency table = CountPairs(codes, ranges, labelled.label, classes);
  out.v = CramersVInterval(table, context.level, context.seed);
  out.told = ShareTold(table);
  for (int32_t c = 0; c < classes; ++c) {
    std::vector<double> of_class;
    for (size_t i = 0; i < values.size(); ++i) {
      if (labelled.label[i] == c) of_class.push_back(values[i]);
    }
    std::ranges::sort(of_class);
    out.of_class.push_back(Quantile(of_class, 0.5));
  }
  return out;
}

// Classes with few pictures are left out.
Labelled LabelledPictures(const AuditContext& context, const ReadPictures& pictures) {
  const Codes& codes = context.shared.CodesOfColumn(TargetIndex(context.data));
  std::vector<size_t> count(codes.values.size(), 0);
  for (const int64_t position : pictures.position) {
    const int32_t code = codes.code[static_cast<size_t>(position)];
    if (code >= 0) ++count[static_cast<size_t>(code)];
  }
  Labelled out;
  std::vector<int32_t> dense(codes.values.size(), -1);
  for (size_t c = 0; c < count.size(); ++c) {
    if (count[c] < kFewestOfClass) continue;
    dense[c] = static_cast<int32_t>(out.classes.size());
    out.classes.push_back(codes.values[c]);
    out.largest = std::max(out.largest, static_cast<double>(count[c]));
  }
  for (size_t i = 0; i < pictures.size(); ++i) {
    const int32_t code = codes.code[static_cast<size_t>(pictures.position[i])];
    if (code < 0 || dense[static_cast<size_t>(code)] < 0) continue;
    out.properties.push_back(pictures.properties[i]);
    out.label.push_back(dense[static_cast<size_t>(code)]);
  }
  out.largest /= static_cast<double>(std::max<size_t>(1, out.label.size()));
  return out;
}

// "'cats' 120, 'dogs' 80": the classes at both ends, by their median.
std::string EndsOf(const Association& found, const Labelled& labelled) {
  if (found.property->family == std::string("format") ||
      found.property->name == std::string("grayscale")) {
    return "";
  }
  const auto [low, high] = std::ranges::minmax_element(found.of_class);
  const auto name = [&](auto at) {
    return Quote(labelled.classes[static_cast<size_t>(at - found.of_class.begin())]) + " " +
           FormatNumber(*at, 3);
  };
  return "; median from " + name(low) + " to " + name(high);
}

void Report(const AuditContext& context, const Association& found, const Labelled& labelled,
            bool border_too, Findings& findings) {
  const Property& property = *found.property;
  const bool content = property.kind == Kind::kContent;
  std::string message = std::string(property.words) + " goes with the class (Cramer's V " +
                        FormatNumber(found.v.value, 2) + ", " + FormatNumber(found.v.low, 2) +
                        " to " + FormatNumber(found.v.high, 2) + "): alone it tells the class of " +
                        FormatPercent(found.told, 0) +
                        " of the pictures, the most frequent class " +
                        FormatPercent(labelled.largest, 0) + EndsOf(found, labelled);
  if (content && border_too) {
    message +=
        "; the border shows it too, so that it is the light or the background rather than "
        "the thing itself";
  } else if (content) {
    message +=
        "; whether the classes look like that or were only photographed so, the pictures "
        "cannot tell";
  }
  const char* fix =
      property.kind == Kind::kFile
          ? "store all pictures in one size, format and quality, or gather each class "
            "from all sources"
          : "gather pictures of every class in the same settings; until then, train "
            "with augmentation that varies it and look at explanations";
  Finding& finding =
      findings.Add(content && !border_too ? Severity::kInfo : Severity::kWarning,
                   PlaceOfColumn(context.data, context.data.PictureIndex()), message, fix);
  finding.confidence = content && !border_too ? 0.5 : 0.9;
  finding.detail = {{"property", property.name}, {"v", found.v.value},
                    {"low", found.v.low},        {"high", found.v.high},
                    {"told", found.told},        {"classes", labelled.classes},
                    {"medians", found.of_class}, {"largest_class", labelled.largest}};
}

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  const ReadPictures pictures = PicturesToJudge(context, findings);
  if (pictures.size() == 0) return;
  if (!IsClassTarget(data)) {
    findings.Skip(TargetIndex(data) < 0 ? "no column is the target" : "the target is a number");
    return;
  }
  const Labelled labelled = LabelledPictures(context, pictures);
  if (labelled.classes.size() < 2 || labelled.label.size() < kFewest) {
    findings.Skip("there are not two classes with 10 pictures each, and 50 in all");
    return;
  }
  const double effect = context.settings.at("effect").get<double>();
  std::vector<Association> strongest;  // of each family
  for (const Property& property : Properties()) {
    const Association found = Associate(context, labelled, property);
    if (found.v.low < effect) continue;
    const auto same = std::ranges::find_if(strongest, [&](const Association& a) {
      return std::string_view(a.property->family) == property.family;
    });
    if (same == strongest.end()) {
      strongest.push_back(found);
    } else if (found.v.value > same->v.value) {
      *same = found;
    }
  }
  const bool border = std::ranges::any_of(
      strongest, [](const Association& a) { return a.property->kind == Kind::kBorder; });
  for (const Association& found : strongest) {
    const bool light = std::string_view(found.property->family) == "light";
    Report(context, found, labelled, border && light, findings);
  }
}

}  // namespace

const Check& SpuriousPictureProperty() {
  static const Check check = {&SpuriousPicturePropertySpec, &Run};
  return check;
}

}  // namespace bottega
