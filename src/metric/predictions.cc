#include "metric/predictions.h"

#include <arrow/array.h>
#include <arrow/builder.h>
#include <arrow/table.h>
#include <arrow/type.h>
#include <arrow/util/key_value_metadata.h>

#include <cmath>

#include "base/error.h"
#include "base/json.h"
#include "data/arrow_support.h"
#include "data/io/parquet.h"

namespace bottega {

namespace {

constexpr const char* kMetadataKey = "bottega.predictions";
constexpr const char* kWrittenBy = "only files that bottega wrote are read here";

template <class Builder, class Values, class IsNull>
std::shared_ptr<arrow::Array> Build(const Values& values, IsNull is_null) {
  Builder builder;
  CheckArrow(builder.Reserve(static_cast<int64_t>(values.size())));
  for (const auto& value : values) {
    if (is_null(value)) {
      builder.UnsafeAppendNull();
    } else {
      builder.UnsafeAppend(value);
    }
  }
  return ArrowValue(builder.Finish());
}

constexpr auto kNever = [](const auto&) { return false; };

std::shared_ptr<arrow::Array> ClassNames(const std::vector<int32_t>& classes,
                                         const std::vector<std::string>& names) {
  arrow::StringBuilder builder;
  for (const int32_t c : classes) {
    const bool known = c >= 0 && c < static_cast<int32_t>(names.size());
    CheckArrow(known ? builder.Append(names[static_cast<size_t>(c)]) : builder.AppendNull());
  }
  return ArrowValue(builder.Finish());
}

using Named = std::vector<std::pair<std::string, std::shared_ptr<arrow::Array>>>;

void AddClassification(const Predictions& p, Named* columns) {
  columns->emplace_back("target", ClassNames(p.label, p.classes));
  columns->emplace_back("predicted", ClassNames(p.predicted, p.classes));
  if (p.probability.empty()) return;
  const size_t width = p.classes.size(), n = static_cast<size_t>(p.size());
  for (size_t c = 0; c < width; ++c) {
    std::vector<float> column(n);
    for (size_t i = 0; i < n; ++i) column[i] = p.probability[i * width + c];
    columns->emplace_back("p." + p.classes[c], Build<arrow::FloatBuilder>(column, kNever));
  }
}

void AddRegression(const Predictions& p, Named* columns) {
  const auto unknown = [](double value) { return std::isnan(value); };
  columns->emplace_back("target", Build<arrow::DoubleBuilder>(p.value, unknown));
  columns->emplace_back("predicted", Build<arrow::DoubleBuilder>(p.predicted_value, kNever));
}

// Typed reading of the columns of one file.
class Reader {
 public:
  Reader(std::shared_ptr<arrow::Table> table, std::string file)
      : table_(std::move(table)), file_(std::move(file)) {}

  bool Has(const std::string& name) const { return table_->GetColumnByName(name) != nullptr; }

  template <class ArrayType>
  const ArrayType& Get(const std::string& name) {
    const auto column = table_->GetColumnByName(name);
    if (!column) throw Error(ErrorKind::kData, "the column is missing", At(name), kWrittenBy);
    const auto array = OneChunk(column);
    if (array->type_id() != ArrayType::TypeClass::type_id) {
      throw Error(ErrorKind::kData, "the column has type " + array->type()->ToString(), At(name),
                  kWrittenBy);
    }
    kept_.push_back(array);
    return static_cast<const ArrayType&>(*array);
  }

  template <class ArrayType, class Value>
  std::vector<Value> Values(const std::string& name, Value missing) {
    const ArrayType& array = Get<ArrayType>(name);
    std::vector<Value> values(static_cast<size_t>(array.length()));
    for (int64_t i = 0; i < array.length(); ++i) {
      values[static_cast<size_t>(i)] =
          array.IsNull(i) ? missing : static_cast<Value>(array.GetView(i));
    }
    return values;
  }

  std::vector<int32_t> ClassIndices(const std::string& name,
                                    const std::map<std::string, int32_t>& index) {
    const auto& array = Get<arrow::StringArray>(name);
    std::vector<int32_t> indices(static_cast<size_t>(array.length()), -1);
    for (int64_t i = 0; i < array.length(); ++i) {
      if (array.IsNull(i)) continue;
      const auto found = index.find(array.GetString(i));
      if (found == index.end()) {
        Place place = At(name);
        place.row = i;
        throw Error(ErrorKind::kData, "'" + array.GetString(i) + "' is none of the classes", place,
                    kWrittenBy);
      }
      indices[static_cast<size_t>(i)] = found->second;
    }
    return indices;
  }

  Place At(const std::string& column) const { return {.file = file_, .column = column}; }
  const arrow::Table& table() const { return *table_; }
  const std::string& file() const { return file_; }

 private:
  std::shared_ptr<arrow::Table> table_;
  std::string file_;
  std::vector<std::shared_ptr<arrow::Array>> kept_;
};

Json MetadataOf(const Reader& reader) {
  const auto metadata = reader.table().schema()->metadata();
  const int at = metadata ? metadata->FindKey(kMetadataKey) : -1;
  if (at < 0) {
    throw Error(ErrorKind::kData, "this Parquet file holds no predictions of bottega",
                {.file = reader.file()}, kWrittenBy);
  }
  return ParseJson(metadata->value(at), reader.file());
}

void ReadClassification(Reader* reader, Predictions* p) {
  std::map<std::string, int32_t> index;
  for (const std::string& name : p->classes) index[name] = static_cast<int32_t>(index.size());
  p->label = reader->ClassIndices("target", index);
  p->predicted = reader->ClassIndices("predicted", index);
  if (p->classes.empty() || !reader->Has("p." + p->classes[0])) return;
  const size_t width = p->classes.size();
  p->probability.resize(p->row.size() * width);
  for (size_t c = 0; c < width; ++c) {
    const auto& column = reader->Get<arrow::FloatArray>("p." + p->classes[c]);
    for (size_t i = 0; i < p->row.size(); ++i) {
      p->probability[i * width + c] = column.Value(static_cast<int64_t>(i));
    }
  }
}

template <class T>
std::vector<T> Pick(const std::vector<T>& values, const std::vector<size_t>& at) {
  std::vector<T> picked;
  if (values.empty()) return picked;
  picked.reserve(at.size());
  for (const size_t i : at) picked.push_back(values[i]);
  return picked;
}

}  // namespace

void WritePredictions(const std::filesystem::path& path, const Predictions& p) {
  Named columns = {{"row", Build<arrow::Int64Builder>(p.row, kNever)},
                   {"part", TextArray(p.part)},
                   {"fold", Build<arrow::Int32Builder>(p.fold, [](int32_t f) { return f < 0; })},
                   {"weight", Build<arrow::DoubleBuilder>(p.weight, kNever)}};
  const bool classes = p.task == Task::kClassification;
  classes ? AddClassification(p, &columns) : AddRegression(p, &columns);
  for (const auto& [name, values] : p.group) {
    columns.emplace_back("group." + name, TextArray(values));
  }
  const Json metadata = {{"format", 1},
                         {"task", classes ? "classification" : "regression"},
                         {"classes", p.classes},
                         {"positive", p.positive}};
  const auto table = MakeTable(columns)->ReplaceSchemaMetadata(
      arrow::key_value_metadata({kMetadataKey}, {metadata.dump()}));
  WriteParquet(path, *table);
}

Predictions ReadPredictions(const std::filesystem::path& path) {
  Reader reader(ReadParquet(path), path.string());
  const Json metadata = MetadataOf(reader);
  Predictions p;
  try {
    p.task = metadata.at("task") == "regression" ? Task::kRegression : Task::kClassification;
    p.classes = metadata.at("classes").get<std::vector<std::string>>();
    p.positive = metadata.at("positive");
  } catch (const Json::exception&) {
    throw Error(ErrorKind::kData, "the file's description of its predictions is damaged",
                {.file = path.string()}, kWrittenBy);
  }
  p.row = reader.Values<arrow::Int64Array, int64_t>("row", -1);
  const auto& part = reader.Get<arrow::StringArray>("part");
  for (int64_t i = 0; i < part.length(); ++i) p.part.push_back(part.GetString(i));
  p.fold = reader.Values<arrow::Int32Array, int32_t>("fold", -1);
  p.weight = reader.Values<arrow::DoubleArray, double>("weight", 0.0);
  if (p.task == Task::kClassification) {
    ReadClassification(&reader, &p);
  } else {
    p.value = reader.Values<arrow::DoubleArray, double>("target", std::nan(""));
    p.predicted_value = reader.Values<arrow::DoubleArray, double>("predicted", std::nan(""));
  }
  for (const std::string& name : reader.table().ColumnNames()) {
    if (!name.starts_with("group.")) continue;
    const auto& values = reader.Get<arrow::StringArray>(name);
    auto& group = p.group[name.substr(6)];
    for (int64_t i = 0; i < values.length(); ++i) {
      group.push_back(values.IsNull(i) ? std::string() : values.GetString(i));
    }
  }
  return p;
}

Predictions OfPart(const Predictions& all, const std::string& part) {
  std::vector<size_t> at;
  for (size_t i = 0; i < all.part.size(); ++i) {
    if (all.part[i] == part) at.push_back(i);
  }
  return TakePredictions(all, at);
}

Predictions TakePredictions(const Predictions& all, const std::vector<size_t>& at) {
  Predictions one{.task = all.task, .classes = all.classes, .positive = all.positive};
  one.row = Pick(all.row, at);
  one.part = Pick(all.part, at);
  one.fold = Pick(all.fold, at);
  one.weight = Pick(all.weight, at);
  one.label = Pick(all.label, at);
  one.value = Pick(all.value, at);
  one.predicted = Pick(all.predicted, at);
  one.predicted_value = Pick(all.predicted_value, at);
  const size_t width = all.classes.size();
  if (!all.probability.empty()) {
    one.probability.reserve(at.size() * width);
    for (const size_t i : at) {
      const auto begin = all.probability.begin() + static_cast<int64_t>(i * width);
      one.probability.insert(one.probability.end(), begin, begin + static_cast<int64_t>(width));
    }
  }
  for (const auto& [name, values] : all.group) one.group[name] = Pick(values, at);
  return one;
}

}  // namespace bottega
