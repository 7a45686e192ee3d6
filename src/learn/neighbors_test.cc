#include "learn/neighbors.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "base/test_folders.h"

namespace bottega {
namespace {

TEST(NeighborsTest, AgreesWithScikitLearn) {
  const Json reference = ReadJson(TestReference("audit.json"));
  Matrix points(40, 5);
  std::vector<int64_t> self(40);
  for (int r = 0; r < 40; ++r) {
    self[static_cast<size_t>(r)] = r;
    for (int c = 0; c < 5; ++c) points.row(r)[c] = reference["points"][r][c].get<float>();
  }
  const Neighbors near = NearestNeighbors(points, points, 4, self, self);
  for (int r = 0; r < 40; ++r) {
    for (int k = 0; k < 4; ++k) {
      const size_t at = static_cast<size_t>(r * 4 + k);
      EXPECT_EQ(near.index[at], reference["neighbor_index"][r][k].get<int>()) << r << " " << k;
      EXPECT_NEAR(near.distance[at], reference["neighbor_distance"][r][k].get<double>(), 1e-4);
    }
  }
}

TEST(NeighborsTest, FewerReferencesThanAskedFor) {
  const Neighbors near = NearestNeighbors(Matrix(2, 3), Matrix(1, 3), 4);
  EXPECT_EQ(near.index, (std::vector<int32_t>{0, 1, -1, -1}));
}

}  // namespace
}  // namespace bottega
