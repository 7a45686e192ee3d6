// Properties that rows have without a column of their own: what a picture or a text is like, by
// name. `audit.scenarios: {night: 'brightness < 60'}` is declared over them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.h"

namespace bottega {

struct RowProperty {
  std::string name;                            // "brightness"
  std::string one_line;                        // what it is, with its unit and range
  FeatureType source = FeatureType::kPicture;  // kPicture or kText
  bool is_text = false;                        // "format", "language": values are names
};

// All of them; pictures first. Names are unique over both sources.
const std::vector<RowProperty>& RowProperties();

// A property of one column of a Dataset.
struct PropertyOfColumn {
  int column = -1;
  const RowProperty* property = nullptr;
};

// `name` is a property ("brightness") when one column of the data has it, else of a column
// ("review.length"); case counts. A column of the data that is called `name` is found first by
// whoever asks: this function does not look at columns' own names. nullopt when there is none, or
// when several columns have it.
std::optional<PropertyOfColumn> FindProperty(const Dataset& data, std::string_view name);
// The names that FindProperty knows for these data, for messages and near misses.
std::vector<std::string> PropertyNames(const Dataset& data);

// Per row; NaN where the cell is missing, the picture is unreadable or the property is a text.
// Pictures are read once a process (ScanPictures); texts each time.
std::vector<double> NumbersOfProperty(const Dataset& data, const PropertyOfColumn& which);
// Per row; nullopt where it is missing; numbers as NumberText writes them.
std::vector<std::optional<std::string>> TextsOfProperty(const Dataset& data,
                                                        const PropertyOfColumn& which);

}  // namespace bottega
