#include <cmath>

#include "audit/review/sample_result.h"

namespace bottega {

namespace {

Json Number(double x) { return std::isfinite(x) ? Json(x) : Json(); }

Json ShareJson(const ExactShare& share) {
  return {{"wrong", share.k},
          {"rows", share.n},
          {"value", Number(share.value)},
          {"low", share.interval.low},
          {"high", share.interval.high}};
}

Json SharesJson(const std::vector<ExactShare>& shares) {
  Json json = Json::object();
  for (const ExactShare& share : shares) json[share.name] = ShareJson(share);
  return json;
}

Json InspectorJson(const Inspector& inspector) {
  return {{"name", inspector.name},
          {"answered", inspector.answered},
          {"unsure", inspector.unsure},
          {"calls_wrong", ShareJson(inspector.wrong)},
          {"gold",
           {{"right", inspector.gold.k},
            {"rows", inspector.gold.n},
            {"accuracy", Number(inspector.gold.value)},
            {"low", inspector.gold.interval.low},
            {"high", inspector.gold.interval.high}}}};
}

}  // namespace

Json SampleResultToJson(const SampleResult& r) {
  Json inspectors = Json::array(), pairs = Json::array(), confusions = Json::array();
  for (const Inspector& inspector : r.inspectors) inspectors.push_back(InspectorJson(inspector));
  for (const PairAgreement& pair : r.pairs) {
    pairs.push_back({{"a", pair.a},
                     {"b", pair.b},
                     {"rows", pair.rows},
                     {"agreement", pair.share},
                     {"kappa", Number(pair.kappa)},
                     {"deviation", Number(pair.deviation)}});
  }
  for (const auto& one : r.confusions) {
    confusions.push_back({{"label", one.label}, {"answer", one.answer}, {"rows", one.rows}});
  }
  return {{"sample", r.id},
          {"drawn", r.drawn},
          {"of", r.size},
          {"answered", r.answered},
          {"unsure", r.unsure},
          {"disputed", r.disputed},
          {"missing", r.missing},
          {"error_rate",
           {{"value", Number(r.rate)},
            {"low", r.interval.low},
            {"high", r.interval.high},
            {"level", r.level},
            {"effective_rows", r.effective},
            {"if_unanswered_sound", r.if_all_sound},
            {"if_unanswered_wrong", r.if_all_wrong}}},
          {"acceptance",
           {{"limit", r.accept},
            {"decision", AcceptanceName(r.decision)},
            {"rows_needed", r.rows_needed < 0 ? Json() : Json(r.rows_needed)}}},
          {"strata_of", r.strata_of},
          {"strata", SharesJson(r.strata)},
          {"classes", SharesJson(r.classes)},
          {"confusions", confusions},
          {"inspectors", inspectors},
          {"pairs", pairs},
          {"fleiss_kappa", Number(r.fleiss)},
          {"krippendorff_alpha",
           {{"value", Number(r.alpha.value)},
            {"low", Number(r.alpha.low)},
            {"high", Number(r.alpha.high)}}},
          {"disagreements", r.disagreements}};
}

}  // namespace bottega
