// What checks ask of columns and sensitive groups.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/check.h"

namespace bottega {

std::vector<int> FeatureColumns(const Dataset& data);    // role feature or time
std::vector<int> SensitiveColumns(const Dataset& data);  // whatever their role
int TargetIndex(const Dataset& data);                    // -1: none
bool IsClassTarget(const Dataset& data);                 // there is a target and it is no number
// Category, binary, and text columns with at most `most` values.
bool HasCategories(const AuditContext& context, int column, int64_t most = 1000);

// The column that a check's setting names; Error kRecipe with the nearest names if there is none.
int NamedColumn(const Dataset& data, const std::string& name, const std::string& setting);

// Index of the class whose share is reported: the rarer of two. -1 where there are not two.
int RarerClass(const AuditContext& context);

std::string Percent(double share);            // "12.3 %"
std::string Quote(const std::string& value);  // 'value', shortened

}  // namespace bottega
