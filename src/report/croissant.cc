#include "report/croissant.h"

#include "base/text.h"
#include "data/written.h"

namespace bottega {
namespace {

// The terms that the format's specification asks for, section "JSON-LD context".
Json Context() {
  Json context = {{"@language", "en"},
                  {"@vocab", "https://schema.org/"},
                  {"citeAs", "cr:citeAs"},
                  {"equivalentProperty", "cr:equivalentProperty"},
                  {"samplingRate", "cr:samplingRate"},
                  {"column", "cr:column"},
                  {"conformsTo", "dct:conformsTo"},
                  {"cr", "http://mlcommons.org/croissant/"},
                  {"rai", "http://mlcommons.org/croissant/RAI/"},
                  {"data", {{"@id", "cr:data"}, {"@type", "@json"}}},
                  {"dataType", {{"@id", "cr:dataType"}, {"@type", "@vocab"}}},
                  {"dct", "http://purl.org/dc/terms/"},
                  {"examples", {{"@id", "cr:examples"}, {"@type", "@json"}}},
                  {"sc", "https://schema.org/"}};
  for (const char* term :
       {"extract",   "field",         "fileProperty", "fileObject", "fileSet",  "format",
        "includes",  "isLiveDataset", "jsonPath",     "key",        "md5",      "parentField",
        "path",      "recordSet",     "references",   "regex",      "repeated", "replace",
        "separator", "source",        "subField",     "transform"}) {
    context[term] = std::string("cr:") + term;
  }
  return context;
}

// A column whose cells are not all written as their type is text to a reader that takes them as
// they stand.
const char* DataTypeOf(FeatureType type, bool plain) {
  switch (plain ? type : FeatureType::kText) {
    case FeatureType::kNumber:
      return "sc:Float";
    case FeatureType::kDate:
      return "sc:Date";
    case FeatureType::kPicture:
      return "sc:ImageObject";
    default:
      return "sc:Text";
  }
}

std::string FormatOf(const Dataset& data) {
  const std::string format = data.reading.value("format", "csv");
  if (format == "parquet") return "application/x-parquet";
  if (format == "json_lines") return "application/jsonlines";
  if (format == "tsv") return "text/tab-separated-values";
  return format == "csv" ? "text/csv" : "application/octet-stream";
}

std::string Identifier(const std::string& name) {
  std::string id;
  for (const char c : name) {
    id +=
        IsDigit(c) || std::isalpha(static_cast<unsigned char>(c)) || c == '_' || c == '-' ? c : '_';
  }
  return id.empty() ? "data" : id;
}

std::string About(const Column& column) {
  std::string about = std::string(FeatureTypeName(column.type));
  if (column.role != Role::kFeature) about += ", role " + std::string(RoleName(column.role));
  if (column.sensitive) about += ", sensitive";
  return about + (column.why.empty() ? "" : ": " + column.why);
}

Json Field(const Column& column, const std::string& record_set, Json source, bool plain = true) {
  return {{"@type", "cr:Field"},
          {"@id", record_set + "/" + Identifier(column.name)},
          {"name", column.name},
          {"description", About(column)},
          {"dataType", DataTypeOf(column.type, plain)},
          {"source", std::move(source)}};
}

Json FileObject(const CroissantFacts& facts, const std::string& format) {
  return {{"@type", "cr:FileObject"},
          {"@id", Identifier(facts.content)},
          {"name", facts.content},
          {"contentUrl", facts.content},
          {"contentSize", std::to_string(facts.bytes) + " B"},
          {"encodingFormat", format},
          {"sha256", facts.sha256}};
}

// Pictures: a set of files below one folder; the class is the folder that a picture lies in.
void DescribePictures(const CroissantFacts& facts, Json* croissant) {
  const std::string folder = Identifier(facts.content);
  const Json set = {{"@type", "cr:FileSet"},
                    {"@id", "pictures"},
                    {"name", "pictures"},
                    {"containedIn", {{"@id", folder}}},
                    {"encodingFormat", "image/jpeg"},
                    {"includes", "**/*"}};
  (*croissant)["distribution"] = Json::array({FileObject(facts, "application/x-directory"), set});
  const Json of_file = {{"fileSet", {{"@id", "pictures"}}},
                        {"extract", {{"fileProperty", "content"}}}};
  const Json of_path = {{"fileSet", {{"@id", "pictures"}}},
                        {"extract", {{"fileProperty", "fullpath"}}},
                        {"transform", {{"regex", ".*/([^/]+)/[^/]+$"}}}};
  const Json fields =
      Json::array({Field({.name = "picture", .type = FeatureType::kPicture}, "rows", of_file),
                   Field({.name = "label", .type = FeatureType::kCategory}, "rows", of_path)});
  const Json rows = {
      {"@type", "cr:RecordSet"}, {"@id", "rows"}, {"name", "rows"}, {"field", fields}};
  (*croissant)["recordSet"] = Json::array({rows});
}

void DescribeTable(const Dataset& data, const CroissantFacts& facts, Json* croissant) {
  (*croissant)["distribution"] = Json::array({FileObject(facts, FormatOf(data))});
  Json fields = Json::array();
  for (int i = 0; i < static_cast<int>(data.columns.size()); ++i) {
    const Column& column = data.columns[static_cast<size_t>(i)];
    const Written* written = WrittenOf(data, i);
    const bool styled = data.reading.contains("number_styles") &&
                        data.reading["number_styles"].contains(column.name);
    fields.push_back(Field(column, "rows",
                           {{"fileObject", {{"@id", Identifier(facts.content)}}},
                            {"extract", {{"column", column.name}}}},
                           (written == nullptr || written->empty()) && !styled));
  }
  const Json rows = {{"@type", "cr:RecordSet"},
                     {"@id", "rows"},
                     {"name", "rows"},
                     {"description", FormatCount(data.size()) + " rows"},
                     {"field", fields}};
  (*croissant)["recordSet"] = Json::array({rows});
}

}  // namespace

Json CroissantOf(const Dataset& data, const CroissantFacts& facts) {
  Json croissant = {
      {"@context", Context()},
      {"@type", "sc:Dataset"},
      {"conformsTo", "http://mlcommons.org/croissant/1.0"},
      {"name", facts.name},
      {"description", facts.description},
      {"datePublished", facts.published},
      {"version", "1.0.0"},
      {"creator", {{"@type", "sc:Organization"}, {"name", "bottega " + facts.version}}}};
  if (!facts.licence.empty()) croissant["license"] = facts.licence;
  if (data.HasPictures()) {
    DescribePictures(facts, &croissant);
  } else {
    DescribeTable(data, facts, &croissant);
  }
  return croissant;
}

}  // namespace bottega
