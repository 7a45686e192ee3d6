// The worst mistakes of the judged part, with what the rows look like.
#pragma once

#include <filesystem>

#include "base/json.h"
#include "data/image/picture.h"
#include "metric/predictions.h"

namespace bottega {

// Positions in `predictions` of at most `most` mistakes of `part`, worst first: by how far the
// predicted class's probability lies above the true one's, or by the absolute error.
std::vector<int64_t> WorstMistakes(const Predictions& predictions, const std::string& part,
                                   int most);

// {part, mistakes, rows: [{row, truth, predicted, score, picture | cells}], columns, note}.
// `project`: folder that the recipe's paths are relative to. When the source cannot be read, rows
// come without pictures and cells, and `note` says why.
Json WorstFacts(const Predictions& predictions, const std::string& part, const Json& recipe,
                const std::filesystem::path& project);

// "data:image/jpeg;base64,..." of the picture scaled to fit `side` x `side`.
std::string ThumbnailUri(const Picture& picture, int side);
std::string Base64(std::string_view bytes);

}  // namespace bottega
