#include "profile/condition_names.h"

#include "data/arrow_support.h"
#include "profile/row_properties.h"

namespace bottega {

MoreNames PropertiesAsNames(const Dataset& data) {
  return {PropertyNames(data), [&data](const std::string& name) {
            const std::optional<PropertyOfColumn> found = FindProperty(data, name);
            if (!found) throw Error(ErrorKind::kInternal, "no property '" + name + "'");
            if (found->property->is_text) {
              return RowValues{FeatureType::kCategory, TextArray(TextsOfProperty(data, *found))};
            }
            return RowValues{FeatureType::kNumber, NumberArray(NumbersOfProperty(data, *found))};
          }};
}

}  // namespace bottega
