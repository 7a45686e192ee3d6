#include "audit/history.h"

#include <algorithm>
#include <set>

#include "audit/check.h"
#include "audit/result_json.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "base/version.h"
#include "data/infer/dates.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFormat = "bottega audit summary 1";

fs::path FolderOf(const fs::path& project) { return project / ".bottega" / "audits"; }

Json ToJson(const AuditSummary& summary) {
  Json checks = Json::object();
  for (const auto& [name, open] : summary.checks) {
    checks[name] = {{"info", open[0]}, {"warning", open[1]}, {"error", open[2]}};
  }
  return {{"format", kFormat},        {"time", summary.time},     {"version", summary.version},
          {"source", summary.source}, {"sha256", summary.sha256}, {"audit", summary.digest},
          {"rows", summary.rows},     {"waived", summary.waived}, {"faults", summary.faults},
          {"checks", checks}};
}

AuditSummary FromJson(const Json& json) {
  AuditSummary summary{.time = json.at("time"),
                       .version = json.at("version"),
                       .source = json.at("source"),
                       .sha256 = json.at("sha256"),
                       .digest = json.at("audit"),
                       .rows = json.at("rows"),
                       .waived = json.at("waived"),
                       .faults = json.at("faults").get<std::vector<std::string>>()};
  for (const auto& [name, open] : json.at("checks").items()) {
    summary.checks[name] = {open.at("info"), open.at("warning"), open.at("error")};
  }
  return summary;
}

std::vector<fs::path> FilesIn(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    files.push_back(at->path());
  }
  std::ranges::sort(files);
  return files;
}

// `read` of a file that may be damaged, or of another program version.
template <class Read>
bool Try(const Read& read) {
  try {
    read();
    return true;
  } catch (const Error&) {
    return false;
  } catch (const Json::exception&) {
    return false;
  }
}

int64_t FileSeconds(const fs::path& file) {
  const auto time = fs::last_write_time(file) - fs::file_time_type::clock::now();
  return NowUnixSeconds() + std::chrono::duration_cast<std::chrono::seconds>(time).count();
}

// "20261123-224107" as ids begin.
std::string IdOf(const std::string& utc) {
  std::string id;
  for (const char c : utc) {
    if (IsDigit(c)) id += c;
    if (c == 'T') id += '-';
  }
  return id;
}

// Audits in the stage folders that no summary in `known` speaks of.
void AddLost(const fs::path& project, const std::string& source, std::vector<AuditSummary>* known) {
  std::set<std::string> digests;
  for (const AuditSummary& summary : *known) digests.insert(summary.digest);
  for (const fs::path& folder : FilesIn(project / ".bottega" / "audit")) {
    const std::string digest = folder.filename().string();
    const fs::path file = folder / "audit.json";
    std::error_code ignored;
    if (digests.contains(digest) || !fs::exists(file, ignored)) continue;
    Try([&] {
      const AuditResult result = AuditFromJson(ReadJson(file), file.string());
      if (result.source != source) return;
      AuditSummary summary = SummaryOf(result, digest);
      summary.time = FormatUtc(FileSeconds(file));
      summary.id = IdOf(summary.time) + "-" + digest.substr(0, 4);
      known->push_back(summary);
      WriteSummary(project, summary);
    });
  }
}

}  // namespace

SeverityCounts AuditSummary::Total() const {
  SeverityCounts total{};
  for (const auto& [name, open] : checks) {
    for (size_t s = 0; s < total.size(); ++s) total[s] += open[s];
  }
  return total;
}

AuditSummary SummaryOf(const AuditResult& result, const std::string& digest) {
  AuditSummary summary{.id = NewRunId(),
                       .time = NowUtc(),
                       .version = kVersion,
                       .source = result.source,
                       .sha256 = result.sha256,
                       .digest = digest,
                       .rows = result.rows};
  for (const CheckOutcome& check : result.checks) {
    summary.waived += check.waived;
    if (check.fault) summary.faults.push_back(check.name);
    if (!check.fault) summary.checks[check.name] = check.open;
  }
  return summary;
}

void WriteSummary(const fs::path& project, AuditSummary summary) {
  WriteJson(FolderOf(project) / (summary.id + ".json"), ToJson(summary));
}

std::vector<AuditSummary> ReadHistory(const fs::path& project, const std::string& source) {
  std::vector<AuditSummary> history;
  for (const fs::path& file : FilesIn(FolderOf(project))) {
    if (file.extension() != ".json") continue;
    Try([&] {
      const Json json = ReadJson(file);
      if (json.at("format") != kFormat || json.at("source") != source) return;
      history.push_back(FromJson(json));
      history.back().id = file.stem().string();
    });
  }
  AddLost(project, source, &history);
  std::ranges::stable_sort(history, {}, [](const AuditSummary& s) { return s.time; });
  return history;
}

std::vector<Worse> WorseThan(const AuditSummary& then, const AuditSummary& now) {
  std::vector<Worse> worse;
  for (const Check& check : Checks()) {
    const auto before = then.checks.find(check.spec().name);
    const auto after = now.checks.find(check.spec().name);
    if (check.last || before == then.checks.end() || after == now.checks.end()) continue;
    const Worse change{before->first, before->second, after->second};
    if (change.more_errors() || change.new_kind()) worse.push_back(change);
  }
  return worse;
}

int64_t ParseInterval(const std::string& text) {
  if (text.size() < 2) return 0;
  const std::optional<int64_t> number = ParseInteger(text.substr(0, text.size() - 1));
  const bool plain = IsDigit(text[0]) && IsDigit(text[text.size() - 2]);
  if (!plain || !number || *number < 1 || *number > 100'000) return 0;
  switch (text.back()) {
    case 'h':
      return *number * 3600;
    case 'd':
      return *number * 86'400;
    case 'w':
      return *number * 7 * 86'400;
    default:
      return 0;
  }
}

int64_t UnixOf(const std::string& utc) {
  return ParseDate(utc, "%Y-%m-%dT%H:%M:%S%z").value_or(0) / 1'000'000;
}

Due JudgeDue(const std::vector<AuditSummary>& history, const std::string& sha256,
             const std::vector<std::string>& checks, const std::string& every, int64_t now) {
  if (history.empty()) return {true, "these data were never audited"};
  const std::string last_time = history.back().time;
  std::vector<std::string> missing = checks;
  const AuditSummary* last = nullptr;
  for (auto at = history.rbegin(); at != history.rend() && last == nullptr; ++at) {
    if (at->sha256 != sha256) continue;
    std::vector<std::string> lacks = checks;
    std::erase_if(lacks, [&](const std::string& name) { return at->checks.contains(name); });
    if (lacks.size() < missing.size() || at == history.rbegin()) missing = lacks;
    if (lacks.empty()) last = &*at;
  }
  if (history.back().sha256 != sha256) {
    return {true, "the data changed since the last audit, of " + last_time};
  }
  if (last == nullptr) {
    constexpr size_t kNamed = 3;
    const size_t more = missing.size() > kNamed ? missing.size() - kNamed : 0;
    if (more > 0) missing.resize(kNamed);
    return {true, "no audit of these data has looked for " + Join(missing, ", ") +
                      (more > 0 ? " and " + std::to_string(more) + " more" : "")};
  }
  const int64_t age = std::max<int64_t>(0, now - UnixOf(last->time));
  const int64_t seconds = ParseInterval(every);
  const std::string told = "the last audit, of " + last->time + ", is of the same data";
  if (seconds == 0) return {false, told};
  if (age > seconds) {
    return {true,
            "the last audit is of " + last->time + ", and audit.every asks for one each " + every};
  }
  return {false, told + "; the next is due on " + FormatUtc(UnixOf(last->time) + seconds)};
}

}  // namespace bottega
