#include "cli/review_result.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/version.h"
#include "cli/review_print.h"
#include "cli/review_sample.h"
#include "report/review_html.h"

namespace bottega {

Json ShowReviewResult(Invocation& call, Project& project) {
  const Reviews& reviews = project.reviews();
  const std::string asked = call.Text("result");
  Json result = {{"patch", LabelPatchToJson(reviews, project.data())}};
  WriteLabelPatch(project.folder(), reviews, project.data());
  const bool sample = !reviews.samples.empty() || asked != "newest" || !call.Text("out").empty();
  if (sample) {
    Sample named = NamedSample(reviews, asked == "newest" ? "" : asked);
    if (call.args.at("accept").is_number()) named.accept = AcceptedShare(call);
    const SampleResult judged =
        JudgeSample(named, reviews, project.recipe()["audit"]["level"].get<double>());
    result["sample"] = SampleResultToJson(judged);
    if (!call.json) PrintSample(*call.out, judged);
    if (const std::string file = call.Text("out"); !file.empty()) {
      WriteFileAtomic(
          file, ReviewResultHtml(judged, reviews,
                                 {.source = named.source, .version = kVersion, .time = NowUtc()}));
      if (!call.json) *call.out << "page: " << file << "\n";
    }
  }
  if (!call.json) {
    PrintRulings(*call.out, reviews);
    PrintLogs(*call.out, reviews);
  }
  return result;
}

Json ShowAcceptancePlans(Invocation& call) {
  constexpr double kRisk = 0.05;
  constexpr int64_t kMost = 10;
  const double limit = AcceptedShare(call);
  if (limit >= 1) {
    throw Error(ErrorKind::kUsage, "--accept 1 accepts everything", {},
                "bottega review --plan --accept 0.05");
  }
  Json json = Json::array();
  const auto plans = AcceptancePlans(limit, kRisk, kRisk, kMost);
  for (const AcceptancePlan& plan : plans) {
    json.push_back({{"rows", plan.rows}, {"allowed", plan.allowed}, {"passes", plan.passes}});
  }
  if (!call.json) PrintPlans(*call.out, plans, limit, kRisk);
  return {{"limit", limit}, {"consumer_risk", kRisk}, {"producer_risk", kRisk}, {"plans", json}};
}

}  // namespace bottega
