#include "cli/engine/limits.h"

#include "base/error.h"
#include "base/quantity.h"
#include "base/text.h"

namespace bottega {

namespace {

std::string FlagText(const Invocation& call, const char* name) {
  return call.args.contains(name) ? call.Text(name) : "";
}

}  // namespace

Limits LimitsOf(const Invocation& call) {
  Limits limits;
  if (const std::string text = FlagText(call, "budget"); !text.empty()) {
    limits.seconds = ParseDuration(text);
    if (!limits.seconds) {
      throw Error(ErrorKind::kUsage, "--budget: '" + text + "' is no time: write 90s, 30m or 2h",
                  {}, "bottega train --budget 30m");
    }
  }
  if (const std::string text = FlagText(call, "max_rss"); !text.empty()) {
    limits.max_rss = ParseBytes(text);
    if (!limits.max_rss) {
      throw Error(ErrorKind::kUsage,
                  "--max-rss: '" + text + "' is no amount of memory: write 8G or 512M", {},
                  "bottega train --max-rss 8G");
    }
  }
  return limits;
}

void AddLimits(Invocation* call) {
  const Limits limits = LimitsOf(*call);
  if (limits.seconds) {
    call->sets.push_back("train.time_budget=" + FormatNumber(*limits.seconds, 15));
  }
  if (limits.max_rss) call->sets.push_back("train.max_rss=" + FlagText(*call, "max_rss"));
  if (const std::string micro = FlagText(*call, "micro"); !micro.empty()) {
    call->sets.push_back("train.micro_batch=" + micro);
  }
}

void Apply(const Limits& limits, TrainInputs* inputs) {
  inputs->time_budget = limits.seconds;
  inputs->max_rss = limits.max_rss;
}

}  // namespace bottega
