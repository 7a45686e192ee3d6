#include <algorithm>
#include <cmath>
#include <numeric>

#include "audit/annotations.h"
#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"

namespace bottega {
namespace {

const Spec& AnnotatorAgreementSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "annotator_agreement",
      .one_line = "annotators who disagree, unreliable ones, and labels against their consensus",
      .text =
          "Where several annotators labelled the same rows, in a column each or in a row each, it "
          "reports Krippendorff's alpha with an interval, Fleiss' and mean pairwise Cohen's kappa; "
          "annotators whose agreement with the majority of the others, beyond chance, is clearly "
          "below that of the others; the rows on which they disagree most; and, where the target "
          "is a column of its own, targets that contradict the consensus by Dawid and Skene's "
          "model. Scores are the probability of the row's label (of the consensus where there is "
          "none). Severity: error when agreement is no better than chance, warning below "
          "`tentative`, info below `reliable`; warning for annotators and targets, info for "
          "disputed rows. Agreement is not truth: annotators can share a mistake.",
      .params = {{.name = "columns",
                  .type = ParamType::kTextList,
                  .what = "columns that hold an annotator's labels each (none: by their names)",
                  .fallback = Json::array()},
                 {.name = "annotator",
                  .what = "column that names the annotator, with a row per item and annotator"},
                 {.name = "item", .what = "column that names the item, with `annotator`"},
                 {.name = "label",
                  .what = "column of the labels, with `annotator` (the target when not set)"},
                 {.name = "scale",
                  .type = ParamType::kChoice,
                  .what = "what a difference of labels counts; auto: interval for numbers, ordinal "
                          "for up to 11 whole numbers, else nominal",
                  .fallback = "auto",
                  .choices = {"auto", "nominal", "ordinal", "interval"}},
                 {.name = "reliable",
                  .type = ParamType::kFloat,
                  .what = "alpha below which it is reported",
                  .fallback = 0.8,
                  .min = 0,
                  .max = 1,
                  .source = "Krippendorff, Content Analysis, 2004, section 11.4"},
                 {.name = "tentative",
                  .type = ParamType::kFloat,
                  .what = "alpha below which it is a warning",
                  .fallback = 0.667,
                  .min = 0,
                  .max = 1,
                  .source = "Krippendorff, Content Analysis, 2004, section 11.4"},
                 {.name = "gap",
                  .type = ParamType::kFloat,
                  .what = "how far an annotator's kappa with the others lies below theirs to be "
                          "named",
                  .fallback = 0.2,
                  .min = 0,
                  .max = 1,
                  .smaller = "names annotators that are only a little worse"},
                 {.name = "sure",
                  .type = ParamType::kFloat,
                  .what = "probability of the consensus from which on another target is reported",
                  .fallback = 0.95,
                  .min = 0.5,
                  .max = 1}},
      .synonyms = {"inter_annotator_agreement", "kappa", "krippendorff", "fleiss", "dawid_skene",
                   "consensus"},
      .source = "Krippendorff 2011; Fleiss 1971; Cohen 1960; Dawid & Skene 1979",
  };
  return spec;
}

constexpr double kFewestShared = 20;  // items that an annotator is judged by

// Annotators may be called by their mail address.
std::string NameOf(const std::string& annotator) {
  const size_t at = annotator.find('@');
  return at == std::string::npos ? Quote(annotator)
                                 : Quote(annotator.substr(0, 1) + "..." + annotator.substr(at));
}

Place PlaceOfAnnotator(const AuditContext& context, const Annotations& found, size_t annotator) {
  Place place{.file = context.data.source.filename().string()};
  place.column = found.wide ? found.annotators[annotator] : found.label_column;
  return place;
}

// Mean of Cohen's kappa over pairs of annotators with enough common items, at most 300 pairs.
double MeanKappa(const Annotations& found) {
  const int32_t most = static_cast<int32_t>(std::min<int64_t>(25, found.ratings.annotators));
  if (found.ratings.values > 200) return std::nan("");
  double sum = 0, weight = 0;
  for (int32_t a = 0; a < most; ++a) {
    for (int32_t b = a + 1; b < most; ++b) {
      const Contingency pair = PairOfAnnotators(found.ratings, a, b);
      const double n = pair.total();
      const double kappa = CohenKappa(pair, found.scale);
      if (n < 2 || !std::isfinite(kappa)) continue;
      sum += n * kappa;
      weight += n;
    }
  }
  return weight > 0 ? sum / weight : std::nan("");
}

Json Finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

void JudgeAgreement(const AuditContext& context, const Annotations& found, Findings& findings) {
  const Estimate alpha =
      KrippendorffAlphaInterval(found.ratings, found.scale, context.level, context.seed);
  const double reliable = context.settings.at("reliable").get<double>();
  if (!std::isfinite(alpha.value) || alpha.value >= reliable) return;
  const bool chance = alpha.low <= 0;
  const double fleiss = FleissKappa(found.ratings), cohen = MeanKappa(found);
  const Severity severity =
      chance ? Severity::kError
             : (alpha.value < context.settings.at("tentative").get<double>() ? Severity::kWarning
                                                                             : Severity::kInfo);
  Place place{.file = context.data.source.filename().string()};
  if (!found.wide) place.column = found.label_column;
  static constexpr const char* kScales[] = {"nominal", "ordinal", "interval"};
  std::string message = FormatCount(found.ratings.annotators) + " annotators agree " +
                        (chance ? "no better than by chance" : "only partly") +
                        ": Krippendorff's alpha (" + kScales[static_cast<int>(found.scale)] + ") " +
                        FormatNumber(alpha.value, 2) + " (" + FormatNumber(alpha.low, 2) + " to " +
                        FormatNumber(alpha.high, 2) + ")";
  if (std::isfinite(fleiss)) message += ", Fleiss' kappa " + FormatNumber(fleiss, 2);
  if (std::isfinite(cohen)) message += ", mean Cohen's kappa " + FormatNumber(cohen, 2);
  findings
      .Add(severity, place, message,
           "sharpen the guideline by the rows on which they disagree, label those again, and learn "
           "from the consensus")
      .detail = {{"alpha", alpha.value},         {"low", alpha.low},
                 {"high", alpha.high},           {"fleiss_kappa", Finite(fleiss)},
                 {"cohen_kappa", Finite(cohen)}, {"annotators", found.ratings.annotators}};
}

// Each annotator against the majority of the others on the items where there is one.
std::vector<Contingency> AgainstOthers(const Annotations& found) {
  const size_t k = static_cast<size_t>(found.ratings.values);
  std::vector<Contingency> out(found.annotators.size(), {found.ratings.values, found.ratings.values,
                                                         std::vector<double>(k * k)});
  const std::vector<Rating>& all = found.ratings.ratings;
  std::vector<int32_t> votes(k);
  for (size_t begin = 0; begin < all.size();) {
    size_t end = begin;
    std::ranges::fill(votes, 0);
    for (; end < all.size() && all[end].item == all[begin].item; ++end) {
      ++votes[static_cast<size_t>(all[end].value)];
    }
    for (size_t i = begin; i < end && end - begin > 2; ++i) {
      --votes[static_cast<size_t>(all[i].value)];
      const auto most = std::ranges::max_element(votes);
      if (std::ranges::count(votes, *most) == 1) {
        const int64_t cell = all[i].value * found.ratings.values + (most - votes.begin());
        out[static_cast<size_t>(all[i].annotator)].count[static_cast<size_t>(cell)] += 1;
      }
      ++votes[static_cast<size_t>(all[i].value)];
    }
    begin = end;
  }
  return out;
}

void JudgeAnnotators(const AuditContext& context, const Annotations& found,
                     const Consensus& consensus, Findings& findings) {
  if (found.ratings.annotators < 3 ||
      found.ratings.annotators * found.ratings.values * found.ratings.values > 10'000'000) {
    return;
  }
  const std::vector<Contingency> tables = AgainstOthers(found);
  std::vector<double> kappa, deviation(tables.size()), known;
  for (size_t a = 0; a < tables.size(); ++a) {
    kappa.push_back(CohenKappa(tables[a], found.scale, &deviation[a]));
    if (tables[a].total() >= kFewestShared && std::isfinite(kappa[a])) known.push_back(kappa[a]);
  }
  if (known.size() < 3) return;
  std::ranges::nth_element(known, known.begin() + static_cast<std::ptrdiff_t>(known.size() / 2));
  const double usual = known[known.size() / 2];
  const double limit = usual - context.settings.at("gap").get<double>();
  for (size_t a = 0; a < tables.size(); ++a) {
    if (tables[a].total() < kFewestShared || !std::isfinite(kappa[a])) continue;
    if (kappa[a] + 2 * deviation[a] >= limit) continue;
    Finding& finding = findings.Add(
        Severity::kWarning, PlaceOfAnnotator(context, found, a),
        "annotator " + NameOf(found.annotators[a]) +
            " agrees with the majority of the others by "
            "kappa " +
            FormatNumber(kappa[a], 2) + ", the others by " + FormatNumber(usual, 2) +
            "; is right in an estimated " + Percent(consensus.accuracy[a]) + " of " +
            CountOf(context.data, static_cast<int64_t>(tables[a].total())),
        "look at what this annotator labelled; explain the guideline or leave these labels out");
    finding.detail = {{"annotator", found.annotators[a]},
                      {"kappa", kappa[a]},
                      {"usual_kappa", usual},
                      {"accuracy", consensus.accuracy[a]},
                      {"items", tables[a].total()}};
  }
}

// First row of each item.
std::vector<int64_t> RowsOfItems(const Annotations& found) {
  std::vector<int64_t> row(static_cast<size_t>(found.ratings.items), -1);
  for (size_t i = found.item.size(); i-- > 0;) {
    if (found.item[i] >= 0) row[static_cast<size_t>(found.item[i])] = static_cast<int64_t>(i);
  }
  return row;
}

void ListDisputed(const AuditContext& context, const Annotations& found, const Consensus& consensus,
                  Findings& findings) {
  const std::vector<double> disagreement = ItemDisagreement(found.ratings);
  const std::vector<int64_t> row = RowsOfItems(found);
  std::vector<int64_t> disputed;
  for (int64_t item = 0; item < found.ratings.items; ++item) {
    const int32_t best = consensus.Best(item);
    if (best < 0 || !(disagreement[static_cast<size_t>(item)] >= 0.5)) continue;
    if (consensus.At(item, best) < 0.9) disputed.push_back(item);
  }
  if (disputed.empty()) return;
  const auto doubt = [&](int64_t item) { return consensus.At(item, consensus.Best(item)); };
  std::ranges::stable_sort(disputed, {}, doubt);
  std::vector<int64_t> rows;
  for (const int64_t item : disputed) {
    if (rows.size() < 1000) rows.push_back(row[static_cast<size_t>(item)]);
  }
  findings
      .Add(Severity::kInfo, PlaceOf(context.data, rows[0]),
           "on " + CountOf(context.data, static_cast<int64_t>(disputed.size())) +
               " the annotators disagree and no label is sure: " + NameRows(context.data, rows),
           "have them labelled again, by someone else; they are the best examples for a guideline")
      .detail = {{"rows", RecordNumbers(context.data, rows)}, {"count", disputed.size()}};
}

void JudgeTargets(const AuditContext& context, const Annotations& found, const Consensus& consensus,
                  Findings& findings) {
  const double sure = context.settings.at("sure").get<double>();
  for (size_t i = 0; found.wide && i < found.own.size(); ++i) {
    const int32_t own = found.own[i], best = consensus.Best(found.item[i]);
    if (own < 0 || best < 0 || best == own || consensus.At(found.item[i], best) < sure) continue;
    Finding& finding = findings.Add(
        Severity::kWarning,
        PlaceOf(context.data, static_cast<int64_t>(i), TargetIndex(context.data)),
        NameRow(context.data, static_cast<int64_t>(i)) + " is labelled " +
            Quote(found.values[static_cast<size_t>(own)]) + " but the annotators' consensus is " +
            Quote(found.values[static_cast<size_t>(best)]) + " (" +
            FormatPercent(consensus.At(found.item[i], best), 0) + ")",
        "take the consensus, or find out who changed the label and why");
    finding.confidence = consensus.At(found.item[i], best);
    finding.detail = {{"given", found.values[static_cast<size_t>(own)]},
                      {"suggested", found.values[static_cast<size_t>(best)]}};
  }
}

std::vector<float> ScoresOf(const Annotations& found, const Consensus& consensus) {
  std::vector<float> scores(found.item.size(), std::nanf(""));
  for (size_t i = 0; i < scores.size(); ++i) {
    if (found.item[i] < 0) continue;
    const int32_t best = consensus.Best(found.item[i]);
    if (best < 0) continue;
    scores[i] =
        static_cast<float>(consensus.At(found.item[i], found.own[i] >= 0 ? found.own[i] : best));
  }
  return scores;
}

void Run(const AuditContext& context, Findings& findings) {
  const Annotations found = FindAnnotations(context);
  if (!found.why_not.empty()) {
    findings.Skip(found.why_not);
    return;
  }
  JudgeAgreement(context, found, findings);
  // Millions of ratings settle the error rates in few rounds.
  const int iterations = static_cast<int>(
      std::clamp(3e7 / static_cast<double>(found.ratings.ratings.size() + 1), 10.0, 100.0));
  const Consensus consensus = found.ratings.annotators > 2 ? DawidSkene(found.ratings, iterations)
                                                           : MajorityVote(found.ratings);
  JudgeAnnotators(context, found, consensus, findings);
  ListDisputed(context, found, consensus, findings);
  JudgeTargets(context, found, consensus, findings);
  findings.Score(ScoresOf(found, consensus));
}

}  // namespace

const Check& AnnotatorAgreement() {
  static const Check check = {&AnnotatorAgreementSpec, &Run};
  return check;
}

}  // namespace bottega
