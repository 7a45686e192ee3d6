#include "audit/run_audit.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <optional>
#include <set>

#include "audit/check.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "base/threads.h"

namespace bottega {
namespace {

const Check* FindCheck(const std::string& name) {
  for (const Check& check : Checks()) {
    if (check.spec().name == name) return &check;
  }
  return nullptr;
}

const Check& NamedCheck(const std::string& name, const std::string& key) {
  if (const Check* check = FindCheck(name)) return *check;
  std::vector<std::string> names;
  for (const Check& check : Checks()) names.push_back(check.spec().name);
  const std::vector<std::string> near = NearestNames(name, names, 1);
  throw Error(ErrorKind::kRecipe, "audit." + key + ": there is no check '" + name + "'", {},
              near.empty() ? "name one of " + Join(names, ", ") : "did you mean " + near[0] + "?");
}

std::map<std::string, Severity> SeveritiesOf(const Json& section) {
  std::map<std::string, Severity> severities;
  for (const auto& [name, value] : section.at("severity").items()) {
    NamedCheck(name, "severity");
    severities[name] = ParseSeverity(value.is_string() ? value.get<std::string>() : value.dump());
  }
  return severities;
}

struct Job {
  const Check* check = nullptr;
  Json settings;
  std::optional<Findings> findings;
};

std::vector<Job> JobsOf(const Json& section) {
  std::set<std::string> skipped;
  for (const Json& name : section.at("skip")) {
    skipped.insert(NamedCheck(name.get<std::string>(), "skip").spec().name);
  }
  std::map<std::string, Json> adjusted;
  for (const Json& settings : section.at("adjust")) {
    adjusted[settings.at("name").get<std::string>()] = settings;
  }
  std::vector<Job> jobs;
  for (const Json& settings : section.at("checks")) {
    const std::string name = settings.at("name").get<std::string>();
    if (skipped.contains(name)) continue;
    const auto at = adjusted.find(name);
    jobs.push_back({&NamedCheck(name, "checks"), at == adjusted.end() ? settings : at->second});
  }
  return jobs;
}

void RunJob(const Dataset& data, const Json& section, const AuditSources& sources,
            AuditShared& shared, Job* job) {
  static const Json no_recipe = Json::object();
  ThrowIfInterrupted();
  job->findings.emplace(job->check->spec().name);
  const AuditContext context{.data = data,
                             .settings = job->settings,
                             .recipe = sources.recipe == nullptr ? no_recipe : *sources.recipe,
                             .split = sources.split,
                             .shared = shared,
                             .level = section.at("level").get<double>(),
                             .sample = section.at("sample").get<int64_t>(),
                             .seed = section.at("seed").get<uint64_t>()};
  if (data.size() == 0 && data.issues.empty()) {
    job->findings->Skip("there are no rows");
    return;
  }
  job->check->run(context, *job->findings);
}

}  // namespace

AuditResult RunAudit(const Dataset& data, const Json& section, const AuditSources& sources) {
  const std::map<std::string, Severity> severities = SeveritiesOf(section);
  std::vector<Job> jobs = JobsOf(section);
  AuditShared shared(data);
  ParallelFor(static_cast<int64_t>(jobs.size()), 1, [&](int64_t i, int64_t) {
    RunJob(data, section, sources, shared, &jobs[static_cast<size_t>(i)]);
  });
  AuditResult result{.rows = data.size()};
  for (Job& job : jobs) {
    const std::string name = job.check->spec().name;
    std::vector<Finding>& items = job.findings->items();
    const bool ran = job.findings->skipped().empty();
    result.checks.push_back(
        {name, ran, job.findings->skipped(), static_cast<int64_t>(items.size())});
    for (size_t i = 0; i < items.size(); ++i) {
      items[i].id = name + "-" + std::to_string(i + 1);
      if (const auto at = severities.find(name); at != severities.end()) {
        items[i].severity = at->second;
      }
      result.findings.push_back(std::move(items[i]));
    }
    if (!job.findings->scores().empty()) {
      result.scores.push_back({name, std::move(job.findings->scores())});
    }
    if (!job.findings->probabilities().values.empty()) {
      result.probabilities.push_back(std::move(job.findings->probabilities()));
    }
  }
  return result;
}

void AddSplitOverlap(const Dataset& repaired, const Json& section, const RowPlan& split,
                     AuditResult* result) {
  constexpr const char* kName = "split_overlap";
  Json only = section;
  std::erase_if(only.at("checks").get_ref<Json::array_t&>(),
                [&](const Json& check) { return check.at("name") != kName; });
  AuditResult overlap = RunAudit(repaired, only, {.split = &split});
  for (CheckOutcome& outcome : overlap.checks) {
    std::ranges::replace_if(
        result->checks, [&](const CheckOutcome& check) { return check.name == kName; }, outcome);
  }
  if (overlap.checks.empty()) return;
  std::erase_if(result->findings, [&](const Finding& finding) { return finding.check == kName; });
  std::ranges::move(overlap.findings, std::back_inserter(result->findings));
}

bool FailsGate(const AuditResult& result, const std::string& gate) {
  if (gate == "none") return false;
  const Severity limit = ParseSeverity(gate);
  return std::ranges::any_of(result.findings,
                             [&](const Finding& finding) { return finding.severity >= limit; });
}

}  // namespace bottega
