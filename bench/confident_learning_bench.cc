// Confident learning alone, 200,000 rows x 10 classes: milliseconds from probabilities to the rows
// in doubt, best of several. The peer reads the same probabilities (a file that this program
// writes).
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "base/clock.h"
#include "base/random.h"
#include "learn/confident_learning.h"

namespace {

constexpr int64_t kRows = 200'000;
constexpr int kClasses = 10;

// Softmax of a normal logit per class, the true one raised by 2; a tenth of the labels is wrong.
void Generate(std::vector<int32_t>* label, bottega::Matrix* probability) {
  for (int64_t r = 0; r < kRows; ++r) {
    bottega::Random random(5, bottega::Purpose::kGenerate, 0, r);
    const int64_t truth = random.Below(kClasses);
    float* p = probability->row(r);
    float sum = 0;
    for (int c = 0; c < kClasses; ++c) {
      p[c] = static_cast<float>(std::exp(random.Normal() + (c == truth ? 2 : 0)));
      sum += p[c];
    }
    for (int c = 0; c < kClasses; ++c) p[c] /= sum;
    const bool wrong = random.Chance(0.1);
    label->push_back(static_cast<int32_t>(wrong ? random.Below(kClasses) : truth));
  }
}

}  // namespace

int main() {
  std::vector<int32_t> label;
  bottega::Matrix probability(kRows, kClasses);
  Generate(&label, &probability);
  const char* build = std::getenv("BOTTEGA_BUILD");
  const std::string folder = build == nullptr ? "build" : build;
  std::ofstream(folder + "/bench-labels.i32", std::ios::binary)
      .write(reinterpret_cast<const char*>(label.data()),
             static_cast<std::streamsize>(label.size() * sizeof label[0]));
  std::ofstream(folder + "/bench-probabilities.f32", std::ios::binary)
      .write(reinterpret_cast<const char*>(probability.values.data()),
             static_cast<std::streamsize>(probability.values.size() * sizeof(float)));
  const std::pair<const char*, bottega::LabelFilter> filters[] = {
      {"prune_by_noise_rate", bottega::LabelFilter::kPruneByNoiseRate},
      {"both", bottega::LabelFilter::kBoth}};
  for (const auto& [name, filter] : filters) {
    double best = 1e9;
    int64_t found = 0;
    for (int i = 0; i < 7; ++i) {
      const double begun = bottega::MonotonicSeconds();
      const std::vector<uint8_t> marks = bottega::FindLabelIssues(label, probability, filter);
      best = std::min(best, 1e3 * (bottega::MonotonicSeconds() - begun));
      found = std::count(marks.begin(), marks.end(), 1);
    }
    std::printf("%s,%.3f,ms\n%s_issues,%lld,rows\n", name, best, name,
                static_cast<long long>(found));
  }
}
