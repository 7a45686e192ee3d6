#include "audit/review/sample_result.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "metric/exact_binomial.h"

namespace bottega {

namespace {

using ByInspector = std::map<std::string, const Decision*>;

bool Wrong(const std::string& outcome, const SampleRow& row) {
  return outcome != "label " + row.label.value_or("");
}

ExactShare ShareOf(std::string name, int64_t k, int64_t n, double level) {
  ExactShare share{.name = std::move(name), .k = k, .n = n};
  share.value = n == 0 ? NAN : static_cast<double>(k) / static_cast<double>(n);
  share.interval = ClopperPearson(static_cast<double>(k), static_cast<double>(n), level);
  return share;
}

// Of several answers the most frequent; "" where there is none, or two.
std::string MostOf(const ByInspector& answers) {
  std::map<std::string, int> votes;
  for (const auto& [name, answer] : answers) {
    if (answer->decides()) ++votes[OutcomeOf(*answer)];
  }
  std::string best;
  int most = 0;
  for (const auto& [outcome, n] : votes) {
    if (n == most) best.clear();
    if (n > most) best = outcome;
    most = std::max(most, n);
  }
  return best;
}

class Judge {
 public:
  Judge(const Sample& sample, const Reviews& reviews, double level)
      : sample_(sample), reviews_(reviews) {
    result_.id = sample.id;
    result_.time = sample.time;
    result_.strata_of = sample.strata_of;
    result_.size = sample.size();
    result_.level = level;
    result_.accept = sample.accept;
    std::map<std::pair<std::string, int64_t>, const Decision*> last;
    for (const Decision& decision : reviews.standing) {
      if (!decision.blind) continue;
      const Decision*& known = last[{decision.reviewer, decision.row}];
      if (known == nullptr || known->time <= decision.time) known = &decision;
    }
    for (const auto& [key, decision] : last) answers_[key.second][key.first] = decision;
  }

  SampleResult Run() {
    for (const SampleRow& row : sample_.rows) row.gold ? CountGold(row) : Count(row);
    for (const SampleStratum& stratum : sample_.strata) result_.drawn += stratum.drawn;
    result_.by_class = std::ranges::all_of(
        sample_.rows, [](const SampleRow& row) { return row.gold || row.stratum == row.label; });
    const auto here = std::ranges::count_if(
        sample_.rows, [](const SampleRow& row) { return !row.gold.has_value(); });
    result_.missing = result_.drawn - here;
    EstimateRate();
    Agree();
    for (auto& [name, inspector] : inspectors_) {
      inspector.name = name;
      inspector.wrong = ShareOf("", inspector.wrong.k, inspector.wrong.n, result_.level);
      inspector.gold = ShareOf("", inspector.gold.k, inspector.gold.n, result_.level);
      result_.inspectors.push_back(inspector);
    }
    return std::move(result_);
  }

 private:
  struct Tally {
    int64_t wrong = 0, rows = 0;
  };

  void CountGold(const SampleRow& row) {
    for (const auto& [name, answer] : answers_[row.row]) {
      Inspector& inspector = inspectors_[name];
      ++(answer->decides() ? inspector.answered : inspector.unsure);
      if (!answer->decides()) continue;
      ++inspector.gold.n;
      inspector.gold.k += OutcomeOf(*answer) == "label " + *row.gold;
    }
  }

  void Count(const SampleRow& row) {
    const ByInspector& answers = answers_[row.row];
    std::set<std::string> outcomes;
    for (const auto& [name, answer] : answers) {
      Inspector& inspector = inspectors_[name];
      ++(answer->decides() ? inspector.answered : inspector.unsure);
      if (!answer->decides()) continue;
      outcomes.insert(OutcomeOf(*answer));
      ++inspector.wrong.n;
      inspector.wrong.k += Wrong(OutcomeOf(*answer), row);
    }
    if (outcomes.size() > 1) result_.disagreements.push_back(row.row);
    std::string outcome = MostOf(answers);
    const auto ruling = reviews_.rulings.find(row.row);
    if (ruling != reviews_.rulings.end() && ruling->second.review == "disputed") {
      const Ruling& ruled = ruling->second;
      outcome = ruled.verdict == Verdict::kSetAside ? std::string(VerdictName(ruled.verdict))
                                                    : "label " + ruled.after.value_or("");
    }
    if (outcome.empty()) {
      if (outcomes.size() > 1) ++result_.disputed;
      if (outcomes.empty() && !answers.empty()) ++result_.unsure;
      return;
    }
    ++result_.answered;
    const bool wrong = Wrong(outcome, row);
    for (Tally* tally : {&strata_[row.stratum], &classes_[row.label.value_or("")]}) {
      ++tally->rows;
      tally->wrong += wrong;
    }
    if (!wrong) return;
    const std::string answer = outcome.starts_with("label ") ? outcome.substr(6) : "set aside";
    ++confusions_[{row.label.value_or(""), answer}];
  }

  void EstimateRate() {
    double spread = 0, rate = 0, weight = 0, low = 0, high = 0;
    const auto size = static_cast<double>(std::max<int64_t>(result_.size, 1));
    for (const SampleStratum& stratum : sample_.strata) {
      const Tally& tally = strata_[stratum.name];
      result_.strata.push_back(ShareOf(stratum.name, tally.wrong, tally.rows, result_.level));
      const double share = static_cast<double>(stratum.size) / size;
      const auto n = static_cast<double>(tally.rows), k = static_cast<double>(tally.wrong);
      const double drawn = std::max<double>(1, static_cast<double>(stratum.drawn));
      low += share * k / drawn;
      high += share * (k + drawn - n) / drawn;
      if (tally.rows == 0) continue;
      weight += share;
      rate += share * k / n;
      spread += share * share / n;
    }
    result_.rate = weight > 0 ? rate / weight : NAN;
    result_.effective = weight > 0 ? weight * weight / spread : 0;
    result_.if_all_sound = low;
    result_.if_all_wrong = high;
    result_.interval = weight > 0 ? ClopperPearson(result_.rate * result_.effective,
                                                   result_.effective, result_.level)
                                  : Interval{0, 1};
    if (result_.answered == result_.size) result_.interval = {result_.rate, result_.rate};
    result_.decision = JudgeAcceptance(result_.interval, result_.accept);
    if (result_.decision == Acceptance::kUndecided && weight > 0) {
      result_.rows_needed = RowsToDecide(result_.rate, result_.accept, result_.level);
    }
    for (const auto& [name, tally] : classes_) {
      result_.classes.push_back(ShareOf(name, tally.wrong, tally.rows, result_.level));
    }
    for (const auto& [pair, rows] : confusions_) {
      result_.confusions.push_back({pair.first, pair.second, rows});
    }
    std::ranges::stable_sort(result_.confusions, {}, [](const auto& one) { return -one.rows; });
  }

  // Planted rows count too: they are asked like the others.
  void Agree() {
    result_.fleiss = NAN;
    result_.alpha = {NAN, NAN, NAN};
    Ratings ratings;
    std::map<std::string, int32_t> annotators, values;
    std::vector<std::string> names;
    for (const auto& [name, inspector] : inspectors_) {
      annotators.emplace(name, static_cast<int32_t>(names.size()));
      names.push_back(name);
    }
    for (const SampleRow& row : sample_.rows) {
      for (const auto& [name, answer] : answers_[row.row]) {
        if (answer->decides()) values.emplace(OutcomeOf(*answer), 0);
      }
    }
    int32_t next = 0;
    for (auto& [outcome, code] : values) code = next++;
    for (const SampleRow& row : sample_.rows) {
      for (const auto& [name, answer] : answers_[row.row]) {
        if (!answer->decides()) continue;
        ratings.ratings.push_back({static_cast<int32_t>(ratings.items), annotators.at(name),
                                   values.at(OutcomeOf(*answer))});
      }
      ++ratings.items;
    }
    ratings.annotators = static_cast<int64_t>(names.size());
    ratings.values = next;
    if (names.size() < 2 || next < 1) return;
    for (int32_t a = 0; a < ratings.annotators; ++a) {
      for (int32_t b = a + 1; b < ratings.annotators; ++b) AddPair(ratings, names, a, b);
    }
    if (result_.pairs.empty()) return;
    result_.fleiss = FleissKappa(ratings);
    result_.alpha =
        KrippendorffAlphaInterval(ratings, AgreementScale::kNominal, result_.level, sample_.seed);
  }

  void AddPair(const Ratings& ratings, const std::vector<std::string>& names, int32_t a,
               int32_t b) {
    const Contingency pair = PairOfAnnotators(ratings, a, b);
    const double rows = pair.total();
    if (rows <= 0) return;
    double same = 0;
    for (int64_t v = 0; v < pair.rows; ++v) same += pair.at(v, v);
    PairAgreement agreement{.a = names[static_cast<size_t>(a)],
                            .b = names[static_cast<size_t>(b)],
                            .rows = static_cast<int64_t>(rows),
                            .share = same / rows};
    agreement.kappa = CohenKappa(pair, AgreementScale::kNominal, &agreement.deviation);
    result_.pairs.push_back(agreement);
  }

  const Sample& sample_;
  const Reviews& reviews_;
  SampleResult result_;
  std::map<int64_t, ByInspector> answers_;  // by row
  std::map<std::string, Inspector> inspectors_;
  std::map<std::string, Tally> strata_, classes_;
  std::map<std::pair<std::string, std::string>, int64_t> confusions_;
};

}  // namespace

SampleResult JudgeSample(const Sample& sample, const Reviews& reviews, double level) {
  return Judge(sample, reviews, level).Run();
}

}  // namespace bottega
