#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>

#include "base/hash.h"
#include "base/text.h"
#include "clean/steps.h"

namespace bottega {

namespace {

const Spec& WordsSpec() {
  static const Spec spec = {
      .kind = "step",
      .name = "words",
      .one_line = "text columns to a number for each word",
      .text =
          "Words are runs of two or more letters, digits or bytes beyond ASCII, in lower case. "
          "`vocabulary` gives each word that enough training rows hold a column of 0 and 1. "
          "`hash` needs no list: every word counts in one of `most` columns chosen by its "
          "hash, and each row is scaled to length 1. A column without a frequent word is "
          "refused.",
      .params = {{.name = "method",
                  .type = ParamType::kChoice,
                  .what = "vocabulary, hash, or ignore (refuse text columns)",
                  .fallback = "vocabulary",
                  .choices = {"vocabulary", "hash", "ignore"}},
                 {.name = "most",
                  .type = ParamType::kInt,
                  .what = "most columns that one text column becomes",
                  .fallback = 256,
                  .min = 1,
                  .max = 65536,
                  .larger = "more words are told apart, more weights to learn"},
                 {.name = "min_share",
                  .type = ParamType::kFloat,
                  .what = "a word must stand in this share of the training rows, and in five",
                  .fallback = 0.01,
                  .min = 0,
                  .max = 1}},
      .synonyms = {"bag_of_words", "text"},
      .ignored = {{"most", "method", "ignore"},
                  {"min_share", "method", "ignore"},
                  {"min_share", "method", "hash"}},
      .source = "Weinberger et al. 2009, Feature Hashing for Large Scale Multitask Learning",
  };
  return spec;
}

bool IsWordByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || (static_cast<unsigned char>(c) & 0x80);
}

template <class Use>
void EachWord(std::string_view text, const Use& use) {
  const std::string lower = LowerAscii(text);
  size_t begin = 0;
  while (begin < lower.size()) {
    size_t end = begin;
    while (end < lower.size() && IsWordByte(lower[end])) ++end;
    if (end - begin >= 2) use(std::string_view(lower).substr(begin, end - begin));
    begin = end + 1;
  }
}

std::vector<std::string> Vocabulary(const TextSeries& series, int64_t rows, const Json& settings) {
  std::unordered_map<std::string, int64_t> counts;  // rows that hold the word
  for (int64_t i = 0; i < rows; ++i) {
    const auto cell = series.At(i);
    if (!cell) continue;
    std::set<std::string, std::less<>> words;
    EachWord(*cell, [&](std::string_view word) { words.emplace(word); });
    for (const std::string& word : words) ++counts[word];
  }
  const double least =
      std::max(5.0, settings.at("min_share").get<double>() * static_cast<double>(rows));
  std::vector<std::pair<int64_t, std::string>> frequent;
  for (const auto& [word, count] : counts) {
    if (static_cast<double>(count) >= least && count < rows) frequent.emplace_back(-count, word);
  }
  std::ranges::sort(frequent);
  frequent.resize(std::min(frequent.size(), settings.at("most").get<size_t>()));
  std::vector<std::string> words;
  for (const auto& [count, word] : frequent) words.push_back(word);
  std::ranges::sort(words);
  return words;
}

Json Fit(const Frame& train, const Json& settings, std::vector<Refusal>* refused) {
  Json columns = Json::array();
  const std::string method = settings.at("method");
  for (const TextSeries& series : train.texts) {
    if (series.type != FeatureType::kText) continue;
    if (method == "ignore") {
      refused->push_back({"words", series.name, "text columns are ignored (words.method)"});
    } else if (method == "hash") {
      columns.push_back({{"column", series.name}, {"buckets", settings.at("most")}});
    } else if (const auto words = Vocabulary(series, train.rows, settings); words.empty()) {
      refused->push_back({"words", series.name, "no word stands in enough training rows"});
    } else {
      columns.push_back({{"column", series.name}, {"words", words}});
    }
  }
  return {{"columns", columns}};
}

struct Reader {
  std::string column;
  std::vector<std::string> words;
  size_t buckets = 0;
  std::unordered_map<std::string_view, size_t> index;  // views into `words`

  void Read(const TextSeries& series, Frame* frame) const;
};

void Normalize(std::vector<NumberSeries>* series, size_t row) {
  double squares = 0;
  for (const NumberSeries& s : *series) squares += s.values[row] * s.values[row];
  if (squares == 0) return;
  for (NumberSeries& s : *series) s.values[row] /= std::sqrt(squares);
}

void Reader::Read(const TextSeries& series, Frame* frame) const {
  const size_t width = buckets > 0 ? buckets : words.size();
  std::vector<NumberSeries> out(width);
  for (size_t k = 0; k < width; ++k) {
    out[k].name = column + ":" + (buckets > 0 ? "#" + std::to_string(k) : words[k]);
    out[k].column = column;
    out[k].scaled = true;
    out[k].values.assign(static_cast<size_t>(frame->rows), 0);
  }
  for (size_t i = 0; i < static_cast<size_t>(frame->rows); ++i) {
    const auto cell = series.At(static_cast<int64_t>(i));
    if (!cell) continue;
    EachWord(*cell, [&](std::string_view word) {
      if (buckets > 0) {
        out[Xxh3(word) % buckets].values[i] += 1;
      } else if (const auto found = index.find(word); found != index.end()) {
        out[found->second].values[i] = 1;
      }
    });
    if (buckets > 0) Normalize(&out, i);
  }
  for (NumberSeries& s : out) frame->numbers.push_back(std::move(s));
}

Applier Load(const Json& state) {
  auto readers = std::make_shared<std::vector<Reader>>();
  for (const Json& item : StateList(state, "columns")) {
    Reader reader{.column = StateText(item, "column")};
    if (item.contains("words")) {
      reader.words = StateTexts(item, "words");
    } else {
      const double buckets = StateNumber(item, "buckets");
      if (!(buckets >= 1 && buckets <= 65536)) {
        throw Error(ErrorKind::kData, "the state of a fitted step is damaged: 'buckets'");
      }
      reader.buckets = static_cast<size_t>(buckets);
    }
    readers->push_back(std::move(reader));
  }
  for (Reader& reader : *readers) {
    for (size_t k = 0; k < reader.words.size(); ++k) reader.index.emplace(reader.words[k], k);
  }
  return [readers](Frame* frame) {
    for (const Reader& reader : *readers) reader.Read(frame->TakeText(reader.column), frame);
  };
}

}  // namespace

const Step kWordsStep = {WordsSpec, Fit, Load};

}  // namespace bottega
