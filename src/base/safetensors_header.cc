#include "base/safetensors_header.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/json.h"

namespace bottega {

namespace {

constexpr int kMaxDepth = 4;
constexpr int64_t kMaxDimensions = 64;

constexpr std::array<std::pair<std::string_view, int>, 15> kDtypes = {{
    {"F64", 8},
    {"I64", 8},
    {"U64", 8},
    {"F32", 4},
    {"I32", 4},
    {"U32", 4},
    {"F16", 2},
    {"BF16", 2},
    {"I16", 2},
    {"U16", 2},
    {"BOOL", 1},
    {"F8_E4M3", 1},
    {"F8_E5M2", 1},
    {"I8", 1},
    {"U8", 1},
}};

// Place among the dtypes of the reference implementation, whose files are sorted by it.
int DtypeRank(std::string_view dtype) {
  constexpr std::array<std::string_view, 15> kOrder = {"BOOL", "U8",  "I8",  "F8_E5M2", "F8_E4M3",
                                                       "I16",  "U16", "F16", "BF16",    "I32",
                                                       "U32",  "F32", "F64", "I64",     "U64"};
  return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), dtype) - kOrder.begin());
}

[[noreturn]] void Refuse(const std::string& file, const std::string& why) {
  throw Error(ErrorKind::kData, "not a valid safetensors file: " + why, {.file = file});
}

Json ParseHeaderJson(std::string_view text, const std::string& file) {
  std::set<std::string> names;
  const auto check = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (depth > kMaxDepth) Refuse(file, "its header is nested too deeply");
    if (event == Json::parse_event_t::key && depth == 1 &&
        !names.insert(parsed.get<std::string>()).second) {
      Refuse(file, "tensor '" + parsed.get<std::string>() + "' is named twice");
    }
    return true;
  };
  try {
    return Json::parse(text, check);
  } catch (const Json::exception&) {
    Refuse(file, "its header is not JSON");
  }
}

std::vector<int64_t> ParseShape(const Json& value, const std::string& file) {
  std::vector<int64_t> shape;
  if (!value.is_array() || value.size() > kMaxDimensions) Refuse(file, "a shape is not a list");
  for (const Json& side : value) {
    if (!side.is_number_unsigned() || side.get<uint64_t>() > INT64_MAX) {
      Refuse(file, "a shape holds something that is no size");
    }
    shape.push_back(side.get<int64_t>());
  }
  return shape;
}

// False when the product does not fit.
bool ByteCount(const std::vector<int64_t>& shape, int element, uint64_t* bytes) {
  *bytes = static_cast<uint64_t>(element);
  for (const int64_t side : shape) {
    if (__builtin_mul_overflow(*bytes, static_cast<uint64_t>(side), bytes)) return false;
  }
  return true;
}

TensorEntry ParseEntry(const std::string& name, const Json& value, const std::string& file) {
  if (!value.is_object() || value.size() != 3 || !value.contains("dtype") ||
      !value.contains("shape") || !value.contains("data_offsets") || !value["dtype"].is_string()) {
    Refuse(file, "tensor '" + name + "' lacks dtype, shape or data_offsets");
  }
  TensorEntry entry{.name = name, .dtype = value["dtype"].get<std::string>()};
  const int element = SafetensorsDtypeSize(entry.dtype);
  if (element == 0) Refuse(file, "tensor '" + name + "' has the unknown dtype " + entry.dtype);
  entry.shape = ParseShape(value["shape"], file);
  const Json& range = value["data_offsets"];
  if (!range.is_array() || range.size() != 2 || !range[0].is_number_unsigned() ||
      !range[1].is_number_unsigned()) {
    Refuse(file, "tensor '" + name + "' has no byte range");
  }
  entry.begin = range[0].get<uint64_t>();
  entry.end = range[1].get<uint64_t>();
  uint64_t bytes = 0;
  if (!ByteCount(entry.shape, element, &bytes) || entry.end < entry.begin ||
      entry.end - entry.begin != bytes) {
    Refuse(file, "tensor '" + name + "' has a byte range that does not fit its shape");
  }
  return entry;
}

void CheckRanges(std::vector<TensorEntry>* tensors, uint64_t data_size, const std::string& file) {
  std::stable_sort(tensors->begin(), tensors->end(), [](const auto& a, const auto& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  uint64_t position = 0;
  for (const TensorEntry& entry : *tensors) {
    if (entry.begin != position) {
      Refuse(file, "there is a hole or an overlap before tensor '" + entry.name + "'");
    }
    position = entry.end;
  }
  if (position != data_size) Refuse(file, "its data end elsewhere than its header says");
}

}  // namespace

int SafetensorsDtypeSize(std::string_view dtype) {
  for (const auto& [name, size] : kDtypes) {
    if (name == dtype) return size;
  }
  return 0;
}

SafetensorsHeader ParseSafetensorsHeader(std::string_view prefix, uint64_t file_size,
                                         const std::string& file) {
  uint64_t length = 0;
  if (prefix.size() < 8 || file_size < 8) Refuse(file, "it is shorter than 8 bytes");
  for (int i = 7; i >= 0; --i) length = length << 8 | static_cast<uint8_t>(prefix[i]);
  if (length > kMaxSafetensorsHeader || length > file_size - 8 || length > prefix.size() - 8) {
    Refuse(file, "its header is longer than the file");
  }
  const std::string_view text = prefix.substr(8, length);
  if (text.empty() || text[0] != '{') Refuse(file, "its header does not begin with {");
  const Json json = ParseHeaderJson(text, file);
  SafetensorsHeader header;
  header.data_start = 8 + length;
  for (const auto& [name, value] : json.items()) {
    if (name != "__metadata__") {
      header.tensors.push_back(ParseEntry(name, value, file));
      continue;
    }
    if (!value.is_object()) Refuse(file, "its metadata are no mapping");
    for (const auto& [key, text_value] : value.items()) {
      if (!text_value.is_string()) Refuse(file, "metadata '" + key + "' is no text");
      header.metadata[key] = text_value.get<std::string>();
    }
  }
  CheckRanges(&header.tensors, file_size - header.data_start, file);
  return header;
}

std::string MakeSafetensorsHeader(SafetensorsHeader* header) {
  std::sort(header->tensors.begin(), header->tensors.end(), [](const auto& a, const auto& b) {
    const int rank_a = DtypeRank(a.dtype), rank_b = DtypeRank(b.dtype);
    return rank_a != rank_b ? rank_a > rank_b : a.name < b.name;
  });
  Json json = Json::object();
  if (!header->metadata.empty()) json["__metadata__"] = header->metadata;
  uint64_t position = 0;
  for (TensorEntry& entry : header->tensors) {
    uint64_t bytes = 0;
    if (!ByteCount(entry.shape, SafetensorsDtypeSize(entry.dtype), &bytes)) {
      throw Error(ErrorKind::kInternal, "tensor '" + entry.name + "' is too large");
    }
    entry.begin = position;
    position += bytes;
    entry.end = position;
    json[entry.name] = {
        {"dtype", entry.dtype}, {"shape", entry.shape}, {"data_offsets", {entry.begin, entry.end}}};
  }
  std::string text = json.dump();
  text.append((8 - text.size() % 8) % 8, ' ');
  std::string bytes(8, '\0');
  for (size_t i = 0; i < 8; ++i) bytes[i] = static_cast<char>(text.size() >> (8 * i));
  header->data_start = 8 + text.size();
  return bytes + text;
}

}  // namespace bottega
