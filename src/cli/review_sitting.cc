#include "cli/review_sitting.h"

#include <algorithm>
#include <deque>
#include <set>

#include "base/text.h"
#include "cli/answers.h"
#include "cli/review_show.h"

namespace bottega {

namespace {

// Lower-case word and the rest of a line: "o yes" -> {"o", "yes"}.
std::pair<std::string, std::string> Command(const std::string& answer) {
  const size_t space = answer.find(' ');
  if (space == std::string::npos) return {answer, ""};
  return {answer.substr(0, space), std::string(Trim(answer.substr(space)))};
}

class Sitting {
 public:
  Sitting(std::ostream& out, Project& project, const std::string& reviewer, ReviewTask* task)
      : out_(out),
        project_(project),
        reviewer_(reviewer),
        task_(*task),
        finder_(project.data(), project.digest().sha256),
        all_(task->items.size()) {
    for (size_t i = 0; i < all_; ++i) waiting_.push_back(i);
  }

  ~Sitting() { RemoveShownPictures(project_); }
  Sitting(const Sitting&) = delete;
  Sitting& operator=(const Sitting&) = delete;

  SittingOutcome Hold() {
    if (!task_.guideline.empty()) out_ << task_.guideline << "\n";
    while (!waiting_.empty()) {
      const size_t index = waiting_.front();
      if (DecidedElsewhere(task_.items[index])) {
        waiting_.pop_front();
        ++outcome_.elsewhere;
        continue;
      }
      if (!Ask(index)) break;
    }
    outcome_.finished = waiting_.empty();
    outcome_.left = static_cast<int64_t>(waiting_.size());
    return outcome_;
  }

 private:
  struct Given {
    size_t index = 0;
    Verdict verdict = Verdict::kUnsure;
    std::vector<int64_t> rows;
  };

  // In the queue a row that another reviewer has decided meanwhile is no question any more.
  bool DecidedElsewhere(const ReviewItem& item) const {
    const bool shared = task_.review == "queue" || task_.review == "disputed";
    if (!shared || task_.again) return false;
    for (const ReviewLog& log : ReadReviewLogs(project_.folder())) {
      const Decision* last = nullptr;
      for (const Decision& decision : log.decisions) {
        const bool here = decision.row == item.row && decision.data == finder_.sha256();
        if (here && decision.review == task_.review) last = &decision;
      }
      if (last != nullptr && last->decides() && last->reviewer != reviewer_) return true;
    }
    return false;
  }

  // False: the reviewer stops.
  bool Ask(size_t index) {
    ReviewItem& item = task_.items[index];
    if (item.content.empty()) item.content = finder_.contents().Of(item.position);
    ShowReviewItem(out_, project_, task_, item, all_ - waiting_.size() + 1, all_);
    while (true) {
      out_ << AnswerKeys(task_, item, answers_.keys()) << "> " << std::flush;
      const auto answer = answers_.Next();
      if (!answer) {
        out_ << "\n";
        return false;
      }
      if (!answers_.keys() || answer->size() == 1) out_ << *answer << "\n";
      switch (Take(index, *answer)) {
        case Step::kNext:
          return true;
        case Step::kStop:
          return false;
        case Step::kAgain:
          break;
      }
    }
  }

  enum class Step { kNext, kAgain, kStop };

  Step Take(size_t index, const std::string& answer) {
    ReviewItem& item = task_.items[index];
    const auto [word, rest] = Command(answer);
    if (word == "q") return Step::kStop;
    if (word == "?") return Say(AnswerHelp(task_));
    if (word == "s" || word == "right") return Skip();
    if (word == "b" || word == "left") return Back();
    if (word == "n") return Note(rest);
    if (word == "u") return Decide(index, Verdict::kUnsure, std::nullopt);
    if (word == "x") return Decide(index, Verdict::kSetAside, std::nullopt);
    const bool keeps = !task_.blind && !task_.first_labels && task_.review != "disputed";
    if (word == "k" && keeps) return Decide(index, Verdict::kKeep, std::nullopt);
    if (word == "t" && !task_.blind && item.suggested) {
      return Decide(index, Verdict::kLabel, item.suggested);
    }
    if (!task_.has_target) return Say("no such answer; ? tells them all\n");
    for (size_t i = 0; i < task_.classes.size(); ++i) {
      if (answer != ClassKey(task_, i)) continue;
      return Decide(index, Verdict::kLabel, task_.classes[i]);
    }
    if (word == "o") return Type(index, rest);
    if (answers_.keys() && !task_.number) return Say("no such key; ? tells them all\n");
    return Type(index, answer);
  }

  Step Say(const std::string& text) {
    out_ << text;
    return Step::kAgain;
  }

  Step Type(size_t index, std::string typed) {
    if (typed.empty()) {
      out_ << (task_.number ? "number: " : "class: ") << std::flush;
      const auto line = answers_.Line();
      if (!line) return Step::kStop;
      typed = *line;
    }
    if (typed.empty()) return Step::kAgain;
    std::string wrong;
    const auto label = ResolveLabel(task_, typed, &wrong);
    if (!label) return Say(wrong + "\n");
    return Decide(index, Verdict::kLabel, label);
  }

  Step Note(std::string text) {
    if (text.empty()) {
      out_ << "note: " << std::flush;
      const auto line = answers_.Line();
      if (!line) return Step::kStop;
      text = *line;
    }
    note_ = text;
    return Say("the note goes with the next answer\n");
  }

  Step Skip() {
    const size_t index = waiting_.front();
    waiting_.pop_front();
    if (skipped_.insert(index).second) {
      waiting_.push_back(index);
    } else {
      ++outcome_.skipped;  // twice: this sitting does not put it again
    }
    return Step::kNext;
  }

  Step Back() {
    if (given_.empty()) return Say("there is no answer of this sitting to take back\n");
    const Given last = given_.back();
    given_.pop_back();
    std::vector<Decision> undone;
    for (const int64_t row : last.rows) {
      Decision decision = DecisionOn(project_, task_, task_.items[last.index], Verdict::kUndo, {});
      decision.row = row;
      decision.content = finder_.contents().Of(*finder_.PositionOf(row));
      undone.push_back(Signed(std::move(decision)));
    }
    AppendDecisions(project_.folder(), task_.review, reviewer_, undone);
    Count(last.verdict, -1);
    waiting_.push_front(last.index);
    return Step::kNext;
  }

  Step Decide(size_t index, Verdict verdict, const std::optional<std::string>& after) {
    const ReviewItem& item = task_.items[index];
    Decision decision = Signed(DecisionOn(project_, task_, item, verdict, after));
    std::vector<Decision> decisions = {decision};
    for (const int64_t position : item.copies) {
      Decision copy = decision;
      copy.row = project_.data().rows[static_cast<size_t>(position)];
      copy.content = finder_.contents().Of(position);
      copy.copy_of = item.row;
      decisions.push_back(std::move(copy));
    }
    AppendDecisions(project_.folder(), task_.review, reviewer_, decisions);
    Given given{.index = index, .verdict = decision.verdict};
    for (const Decision& one : decisions) given.rows.push_back(one.row);
    given_.push_back(std::move(given));
    Count(decision.verdict, 1);
    note_.clear();
    waiting_.pop_front();
    return Step::kNext;
  }

  Decision Signed(Decision decision) const {
    decision.reviewer = reviewer_;
    if (decision.verdict != Verdict::kUndo) decision.note = note_;
    return decision;
  }

  void Count(Verdict verdict, int64_t by) {
    switch (verdict) {
      case Verdict::kKeep:
        outcome_.kept += by;
        break;
      case Verdict::kLabel:
        outcome_.labelled += by;
        break;
      case Verdict::kSetAside:
        outcome_.set_aside += by;
        break;
      default:
        outcome_.unsure += by;
    }
  }

  std::ostream& out_;
  Project& project_;
  const std::string reviewer_;
  ReviewTask& task_;
  RowFinder finder_;
  Answers answers_;
  const size_t all_;
  std::deque<size_t> waiting_;
  std::set<size_t> skipped_;
  std::vector<Given> given_;
  std::string note_;
  SittingOutcome outcome_;
};

}  // namespace

SittingOutcome HoldSitting(std::ostream& out, Project& project, const std::string& reviewer,
                           ReviewTask* task) {
  return Sitting(out, project, reviewer, task).Hold();
}

}  // namespace bottega
