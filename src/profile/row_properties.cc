#include "profile/row_properties.h"

#include <cmath>
#include <functional>

#include "data/values.h"
#include "profile/cells.h"
#include "profile/language.h"
#include "profile/picture_scan.h"
#include "profile/text_properties.h"

namespace bottega {
namespace {

using OfPicture = double (*)(const PictureProperties&);
using OfText = double (*)(const TextProperties&);

struct PictureNumber {
  RowProperty described;
  OfPicture value;
};

struct TextNumber {
  RowProperty described;
  OfText value;
};

double Share(int64_t part, int64_t whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

// clang-format off
const std::vector<PictureNumber>& PictureNumbers() {
  static const std::vector<PictureNumber> numbers = {
      {{"brightness", "mean brightness, 0 black to 255 white"},
       [](const PictureProperties& p) -> double { return p.brightness; }},
      {{"contrast", "standard deviation of brightness, 0 to 127.5"},
       [](const PictureProperties& p) -> double { return p.contrast; }},
      {{"sharpness", "variance of the Laplacian with the shorter side at 128 pixels"},
       [](const PictureProperties& p) -> double { return p.sharpness; }},
      {{"blur", "0 sharp to 1 blurred, whatever the contrast"},
       [](const PictureProperties& p) -> double { return p.blur; }},
      {{"entropy", "of the levels of brightness, 0 to 8 bits"},
       [](const PictureProperties& p) -> double { return p.entropy; }},
      {{"colorfulness", "0 gray, 15 slightly, 45 rather, 80 very colourful"},
       [](const PictureProperties& p) -> double { return p.colorfulness; }},
      {{"grayscale", "1 without colour, else 0"},
       [](const PictureProperties& p) -> double { return p.grayscale; }},
      {{"border_brightness", "mean brightness of the outermost twentieth, 0 to 255"},
       [](const PictureProperties& p) -> double { return p.border_brightness; }},
      {{"border_contrast", "standard deviation of brightness there; 0 for a plain frame"},
       [](const PictureProperties& p) -> double { return p.border_contrast; }},
      {{"width", "in pixels"},
       [](const PictureProperties& p) -> double { return p.width; }},
      {{"height", "in pixels"},
       [](const PictureProperties& p) -> double { return p.height; }},
      {{"pixels", "width times height"},
       [](const PictureProperties& p) { return static_cast<double>(p.width) * p.height; }},
      {{"aspect", "width by height; above 1 is wide"},
       [](const PictureProperties& p) { return p.aspect(); }},
      {{"bytes", "size of the file; 0 for pictures inside one file"},
       [](const PictureProperties& p) { return static_cast<double>(p.bytes); }},
  };
  return numbers;
}

const std::vector<TextNumber>& TextNumbers() {
  static const std::vector<TextNumber> numbers = {
      {{"length", "in characters", FeatureType::kText},
       [](const TextProperties& t) { return static_cast<double>(t.characters); }},
      {{"words", "number of words", FeatureType::kText},
       [](const TextProperties& t) { return t.words; }},
      {{"uppercase", "share of the letters that are capitals, 0 to 1", FeatureType::kText},
       [](const TextProperties& t) { return Share(t.upper, t.letters); }},
      {{"digits", "share of the characters that are digits, 0 to 1", FeatureType::kText},
       [](const TextProperties& t) { return Share(t.digits, t.characters); }},
      {{"letters", "share of the characters that are letters, 0 to 1", FeatureType::kText},
       [](const TextProperties& t) { return Share(t.letters, t.characters); }},
  };
  return numbers;
}
// clang-format on

const RowProperty& PictureFormat() {
  static const RowProperty format = {"format", "jpeg, png, webp or idx", FeatureType::kPicture,
                                     true};
  return format;
}

const RowProperty& TextLanguage() {
  static const RowProperty language = {"language", "code of its language (en, de, ...)",
                                       FeatureType::kText, true};
  return language;
}

// Of several columns of pictures, the first is read.
bool HasProperty(const Dataset& data, int column, const RowProperty& property) {
  if (property.source == FeatureType::kPicture) return column == data.PictureIndex();
  return data.columns[static_cast<size_t>(column)].type == property.source;
}

std::vector<double> PictureValues(const Dataset& data, OfPicture value) {
  const auto scans = ScanPictures(data);
  std::vector<double> out(scans->size(), std::nan(""));
  for (size_t i = 0; i < scans->size(); ++i) {
    if ((*scans)[i].readable) out[i] = value((*scans)[i].properties);
  }
  return out;
}

std::vector<double> TextValues(const Dataset& data, int column, OfText value) {
  const CellColumn cells = CellsOf(data, column);
  std::vector<double> of_code;
  for (const std::string& text : cells.text) of_code.push_back(value(MeasureText(text)));
  std::vector<double> out(cells.code.size(), std::nan(""));
  for (size_t i = 0; i < out.size(); ++i) {
    if (cells.code[i] >= 0) out[i] = of_code[static_cast<size_t>(cells.code[i])];
  }
  return out;
}

std::vector<std::optional<std::string>> FormatsOf(const Dataset& data) {
  const auto scans = ScanPictures(data);
  std::vector<std::optional<std::string>> out(scans->size());
  for (size_t i = 0; i < out.size(); ++i) {
    if ((*scans)[i].readable) out[i] = (*scans)[i].properties.format;
  }
  return out;
}

std::vector<std::optional<std::string>> LanguageCodes(const Dataset& data, int column) {
  const CellColumn cells = CellsOf(data, column);
  const ColumnLanguages languages = LanguagesOf(cells);
  std::vector<std::optional<std::string>> out(cells.code.size());
  for (size_t i = 0; i < out.size(); ++i) {
    if (cells.code[i] < 0) continue;
    const int language = languages.told_language[static_cast<size_t>(cells.code[i])];
    if (language >= 0) out[i] = Languages()[static_cast<size_t>(language)].code;
  }
  return out;
}

}  // namespace

const std::vector<RowProperty>& RowProperties() {
  static const std::vector<RowProperty> all = [] {
    std::vector<RowProperty> properties;
    for (const PictureNumber& number : PictureNumbers()) properties.push_back(number.described);
    properties.push_back(PictureFormat());
    for (const TextNumber& number : TextNumbers()) properties.push_back(number.described);
    properties.push_back(TextLanguage());
    return properties;
  }();
  return all;
}

std::optional<PropertyOfColumn> FindProperty(const Dataset& data, std::string_view name) {
  std::vector<PropertyOfColumn> bare;
  for (int column = 0; column < static_cast<int>(data.columns.size()); ++column) {
    const std::string& prefix = data.columns[static_cast<size_t>(column)].name;
    for (const RowProperty& property : RowProperties()) {
      if (!HasProperty(data, column, property)) continue;
      if (property.name == name) bare.push_back({column, &property});
      if (prefix + "." + property.name == name) return PropertyOfColumn{column, &property};
    }
  }
  if (bare.size() == 1) return bare[0];
  return std::nullopt;
}

std::vector<std::string> PropertyNames(const Dataset& data) {
  std::vector<std::string> names;
  for (const RowProperty& property : RowProperties()) {
    if (FindProperty(data, property.name)) {
      names.push_back(property.name);
      continue;
    }
    for (int column = 0; column < static_cast<int>(data.columns.size()); ++column) {
      if (!HasProperty(data, column, property)) continue;
      names.push_back(data.columns[static_cast<size_t>(column)].name + "." + property.name);
    }
  }
  return names;
}

std::vector<double> NumbersOfProperty(const Dataset& data, const PropertyOfColumn& which) {
  for (const PictureNumber& number : PictureNumbers()) {
    if (number.described.name == which.property->name) return PictureValues(data, number.value);
  }
  for (const TextNumber& number : TextNumbers()) {
    if (number.described.name == which.property->name) {
      return TextValues(data, which.column, number.value);
    }
  }
  return std::vector<double>(static_cast<size_t>(data.size()), std::nan(""));
}

std::vector<std::optional<std::string>> TextsOfProperty(const Dataset& data,
                                                        const PropertyOfColumn& which) {
  if (which.property->name == PictureFormat().name) return FormatsOf(data);
  if (which.property->name == TextLanguage().name) return LanguageCodes(data, which.column);
  std::vector<std::optional<std::string>> out(static_cast<size_t>(data.size()));
  const std::vector<double> numbers = NumbersOfProperty(data, which);
  for (size_t i = 0; i < out.size(); ++i) {
    if (!std::isnan(numbers[i])) out[i] = NumberText(numbers[i]);
  }
  return out;
}

}  // namespace bottega
