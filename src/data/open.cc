#include "data/open.h"

#include <arrow/chunked_array.h>
#include <arrow/table.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "data/assemble.h"
#include "data/data_section_spec.h"
#include "data/infer/roles.h"
#include "data/io/folder.h"
#include "data/io/idx.h"
#include "data/io/source_bytes.h"
#include "data/text_setting.h"

namespace bottega {
namespace fs = std::filesystem;
namespace {

Json MapSetting(const Json& section, const char* key) {
  const auto at = section.find(key);
  return at != section.end() && at->is_object() ? *at : Json::object();
}

// A name or a number.
std::string TargetSetting(const Json& section) {
  const auto at = section.find("target");
  return at != section.end() && at->is_number_integer() ? std::to_string(at->get<int64_t>())
                                                        : TextSetting(section, "target");
}

std::string DecimalSetting(const Json& section) {
  const std::string decimal = TextSetting(section, "decimal");
  return decimal.empty() ? "auto" : decimal;
}

Assembled AssembleBy(const RawTable& table, const Json& section) {
  return Assemble(table, MapSetting(section, "types"), DecimalSetting(section));
}

// A source with its columns looked at.
Assembled ReadAny(const fs::path& source, const Json& section) {
  const std::string format = TextSetting(section, "format");
  const bool automatic = format.empty() || format == "auto";
  Assembled result;
  if (format == "idx" || (automatic && LooksLikeIdx(source))) {
    result.data = ReadIdx(source, section);
  } else if (format == "pictures" || (automatic && LooksLikePictureFolder(source))) {
    RequireExists(source);
    result.data = ReadPictureFolder(source, section);
  } else {
    return AssembleBy(ReadRaw(source, section), section);
  }
  for (int i = 0; i < result.data.table->num_columns(); ++i) {
    result.looks.push_back(LookAt(*result.data.table->column(i)));
  }
  return result;
}

// A second copy of the target among the features would give every label away.
void RejectRepeatedTarget(const Dataset& data, std::string target) {
  for (const ReadIssue& issue : data.issues) {
    if (issue.kind != "duplicate_column") continue;
    const std::string& given = issue.place.column;  // NAME_2
    const std::string name = given.substr(0, given.rfind('_'));
    if (target != name && target != given) continue;
    target = name;
    throw Error(ErrorKind::kData, "the target '" + target + "' is the name of more than one column",
                {.file = data.source.string(), .line = 1, .column = target},
                "`head -n 1 " + ShellQuote(data.source.string()) +
                    "` shows the names; give one of them another name");
  }
}

// Names and positions of the target, its task and type, the positive class; roles of the rest.
void Understand(const std::string& target, const std::string& task, Assembled* read,
                Inference* inference) {
  Dataset& data = read->data;
  const std::string file = data.source.string();
  int index = data.RoleIndex(Role::kTarget);
  std::string why = "as the folders say";
  if (!target.empty()) {
    index = FindTarget(data.columns, target, file);
    why = "as given";
  } else if (index < 0) {
    index = ProposeTarget(data.columns, read->looks);
    why = "by its name or its few values; choose another with --target COLUMN";
  }
  const auto at = static_cast<size_t>(index);
  const ColumnLook& look = read->looks[at];
  const bool told = !task.empty() && task != "auto";  // its values are still to be given
  if (look.filled == 0 && !told) {
    const auto other = static_cast<size_t>(ProposeTarget(data.columns, read->looks));
    throw Error(
        ErrorKind::kData, "the target '" + data.columns[at].name + "' has no value in any row",
        {.file = file, .column = data.columns[at].name},
        read->looks[other].distinct < 2
            ? "no column has two different values: `head " + ShellQuote(file) + "` shows rows"
            : "bottega init " + ShellQuote(file) + " --target " +
                  ShellQuote(data.columns[other].name) + " --force");
  }
  inference->target = data.columns[at].name;
  RejectRepeatedTarget(data, inference->target);
  inference->remarks.push_back("target '" + inference->target + "': " + why);
  const TaskGuess guess = GuessTask(inference->target, data.columns[at].type, look);
  inference->task = task.empty() || task == "auto" ? guess.task : task;
  inference->remarks.push_back(inference->task + ": " +
                               (inference->task == guess.task ? guess.why : "as the recipe says"));
  const FeatureType type = data.columns[at].type;
  const std::string typed = "the target of a " + inference->task;
  if (inference->task == "regression" && type != FeatureType::kNumber &&
      type != FeatureType::kDate) {
    Retype(index, FeatureType::kNumber, typed, &data);
  } else if (inference->task == "classification" && type != FeatureType::kBinary &&
             type != FeatureType::kCategory) {
    Retype(index, look.distinct == 2 ? FeatureType::kBinary : FeatureType::kCategory, typed, &data);
  }
  if (inference->task == "classification") inference->positive = GuessPositive(look);
  // Readers of pictures set roles themselves.
  std::vector<Column> before = data.columns;
  ProposeRoles(index, read->looks, &data.columns, &inference->remarks);
  for (size_t i = 0; i < before.size(); ++i) {
    if (before[i].role != Role::kFeature && before[i].role != Role::kTarget) {
      data.columns[i].role = before[i].role;
    }
  }
}

void DescribeReading(const Dataset& data, int64_t rows, std::vector<std::string>* remarks) {
  const Json& reading = data.reading;
  std::string line =
      FormatCount(rows) + " rows and " + std::to_string(data.columns.size()) + " columns";
  if (reading.contains("delimiter")) {
    const std::string delimiter = reading["delimiter"];
    line += ", separated by '" + (delimiter == "\t" ? "tab" : delimiter) + "', " +
            (reading["header"] == true ? "with" : "without") + " a line of names (" +
            reading.value("header_why", "") + ")";
  }
  if (reading.contains("encoding") && reading["encoding"] != "utf-8") {
    line += ", encoded in " + reading["encoding"].get<std::string>();
  }
  remarks->push_back(line);
  if (!data.issues.empty()) {
    remarks->push_back(FormatCount(static_cast<int64_t>(data.issues.size())) +
                       " things were odd while reading; `bottega audit` lists them");
  }
}

void DescribeTypes(const Dataset& data, std::vector<std::string>* remarks) {
  size_t described = 0;
  for (const Column& column : data.columns) {
    if (++described > 60) {
      remarks->push_back("... and " + std::to_string(data.columns.size() - 60) + " more columns");
      return;
    }
    remarks->push_back("'" + column.name + "' is " + std::string(FeatureTypeName(column.type)) +
                       ": " + column.why);
  }
}

int RequireColumn(const Dataset& data, const std::string& name, const std::string& where) {
  const int index = data.Find(name);
  if (index >= 0) return index;
  std::vector<std::string> names;
  for (const Column& column : data.columns) names.push_back(column.name);
  const std::vector<std::string> near = NearestNames(name, names);
  throw Error(ErrorKind::kRecipe, where + " names '" + name + "', which is no column of the data",
              {.file = data.source.string()},
              near.empty() ? "the columns are " + Join(names, ", ")
                           : "did you mean '" + Join(near, "' or '") + "'?");
}

void ApplyDeclarations(const Json& section, Dataset* data) {
  const Json roles = MapSetting(section, "roles");
  for (const auto& [name, role] : roles.items()) {
    const int index = RequireColumn(*data, name, "data.roles");
    if (!role.is_string()) {
      throw Error(ErrorKind::kRecipe, "the role of '" + name + "' must be a name",
                  {.column = name});
    }
    data->columns[static_cast<size_t>(index)].role = ParseRole(role.get<std::string>());
  }
  const Json people = MapSetting(section, "people");
  for (const auto& [what, column] : people.items()) {
    if (!column.is_string() || roles.contains(column.get<std::string>())) continue;
    const int index = RequireColumn(*data, column.get<std::string>(), "data.people." + what);
    Column& described = data->columns[static_cast<size_t>(index)];
    if (described.role == Role::kFeature) described.role = Role::kIgnored;
  }
  if (section.contains("ignore") && section["ignore"].is_array()) {
    for (const Json& name : section["ignore"]) {
      const int index = RequireColumn(*data, name.get<std::string>(), "data.ignore");
      data->columns[static_cast<size_t>(index)].role = Role::kIgnored;
    }
  }
  if (section.contains("sensitive") && section["sensitive"].is_array()) {
    for (Column& column : data->columns) column.sensitive = false;
    for (const Json& name : section["sensitive"]) {
      const int index = RequireColumn(*data, name.get<std::string>(), "data.sensitive");
      data->columns[static_cast<size_t>(index)].sensitive = true;
    }
  }
}

Inference Infer(Assembled read, int64_t rows, const fs::path& source, const std::string& target,
                const Json& settings) {
  read.data.source = source;
  Inference inference;
  DescribeReading(read.data, rows, &inference.remarks);
  Understand(target.empty() ? TargetSetting(settings) : target, TextSetting(settings, "task"),
             &read, &inference);
  ApplyDeclarations(settings, &read.data);
  DescribeTypes(read.data, &inference.remarks);
  for (const Column& column : read.data.columns) {
    if (column.sensitive) inference.sensitive.push_back(column.name);
  }
  inference.data = std::move(read.data);
  return inference;
}

Dataset Declared(Assembled read, const Json& section, const fs::path& source) {
  read.data.source = source;
  std::string target = TargetSetting(section);
  const Json roles = MapSetting(section, "roles");
  for (const auto& [name, role] : roles.items()) {
    if (role == "target" && target.empty()) target = name;
  }
  Inference inference;
  Understand(target, TextSetting(section, "task"), &read, &inference);
  ApplyDeclarations(section, &read.data);
  return std::move(read.data);
}

// What `section` says of how to read a table file, defaults written out.
Json TableSettings(const Json& section) {
  static const std::set<std::string> reading = {"format",  "delimiter", "encoding", "header",
                                                "decimal", "missing",   "types"};
  Json settings = Json::object();
  for (const Param& param : DataSection().params) {
    if (reading.contains(param.name)) {
      settings[param.name] = section.value(param.name, param.fallback);
    }
  }
  return settings;
}

}  // namespace

struct SourceRead {
  fs::path source;
  Json settings;  // TableSettings
  Assembled read;
};

Inference InferDataset(const fs::path& source, const std::string& target, const Json& settings) {
  auto read = std::make_shared<SourceRead>(
      SourceRead{source, TableSettings(settings), ReadAny(source, settings)});
  Inference inference = Infer(read->read, read->read.data.size(), source, target, settings);
  if (!read->read.data.HasPictures()) inference.read = std::move(read);
  return inference;
}

Dataset ReadTyped(const fs::path& source,
                  const std::function<Json(const std::vector<std::string>&)>& types_of) {
  Dataset data;
  if (LooksLikeIdx(source) || LooksLikePictureFolder(source)) {
    data = ReadAny(source, Json::object()).data;
  } else {
    const RawTable table = ReadRaw(source, Json::object());
    data = Assemble(table, types_of ? types_of(table.names) : Json::object(), "auto").data;
  }
  data.source = source;
  return data;
}

Inference InferSample(const RawTable& table, int64_t rows, const fs::path& source,
                      const std::string& target, const Json& settings) {
  return Infer(AssembleBy(table, settings), rows, source, target, settings);
}

fs::path SourcePath(const Json& section, const fs::path& folder) {
  const fs::path named = TextSetting(section, "source");
  return named.is_absolute() || folder.empty() ? named : folder / named;
}

Dataset OpenDataset(const Json& section, const fs::path& folder, const SourceRead* read) {
  const fs::path source = SourcePath(section, folder);
  const bool alike = read != nullptr &&
                     read->source.lexically_normal() == source.lexically_normal() &&
                     read->settings == TableSettings(section);
  return Declared(alike ? read->read : ReadAny(source, section), section, source);
}

Dataset OpenSample(const RawTable& table, const Json& section, const fs::path& source) {
  return Declared(AssembleBy(table, section), section, source);
}

}  // namespace bottega
