#include "audit/result_json.h"

#include <arrow/array.h>
#include <arrow/builder.h>
#include <arrow/table.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "data/arrow_support.h"
#include "data/io/parquet.h"
#include "data/values.h"

namespace bottega {
namespace {

constexpr const char* kFormat = "bottega audit 2";

Json PlaceToJson(const Place& place) {
  return {{"file", place.file.empty() ? Json() : Json(place.file)},
          {"row", place.row < 0 ? Json() : Json(place.row)},
          {"line", place.line < 0 ? Json() : Json(place.line)},
          {"column", place.column.empty() ? Json() : Json(place.column)}};
}

Place PlaceFromJson(const Json& json) {
  Place place;
  if (json.at("file").is_string()) place.file = json.at("file").get<std::string>();
  if (json.at("row").is_number()) place.row = json.at("row").get<int64_t>();
  if (json.at("line").is_number()) place.line = json.at("line").get<int64_t>();
  if (json.at("column").is_string()) place.column = json.at("column").get<std::string>();
  return place;
}

Json WaivedToJson(const std::optional<Waived>& waived) {
  if (!waived) return nullptr;
  return {{"reason", waived->reason}, {"by", waived->by}, {"until", waived->until}};
}

Json FindingToJson(const Finding& finding) {
  return {{"id", finding.id},
          {"check", finding.check},
          {"severity", SeverityName(finding.severity)},
          {"confidence", finding.confidence},
          {"place", PlaceToJson(finding.place)},
          {"message", finding.message},
          {"fix", finding.fix},
          {"waived", WaivedToJson(finding.waived)},
          {"known", finding.known},
          {"detail", finding.detail}};
}

Finding FindingFromJson(const Json& json) {
  Finding finding = {.id = json.at("id").get<std::string>(),
                     .check = json.at("check").get<std::string>(),
                     .severity = ParseSeverity(json.at("severity").get<std::string>()),
                     .confidence = json.at("confidence").get<double>(),
                     .place = PlaceFromJson(json.at("place")),
                     .message = json.at("message").get<std::string>(),
                     .fix = json.at("fix").get<std::string>(),
                     .detail = json.at("detail"),
                     .known = json.at("known").get<bool>()};
  const Json& waived = json.at("waived");
  if (waived.is_object()) {
    finding.waived = {waived.at("reason"), waived.at("by"), waived.at("until")};
  }
  return finding;
}

Json OutcomeToJson(const CheckOutcome& check) {
  return {{"name", check.name},
          {"ran", check.ran},
          {"reason", check.reason.empty() ? Json() : Json(check.reason)},
          {"fault", check.fault ? Json(KindName(*check.fault)) : Json()},
          {"count", check.count},
          {"open", {{"info", check.open[0]}, {"warning", check.open[1]}, {"error", check.open[2]}}},
          {"waived", check.waived},
          {"known", check.known},
          {"further", check.further}};
}

CheckOutcome OutcomeFromJson(const Json& json) {
  const Json &reason = json.at("reason"), &open = json.at("open");
  CheckOutcome check{.name = json.at("name").get<std::string>(),
                     .ran = json.at("ran").get<bool>(),
                     .reason = reason.is_string() ? reason.get<std::string>() : "",
                     .count = json.at("count").get<int64_t>(),
                     .open = {open.at("info"), open.at("warning"), open.at("error")},
                     .waived = json.at("waived").get<int64_t>(),
                     .known = json.at("known").get<int64_t>(),
                     .further = json.at("further").get<std::vector<std::string>>()};
  for (const ErrorKind kind : {ErrorKind::kInternal, ErrorKind::kData, ErrorKind::kMissing,
                               ErrorKind::kIo, ErrorKind::kBudget}) {
    if (json.at("fault") == KindName(kind)) check.fault = kind;
  }
  return check;
}

using Texts = std::vector<std::optional<std::string>>;

std::optional<std::string> UnlessEmpty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::shared_ptr<arrow::Array> PlaceNumbers(const std::vector<Finding>& findings,
                                           int64_t Place::* member) {
  arrow::Int64Builder builder;
  for (const Finding& finding : findings) {
    const int64_t value = finding.place.*member;
    CheckArrow(value < 0 ? builder.AppendNull() : builder.Append(value));
  }
  return ArrowValue(builder.Finish());
}

// `row` and columns of floats, NaN written as null.
class RowTable {
 public:
  explicit RowTable(const Dataset& data) {
    arrow::Int64Builder rows;
    CheckArrow(rows.AppendValues(data.rows));
    fields_ = {arrow::field("row", arrow::int64())};
    columns_ = {ArrowValue(rows.Finish())};
  }

  void Add(const std::string& name, const std::vector<float>& values) {
    std::vector<uint8_t> known(values.size());
    for (size_t i = 0; i < values.size(); ++i) known[i] = !std::isnan(values[i]);
    arrow::FloatBuilder builder;
    CheckArrow(
        builder.AppendValues(values.data(), static_cast<int64_t>(values.size()), known.data()));
    fields_.push_back(arrow::field(name, arrow::float32()));
    columns_.push_back(ArrowValue(builder.Finish()));
  }

  void Write(const std::filesystem::path& path) const {
    WriteParquet(path, *arrow::Table::Make(arrow::schema(fields_), columns_));
  }

 private:
  arrow::FieldVector fields_;
  std::vector<std::shared_ptr<arrow::Array>> columns_;
};

}  // namespace

Json AuditToJson(const AuditResult& result, int64_t most_per_check) {
  std::map<std::string_view, std::vector<std::string>> further;
  std::map<std::string_view, int64_t> written;
  Json findings = Json::array();
  for (const Finding& finding : result.findings) {
    if (written[finding.check]++ < most_per_check) {
      findings.push_back(FindingToJson(finding));
    } else {
      further[finding.check].push_back(finding.id);
    }
  }
  Json checks = Json::array();
  for (CheckOutcome check : result.checks) {
    if (const auto at = further.find(check.name); at != further.end()) {
      std::ranges::move(at->second, std::back_inserter(check.further));
    }
    checks.push_back(OutcomeToJson(check));
  }
  Json json = {{"format", kFormat},
               {"source", result.source},
               {"sha256", result.sha256},
               {"rows", result.rows},
               {"sampled", result.sampled},
               {"checks", std::move(checks)},
               {"findings", std::move(findings)}};
  if (result.policy.is_object()) json["policy"] = result.policy;
  return json;
}

AuditResult AuditFromJson(const Json& json, const std::string& file) {
  try {
    if (json.at("format") != kFormat) {
      throw Error(ErrorKind::kData, "is no audit of a format that this program reads", {file},
                  "run `bottega audit` again");
    }
    AuditResult result{.rows = json.at("rows").get<int64_t>(),
                       .sampled = json.value("sampled", int64_t{0}),
                       .source = json.at("source").get<std::string>(),
                       .sha256 = json.at("sha256").get<std::string>()};
    for (const Json& check : json.at("checks")) result.checks.push_back(OutcomeFromJson(check));
    for (const Json& finding : json.at("findings")) {
      result.findings.push_back(FindingFromJson(finding));
    }
    if (json.contains("policy")) result.policy = json["policy"];
    return result;
  } catch (const Json::exception& error) {
    throw Error(ErrorKind::kData, std::string("is no audit: ") + error.what(), {file},
                "run `bottega audit` again");
  }
}

void WriteFindings(const std::filesystem::path& path, const AuditResult& result) {
  Texts id, check, severity, file, column, message, fix, waived, detail;
  std::vector<double> confidence;
  for (const Finding& f : result.findings) {
    id.push_back(f.id);
    check.push_back(f.check);
    severity.push_back(std::string(SeverityName(f.severity)));
    confidence.push_back(f.confidence);
    file.push_back(UnlessEmpty(f.place.file));
    column.push_back(UnlessEmpty(f.place.column));
    message.push_back(f.message);
    fix.push_back(f.fix);
    waived.push_back(f.waived ? std::optional(f.waived->reason) : std::nullopt);
    detail.push_back(f.detail.dump(-1, ' ', false, Json::error_handler_t::replace));
  }
  const arrow::FieldVector fields = {
      arrow::field("id", arrow::utf8()),       arrow::field("check", arrow::utf8()),
      arrow::field("severity", arrow::utf8()), arrow::field("confidence", arrow::float64()),
      arrow::field("file", arrow::utf8()),     arrow::field("row", arrow::int64()),
      arrow::field("line", arrow::int64()),    arrow::field("column", arrow::utf8()),
      arrow::field("message", arrow::utf8()),  arrow::field("fix", arrow::utf8()),
      arrow::field("waived", arrow::utf8()),   arrow::field("detail", arrow::utf8())};
  const std::vector<std::shared_ptr<arrow::Array>> columns = {
      TextArray(id),
      TextArray(check),
      TextArray(severity),
      NumberArray(confidence),
      TextArray(file),
      PlaceNumbers(result.findings, &Place::row),
      PlaceNumbers(result.findings, &Place::line),
      TextArray(column),
      TextArray(message),
      TextArray(fix),
      TextArray(waived),
      TextArray(detail)};
  WriteParquet(path, *arrow::Table::Make(arrow::schema(fields), columns));
}

std::vector<Finding> ReadFindings(const std::filesystem::path& path) {
  const auto table = ReadParquet(path);
  const auto column = [&](const char* name) {
    const auto found = table->GetColumnByName(name);
    if (!found) {
      throw Error(ErrorKind::kData, std::string("lacks the column '") + name + "'", {path.string()},
                  "run `bottega audit` again");
    }
    return OneChunk(found);
  };
  const auto text = [&](const char* name) {
    return [array = column(name)](int64_t i) { return TextOfCell(*array, i).value_or(""); };
  };
  const auto id = text("id"), check = text("check"), severity = text("severity"),
             confidence = text("confidence"), file = text("file"), row = text("row"),
             line = text("line"), of = text("column"), message = text("message"), fix = text("fix"),
             detail = text("detail");
  const auto waived = column("waived");
  std::vector<Finding> findings;
  for (int64_t i = 0; i < table->num_rows(); ++i) {
    findings.push_back({.id = id(i),
                        .check = check(i),
                        .severity = ParseSeverity(severity(i)),
                        .confidence = ParseNumber(confidence(i)).value_or(0),
                        .place = {.file = file(i),
                                  .row = ParseInteger(row(i)).value_or(-1),
                                  .line = ParseInteger(line(i)).value_or(-1),
                                  .column = of(i)},
                        .message = message(i),
                        .fix = fix(i),
                        .detail = ParseJson(detail(i), path.string())});
    if (!waived->IsNull(i)) {
      findings.back().waived = {.reason = TextOfCell(*waived, i).value_or("")};
    }
  }
  return findings;
}

void WriteScores(const std::filesystem::path& path, const Dataset& data,
                 const AuditResult& result) {
  if (result.scores.empty()) return;
  RowTable table(data);
  for (const CheckScores& scores : result.scores) table.Add(scores.check, scores.rows);
  table.Write(path);
}

void WriteProbabilities(const std::filesystem::path& path, const Dataset& data,
                        const AuditResult& result) {
  if (result.probabilities.empty()) return;
  const CheckProbabilities& p = result.probabilities[0];
  const size_t classes = p.classes.size();
  RowTable table(data);
  std::vector<float> column(p.values.size() / classes);
  for (size_t c = 0; c < classes; ++c) {
    for (size_t i = 0; i < column.size(); ++i) column[i] = p.values[i * classes + c];
    table.Add("p." + p.classes[c], column);
  }
  table.Write(path);
}

}  // namespace bottega
