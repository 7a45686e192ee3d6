// The pages of `bottega review`: one to decide on, without a server, and one with the result of a
// sample.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "audit/review/reviews.h"
#include "audit/review/sample_result.h"

namespace bottega {

inline constexpr const char* kDecisionsFormat = "bottega review decisions 1";
inline constexpr size_t kMostReviewRows = 300;          // of a page
inline constexpr size_t kMostReviewBytes = 10'000'000;  // of its rows and pictures
inline constexpr int kReviewThumbnail = 320;            // side in pixels, JPEG

struct ReviewPageRow {
  int64_t row = 0;
  std::string content;
  std::string picture;                                     // data: URI, "" for none
  std::vector<std::pair<std::string, std::string>> cells;  // column and text
  // Null in a blind review: neither the label nor anything drawn from it may be in the page.
  std::optional<std::string> label, suggested;
  double label_probability = -1, suggested_probability = -1;
  std::vector<std::string> why;
  std::string finding;
};

struct ReviewPage {
  std::string review, data, source;  // id; SHA-256 and name of the data
  bool blind = false, first_labels = false, number = false, has_target = true;
  std::string guideline, reviewer;
  std::vector<std::string> classes;
  std::vector<std::string> personal;  // columns that hold personal data
  std::vector<ReviewPageRow> rows;
  size_t left_out = 0;  // rows that did not fit
  std::string version, time;
};

// Works from a file, offline: the rows one by one, answers by keys, buttons and touch, kept in the
// browser and handed over as a JSON file (doc/formats/review.md) that `bottega review --import`
// reads.
std::string ReviewPageHtml(const ReviewPage& page);

struct ReviewResultFacts {
  std::string source, version, time;
  std::string seals;  // of the logs, for the footer
};

std::string ReviewResultHtml(const SampleResult& result, const Reviews& reviews,
                             const ReviewResultFacts& facts);

}  // namespace bottega
