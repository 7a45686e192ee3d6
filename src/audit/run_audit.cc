#include "audit/run_audit.h"

#include <algorithm>
#include <map>
#include <new>
#include <optional>
#include <set>

#include "audit/check.h"
#include "audit/fingerprint.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "base/threads.h"
#include "profile/whole_table.h"

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

constexpr size_t kManyChecks = 8;  // most columns are asked for then

struct Job {
  const Check* check = nullptr;
  Json settings;
  std::optional<CheckRun> run;
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
  std::ranges::stable_partition(jobs, [](const Job& job) { return !job.check->last; });
  return jobs;
}

class Audit {
 public:
  Audit(const Dataset& data, const Json& section, const AuditSources& sources)
      : data_(data),
        section_(section),
        sources_(sources),
        severities_(SeveritiesOf(section)),
        shared_(data),
        result_{.rows = data.size()} {
    if (sources.whole == nullptr) return;
    result_.rows = sources.whole->rows();
    result_.sampled = data.size();
  }

  AuditResult Run() {
    std::vector<Job> jobs = JobsOf(section_);
    const auto last = std::ranges::find_if(jobs, [](const Job& job) { return job.check->last; });
    // Checks that wait for one another's columns would leave processors idle.
    if (jobs.size() >= kManyChecks) shared_.PrepareCells();
    ParallelFor(last - jobs.begin(), 1,
                [&](int64_t i, int64_t) { RunJob(&jobs[static_cast<size_t>(i)], nullptr); });
    for (auto job = jobs.begin(); job != last; ++job) Take(&*job);
    Settle();
    for (auto job = last; job != jobs.end(); ++job) RunJob(&*job, &result_);
    for (auto job = last; job != jobs.end(); ++job) Take(&*job);
    if (last != jobs.end()) Settle();
    return std::move(result_);
  }

 private:
  void RunJob(Job* job, const AuditResult* so_far) {
    static const Json no_recipe = Json::object();
    const AuditContext context{.data = data_,
                               .settings = job->settings,
                               .section = section_,
                               .recipe = sources_.recipe == nullptr ? no_recipe : *sources_.recipe,
                               .split = sources_.split,
                               .shared = shared_,
                               .whole = sources_.whole,
                               .level = section_.at("level").get<double>(),
                               .sample = section_.at("sample").get<int64_t>(),
                               .seed = section_.at("seed").get<uint64_t>(),
                               .memory = sources_.memory,
                               .so_far = so_far,
                               .embedding = sources_.embedding};
    job->run = RunCheck(*job->check, context);
  }

  void Take(Job* job) {
    const std::string name = job->check->spec().name;
    Findings& found = job->run->findings;
    const auto severity = severities_.find(name);
    for (Finding& finding : found.items()) {
      if (severity != severities_.end()) finding.severity = severity->second;
      result_.findings.push_back(std::move(finding));
    }
    result_.checks.push_back({.name = name,
                              .ran = found.skipped().empty(),
                              .reason = found.skipped(),
                              .count = static_cast<int64_t>(found.items().size()),
                              .fault = job->run->fault});
    if (!found.scores().empty()) result_.scores.push_back({name, std::move(found.scores())});
    if (!found.probabilities().values.empty()) {
      result_.probabilities.push_back(std::move(found.probabilities()));
    }
  }

  void Settle() {
    GiveIds(data_, shared_, &result_.findings, settled_);
    settled_ = result_.findings.size();
    if (sources_.memory != nullptr) {
      ApplyWaivers(sources_.memory->waivers, sources_.memory->today, &result_);
      ApplyReviewed(sources_.memory->reviewed, &result_);
    }
    CountOutcomes(&result_);
  }

  const Dataset& data_;
  const Json& section_;
  const AuditSources& sources_;
  const std::map<std::string, Severity> severities_;
  AuditShared shared_;
  AuditResult result_;
  size_t settled_ = 0;  // findings that have their ids
};

}  // namespace

CheckRun RunCheck(const Check& check, const AuditContext& context) {
  ThrowIfInterrupted();
  const auto failed = [&](ErrorKind kind, const std::string& what) {
    CheckRun run{Findings(check.spec().name), kind};
    run.findings.Skip(what);
    return run;
  };
  CheckRun run{Findings(check.spec().name), std::nullopt};
  if (context.data.size() == 0 && context.data.issues.empty() && !check.last) {
    run.findings.Skip("there are no rows");
    return run;
  }
  try {
    check.run(context, run.findings);
    return run;
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kRecipe || error.kind() == ErrorKind::kUsage) throw;
    return failed(error.kind(), error.what());
  } catch (const std::bad_alloc&) {
    return failed(ErrorKind::kInternal, "it ran out of memory");
  } catch (const Interrupted&) {
    throw;
  } catch (const std::exception& error) {
    return failed(ErrorKind::kInternal, std::string("a fault of ours: ") + error.what());
  }
}

AuditResult RunAudit(const Dataset& data, const Json& section, const AuditSources& sources) {
  return Audit(data, section, sources).Run();
}

void AddSplitChecks(const Dataset& repaired, const Json& section, const AuditSources& sources,
                    AuditResult* result) {
  static const std::set<std::string> compare_parts = {"split_overlap", "group_overlap",
                                                      "time_travel"};
  Json only = section;
  std::erase_if(only.at("checks").get_ref<Json::array_t&>(), [&](const Json& check) {
    return !compare_parts.contains(check.at("name").get<std::string>());
  });
  AuditResult parts = RunAudit(repaired, only, sources);
  for (const CheckOutcome& outcome : parts.checks) {
    std::ranges::replace_if(
        result->checks, [&](const CheckOutcome& check) { return check.name == outcome.name; },
        outcome);
    std::erase_if(result->findings,
                  [&](const Finding& finding) { return finding.check == outcome.name; });
  }
  std::ranges::move(parts.findings, std::back_inserter(result->findings));
}

std::optional<Error> FaultOf(const AuditResult& result, const std::string& command) {
  std::vector<std::string> names;
  const CheckOutcome* first = nullptr;
  for (const CheckOutcome& check : result.checks) {
    if (!check.fault) continue;
    if (first == nullptr) first = &check;
    names.push_back(check.name);
  }
  if (first == nullptr) return std::nullopt;
  const size_t more = names.size() - 1;
  const std::string others =
      more == 0 ? "" : " (and " + std::to_string(more) + " other check" + (more == 1 ? ")" : "s)");
  return Error(*first->fault,
               "the check " + first->name + others + " did not run: " + first->reason, {},
               "the other checks ran; `" + command + " --skip " + Join(names, ",") + "` leaves " +
                   (more == 0 ? "it out" : "them out"));
}

bool FailsGate(const AuditResult& result, const std::string& gate) {
  if (gate == "none") return false;
  const SeverityCounts open = OpenCounts(result);
  int64_t grave = 0;
  for (auto s = static_cast<size_t>(ParseSeverity(gate)); s < open.size(); ++s) grave += open[s];
  return grave > 0;
}

}  // namespace bottega
