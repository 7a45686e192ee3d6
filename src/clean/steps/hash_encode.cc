#include <cstring>
#include <memory>

#include "base/text.h"
#include "clean/steps.h"
#include "clean/steps/categories.h"

namespace bottega {

namespace {

const Spec& HashEncodeSpec() {
  static const Spec spec = {
      .kind = "step",
      .name = "hash_encode",
      .one_line = "categories to a few number columns chosen by a hash of the value",
      .text =
          "For columns with very many values, and where plan.json must hold none of them: each "
          "value "
          "counts +1 or -1 in one of `buckets` columns. Values that were never seen have their "
          "place, too. Missing cells are 0 throughout.",
      .params = {ColumnsParam(),
                 {.name = "buckets",
                  .type = ParamType::kInt,
                  .what = "columns that a column becomes",
                  .fallback = 16,
                  .min = 1,
                  .max = 65'536,
                  .larger = "fewer values share a column, more weights to learn"}},
      .synonyms = {"feature_hashing", "hashing", "hasher"},
      .source = "Weinberger et al. 2009, Feature Hashing for Large Scale Multitask Learning",
  };
  return spec;
}

uint32_t RotateLeft(uint32_t x, int bits) { return x << bits | x >> (32 - bits); }

// MurmurHash3, x86, 32 bits, seed 0: scikit-learn's FeatureHasher goes by it.
uint32_t Murmur3(std::string_view bytes) {
  constexpr uint32_t kFirst = 0xcc9e2d51, kSecond = 0x1b873593;
  uint32_t hash = 0;
  const auto mixed = [](uint32_t block) { return RotateLeft(block * kFirst, 15) * kSecond; };
  size_t at = 0;
  for (; at + 4 <= bytes.size(); at += 4) {
    uint32_t block = 0;
    std::memcpy(&block, bytes.data() + at, 4);
    hash = RotateLeft(hash ^ mixed(block), 13) * 5 + 0xe6546b64;
  }
  uint32_t rest = 0;
  for (size_t k = bytes.size(); k > at; --k) {
    rest = rest << 8 | static_cast<unsigned char>(bytes[k - 1]);
  }
  if (at < bytes.size()) hash ^= mixed(rest);
  hash ^= static_cast<uint32_t>(bytes.size());
  hash = (hash ^ hash >> 16) * 0x85ebca6b;
  hash = (hash ^ hash >> 13) * 0xc2b2ae35;
  return hash ^ hash >> 16;
}

Json Fit(const Frame& train, const Json& settings, std::vector<Refusal>* refused) {
  Json columns = Json::array();
  for (const TextSeries* series : CategoriesFor(train, settings, "hash_encode", refused)) {
    const CategoryCounts counts = CountCategories(*series, train.rows);
    if (const std::string why = WhyNoCategories(counts, 1); !why.empty()) {
      refused->push_back({"hash_encode", series->name, why});
      continue;
    }
    columns.push_back({{"column", series->name}, {"buckets", settings.at("buckets")}});
  }
  return {{"columns", columns}};
}

void Hash(const TextSeries& series, size_t buckets, Frame* frame) {
  std::vector<NumberSeries> out(buckets);
  for (size_t k = 0; k < buckets; ++k) {
    out[k].name = series.name + ":#" + std::to_string(k);
    out[k].column = series.name;
    out[k].scaled = true;
    out[k].values.assign(static_cast<size_t>(frame->rows), 0);
  }
  for (int64_t i = 0; i < frame->rows; ++i) {
    const auto cell = series.At(i);
    if (!cell) continue;
    const int64_t hash = static_cast<int32_t>(Murmur3(*cell));
    const auto bucket = static_cast<size_t>((hash < 0 ? -hash : hash)) % buckets;
    out[bucket].values[static_cast<size_t>(i)] = hash >= 0 ? 1 : -1;
  }
  for (NumberSeries& made : out) frame->numbers.push_back(std::move(made));
}

Applier Load(const Json& state) {
  std::vector<std::pair<std::string, size_t>> columns;
  for (const Json& item : StateList(state, "columns")) {
    const double buckets = StateNumber(item, "buckets");
    if (!(buckets >= 1 && buckets <= 65'536)) {
      throw Error(ErrorKind::kData, "the state of a fitted step is damaged: 'buckets'");
    }
    columns.emplace_back(StateText(item, "column"), static_cast<size_t>(buckets));
  }
  return [columns](Frame* frame) {
    for (const auto& [column, buckets] : columns) Hash(frame->TakeText(column), buckets, frame);
  };
}

}  // namespace

const Step kHashEncodeStep = {HashEncodeSpec, Fit, Load};

}  // namespace bottega
