// What the data look like, as profile.json: stored beside a model, compared with by monitor,
// shown by the report.
#pragma once

#include "base/json.h"
#include "data/dataset.h"

namespace bottega {

// {format, rows, columns: [{name, type, role, sensitive, count, missing, distinct, ...}], classes}.
// Numbers and dates (days): mean, deviation, min, max, quantiles {"0.01".."0.99"} (linear
// interpolation, as numpy's default), histogram {edges, counts} of up to 20 equal bins between the
// 0.5 % and 99.5 % quantiles (the first and last bin take what lies beyond). Texts: top [{value,
// count}] of the 20 most frequent of those that occur more than once (not of identifiers: what is
// kept must name nobody), mean_length (bytes). With a class target, `classes` is {label:
// count} and every column has `per_class`: {label: {count, missing, mean or top value}}, for up to
// 50 classes. Columns in parallel; time n log n for numbers.
Json ProfileDataset(const Dataset& data);

}  // namespace bottega
