#include "cli/review_import.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "audit/groups.h"
#include "audit/history.h"
#include "audit/review/row_contents.h"
#include "base/error.h"
#include "base/text.h"
#include "report/review_html.h"

namespace bottega {

namespace {

using Cell = std::optional<std::string>;

class Import {
 public:
  Import(Project& project, const std::string& file, const std::vector<std::string>& classes,
         bool number)
      : project_(project),
        file_(file),
        classes_(classes.begin(), classes.end()),
        number_(number),
        json_(ReadJson(file)),
        finder_(project.data(), project.digest().sha256) {
    const int target = TargetIndex(project.data());
    if (target >= 0) labels_ = TextsOf(project.data(), target);
  }

  Json Run() {
    Check();
    std::set<std::tuple<int64_t, std::string, std::string>> known;
    for (const ReviewLog& log : project_.reviews().logs) {
      for (const Decision& d : log.decisions) {
        if (d.reviewer == reviewer_) known.emplace(d.row, d.time, OutcomeOf(d));
      }
    }
    std::vector<Decision> fresh;
    for (size_t i = 0; i < Entries().size(); ++i) {
      std::optional<Decision> decision = Read(Entries()[i], i);
      if (!decision) continue;
      const bool old = known.contains({decision->row, decision->time, OutcomeOf(*decision)});
      old ? ++known_ : (fresh.push_back(std::move(*decision)), 0);
    }
    Fail();
    const auto here = static_cast<int64_t>(fresh.size()) + known_;
    if (here == 0 && lost_ > 0) {
      throw Error(ErrorKind::kData,
                  "these decisions are about other data: none of " + FormatCount(lost_) +
                      " rows is among them",
                  {.file = file_}, "bottega review --help");
    }
    if (!fresh.empty()) AppendDecisions(project_.folder(), review_, reviewer_, fresh);
    return {{"review", review_}, {"reviewer", reviewer_}, {"imported", fresh.size()},
            {"known", known_},   {"lost", lost_},         {"file", file_}};
  }

 private:
  const Json& Entries() const { return json_.at("decisions"); }

  void Wrong(const std::string& what) {
    if (wrong_.size() < 5) wrong_.push_back(what);
    ++mistakes_;
  }

  void Fail() const {
    if (mistakes_ == 0) return;
    const auto more = mistakes_ - static_cast<int64_t>(wrong_.size());
    throw Error(ErrorKind::kData,
                "nothing was taken in: " + Join(wrong_, "; ") +
                    (more > 0 ? "; and " + FormatCount(more) + " more" : ""),
                {.file = file_}, "bottega review --help");
  }

  std::string Text(const Json& from, const char* key, const std::string& where) {
    if (from.contains(key) && from[key].is_string()) {
      if (const auto text = from[key].get<std::string>(); !text.empty()) return text;
    }
    Wrong(where + "'" + key + "' is missing");
    return "";
  }

  void Check() {
    if (!json_.is_object() || json_.value("format", Json()) != kDecisionsFormat ||
        !json_.contains("decisions") || !json_["decisions"].is_array()) {
      throw Error(ErrorKind::kData, "is no file of decisions that a review page wrote",
                  {.file = file_}, "bottega review --help");
    }
    review_ = Text(json_, "review", "");
    reviewer_ = Trim(Text(json_, "reviewer", ""));
    data_ = Text(json_, "data", "");
    const std::set<std::string> plain = {"queue", "label", "disputed"};
    const bool sample = std::ranges::any_of(project_.reviews().samples,
                                            [&](const Sample& one) { return one.id == review_; });
    if (!review_.empty() && !plain.contains(review_) && !sample) {
      Wrong("this project has no review '" + review_ + "'");
    }
    blind_ = sample;
    Fail();
  }

  std::optional<Decision> Read(const Json& entry, size_t i) {
    const std::string where = "decision " + std::to_string(i + 1) + ": ";
    if (!entry.is_object() || !entry.contains("row") || !entry["row"].is_number_integer()) {
      Wrong(where + "'row' is missing");
      return std::nullopt;
    }
    Decision decision{.row = entry["row"].get<int64_t>(),
                      .content = Text(entry, "content", where),
                      .data = finder_.sha256(),
                      .reviewer = reviewer_,
                      .time = Text(entry, "time", where),
                      .review = review_,
                      .why = entry.value("why", ""),
                      .note = entry.value("note", ""),
                      .blind = blind_};
    if (!decision.time.empty() && UnixOf(decision.time) == 0) {
      Wrong(where + "'" + decision.time + "' is no UTC time");
    }
    const auto row = finder_.Find(decision.row, decision.content, data_);
    const auto position = row ? finder_.PositionOf(*row) : std::nullopt;
    if (data_ == finder_.sha256() &&
        (!position || finder_.contents().Of(*position) != decision.content)) {
      Wrong(where + "row " + std::to_string(decision.row) +
            (position ? " holds something else" : " is not among the data"));
      return std::nullopt;
    }
    if (!position) {
      ++lost_;
      return std::nullopt;
    }
    decision.row = *row;
    if (!labels_.empty()) decision.before = labels_[static_cast<size_t>(*position)];
    if (!ReadVerdict(entry, where, &decision)) return std::nullopt;
    return decision;
  }

  bool ReadVerdict(const Json& entry, const std::string& where, Decision* decision) {
    const auto verdict = ParseVerdict(Text(entry, "verdict", where));
    if (!verdict || *verdict == Verdict::kUndo) {
      Wrong(where + "there is no such verdict");
      return false;
    }
    decision->verdict = *verdict;
    if (*verdict == Verdict::kKeep) decision->after = decision->before;
    if (*verdict != Verdict::kLabel) return true;
    const std::string label = Text(entry, "after", where);
    if (label.empty()) return false;
    if (number_ ? !ParseNumber(label).has_value() : !classes_.contains(label)) {
      Wrong(where + "'" + label + "' is no " + (number_ ? "number" : "class of these data") +
            (number_ ? "" : " (--classes adds one)"));
      return false;
    }
    decision->after = label;
    if (decision->after == decision->before) decision->verdict = Verdict::kKeep;
    return true;
  }

  Project& project_;
  const std::string file_;
  const std::set<std::string> classes_;
  const bool number_;
  const Json json_;
  RowFinder finder_;
  std::vector<Cell> labels_;
  std::string review_, reviewer_, data_;
  bool blind_ = false;
  std::vector<std::string> wrong_;
  int64_t mistakes_ = 0, known_ = 0, lost_ = 0;
};

}  // namespace

Json ImportDecisions(Project& project, const std::string& file,
                     const std::vector<std::string>& classes, bool number) {
  return Import(project, file, classes, number).Run();
}

}  // namespace bottega
