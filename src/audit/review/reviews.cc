#include "audit/review/reviews.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFormat = "bottega label patch 1";
constexpr const char* kDisputed = "disputed";

using Key = std::tuple<std::string, std::string, int64_t>;  // reviewer, review, row then
using Cell = std::optional<std::string>;

Json LabelJson(const Cell& label) { return label ? Json(*label) : Json(); }

// Of each log the decisions that were not taken back, the last of each row.
std::vector<Decision> Standing(const ReviewLog& log) {
  std::map<std::string, std::vector<const Decision*>> by_row;  // row and data
  for (const Decision& decision : log.decisions) {
    auto& stack = by_row[std::to_string(decision.row) + " " + decision.data];
    if (decision.verdict != Verdict::kUndo) {
      stack.push_back(&decision);
    } else if (!stack.empty()) {
      stack.pop_back();
    }
  }
  std::vector<Decision> standing;
  for (const Decision& decision : log.decisions) {
    const auto& stack = by_row[std::to_string(decision.row) + " " + decision.data];
    if (!stack.empty() && stack.back() == &decision) standing.push_back(decision);
  }
  return standing;
}

class Reader {
 public:
  Reader(const Dataset& data, const std::string& sha256) : data_(data), finder_(data, sha256) {
    const Column* target = data.TargetColumn();
    if (target != nullptr) labels_ = TextsOf(data, data.Find(target->name));
  }

  // Puts the decision on its row of the data as they are; what no longer fits goes to `lost`.
  void Place(Decision decision, Reviews* reviews) {
    const auto row = finder_.Find(decision.row, decision.content, decision.data);
    if (!row) {
      reviews->lost.push_back({decision, "the row is no longer among the data, or was edited"});
      return;
    }
    decision.row = *row;
    const bool label = decision.verdict == Verdict::kKeep || decision.verdict == Verdict::kLabel;
    const Cell now = LabelNow(*row);
    if (label && now != decision.before && now != decision.after) {
      reviews->lost.push_back(
          {decision, "its label was changed since, to " + (now ? "'" + *now + "'" : "none")});
      return;
    }
    reviews->standing.push_back(std::move(decision));
  }

  void Place(Sample* sample) {
    std::erase_if(sample->rows, [&](SampleRow& row) {
      const auto found = finder_.Find(row.row, row.content, sample->data);
      if (found) row.row = *found;
      return !found;
    });
  }

 private:
  Cell LabelNow(int64_t row) const {
    if (labels_.empty()) return std::nullopt;
    return labels_[static_cast<size_t>(*finder_.PositionOf(row))];
  }

  const Dataset& data_;
  RowFinder finder_;
  std::vector<Cell> labels_;
};

Ruling RulingOf(const std::vector<const Decision*>& same) {
  const Decision& last =
      **std::ranges::max_element(same, {}, [](const Decision* decision) { return decision->time; });
  Ruling ruling{.verdict = last.verdict,
                .before = last.before,
                .after = last.after,
                .time = last.time,
                .review = last.review,
                .why = last.why,
                .note = last.note};
  for (const Decision* decision : same) ruling.by.push_back(decision->reviewer);
  std::ranges::sort(ruling.by);
  return ruling;
}

void Rule(Reviews* reviews) {
  std::map<std::pair<std::string, int64_t>, bool> gold;
  for (const Sample& sample : reviews->samples) {
    for (const SampleRow& row : sample.rows) gold[{sample.id, row.row}] = row.gold.has_value();
  }
  // The last word of each reviewer on each row; a settled dispute ends all.
  std::map<int64_t, std::map<std::string, const Decision*>> words;
  std::map<int64_t, const Decision*> settled;
  for (const Decision& decision : reviews->standing) {
    const auto planted = gold.find({decision.review, decision.row});
    if (!decision.decides() || (planted != gold.end() && planted->second)) continue;
    const Decision*& last = decision.review == kDisputed ? settled[decision.row]
                                                         : words[decision.row][decision.reviewer];
    if (last == nullptr || last->time <= decision.time) last = &decision;
  }
  for (const auto& [row, decision] : settled) reviews->rulings[row] = RulingOf({decision});
  for (const auto& [row, by_reviewer] : words) {
    if (settled.contains(row)) continue;
    std::vector<const Decision*> all;
    std::set<std::string> outcomes;
    for (const auto& [reviewer, decision] : by_reviewer) {
      all.push_back(decision);
      outcomes.insert(OutcomeOf(*decision));
    }
    if (outcomes.size() == 1) {
      reviews->rulings[row] = RulingOf(all);
      continue;
    }
    Dispute dispute{.row = row};
    for (const Decision* decision : all) dispute.decisions.push_back(*decision);
    reviews->disputes.push_back(std::move(dispute));
  }
}

Json RulingJson(int64_t row, const Ruling& ruling) {
  Json json = {{"row", row},
               {"verdict", VerdictName(ruling.verdict)},
               {"before", LabelJson(ruling.before)},
               {"after", LabelJson(ruling.after)},
               {"by", ruling.by},
               {"time", ruling.time},
               {"review", ruling.review}};
  if (!ruling.why.empty()) json["why"] = ruling.why;
  if (!ruling.note.empty()) json["note"] = ruling.note;
  return json;
}

}  // namespace

std::map<int64_t, Ruling> RulingsWithoutSamples(const Reviews& reviews) {
  std::set<int64_t> sampled;
  for (const Decision& decision : reviews.standing) {
    if (decision.blind) sampled.insert(decision.row);
  }
  Reviews others;
  for (const Decision& decision : reviews.standing) {
    const bool settles = decision.review == kDisputed && sampled.contains(decision.row);
    if (!decision.blind && !settles) others.standing.push_back(decision);
  }
  Rule(&others);
  return std::move(others.rulings);
}

const Decision* AnsweredBlind(const Reviews& reviews, const std::string& reviewer, int64_t row) {
  const Decision* last = nullptr;
  for (const Decision& decision : reviews.standing) {
    if (!decision.blind || decision.row != row || decision.reviewer != reviewer) continue;
    if (last == nullptr || last->time <= decision.time) last = &decision;
  }
  return last;
}

std::map<int64_t, ReviewedRow> ReviewedRows(const Reviews& reviews) {
  std::map<int64_t, ReviewedRow> rows;
  for (const auto& [row, ruling] : reviews.rulings) {
    const std::string outcome =
        ruling.verdict == Verdict::kKeep ? "the label was confirmed"
        : ruling.verdict == Verdict::kSetAside
            ? "the row is set aside by bottega clean"
            : "bottega clean corrects the label to '" + ruling.after.value_or("") + "'";
    rows[row] = {outcome, Join(ruling.by, " and ")};
  }
  return rows;
}

std::string OutcomeOf(const Decision& decision) {
  if (decision.verdict != Verdict::kKeep && decision.verdict != Verdict::kLabel) {
    return std::string(VerdictName(decision.verdict));
  }
  return "label " + decision.after.value_or("");
}

std::string OutcomeText(const Decision& decision) {
  if (decision.verdict == Verdict::kSetAside) return "that the row does not belong";
  if (decision.verdict == Verdict::kUnsure) return "unsure";
  return decision.after ? "'" + *decision.after + "'" : "that the row is sound";
}

Reviews ReadReviews(const fs::path& project, const Dataset& data, const std::string& sha256) {
  Reviews reviews{
      .sha256 = sha256, .logs = ReadReviewLogs(project), .samples = ReadSamples(project)};
  if (reviews.empty()) return reviews;
  Reader reader(data, sha256);
  for (Sample& sample : reviews.samples) reader.Place(&sample);
  for (const ReviewLog& log : reviews.logs) {
    for (Decision& decision : Standing(log)) reader.Place(std::move(decision), &reviews);
  }
  Rule(&reviews);
  return reviews;
}

Json LabelPatchToJson(const Reviews& reviews, const Dataset& data) {
  const Column* target = data.TargetColumn();
  Json logs = Json::array(), labels = Json::array(), disputed = Json::array(), lost = Json::array();
  for (const ReviewLog& log : reviews.logs) {
    logs.push_back({{"path", log.path},
                    {"decisions", log.decisions.size()},
                    {"seal", log.seal},
                    {"breaks", log.breaks}});
  }
  for (const auto& [row, ruling] : reviews.rulings) labels.push_back(RulingJson(row, ruling));
  for (const Dispute& dispute : reviews.disputes) {
    Json said = Json::array();
    for (const Decision& decision : dispute.decisions) {
      said.push_back({{"by", decision.reviewer},
                      {"verdict", VerdictName(decision.verdict)},
                      {"after", LabelJson(decision.after)},
                      {"time", decision.time}});
    }
    disputed.push_back({{"row", dispute.row}, {"said", said}});
  }
  for (const LostDecision& one : reviews.lost) {
    lost.push_back({{"row", one.decision.row},
                    {"by", one.decision.reviewer},
                    {"time", one.decision.time},
                    {"review", one.decision.review},
                    {"reason", one.reason}});
  }
  return {{"format", kFormat},
          {"source", data.source.lexically_normal().string()},
          {"sha256", reviews.sha256},
          {"target", target == nullptr ? Json() : Json(target->name)},
          {"logs", logs},
          {"labels", labels},
          {"disputed", disputed},
          {"lost", lost}};
}

void WriteLabelPatch(const fs::path& project, const Reviews& reviews, const Dataset& data) {
  if (reviews.empty()) return;
  WriteJson(project / kReviewsFolder / "labels.json", LabelPatchToJson(reviews, data));
}

std::string DigestOfRulings(const Reviews& reviews) {
  std::string text;
  for (const auto& [row, ruling] : reviews.rulings) {
    if (ruling.verdict == Verdict::kKeep) continue;
    text += CanonicalJson(RulingJson(row, ruling)) + "\n";
  }
  return text.empty() ? "" : Sha256Hex(text);
}

}  // namespace bottega
