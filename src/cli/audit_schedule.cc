#include "cli/audit_schedule.h"

#include "audit/history.h"
#include "base/text.h"
#include "spec/emit.h"

namespace bottega {

namespace {

constexpr const char* kWorkflow =
    R"yaml(# Save as .github/workflows/data-audit.yml. Set the repository variable BOTTEGA_REPOSITORY
# (Settings, Secrets and variables, Actions, Variables) to OWNER/NAME of bottega's sources.
name: Data audit

on:
  push:
    paths:
@PATHS@  pull_request:
    paths:
@PATHS@  schedule:
    - cron: "@CRON@"
  workflow_dispatch:

permissions:
  contents: read
  security-events: write  # to upload SARIF

concurrency:
  group: data-audit-${{ github.ref }}
  cancel-in-progress: true

jobs:
  audit:
    runs-on: ubuntu-latest
    container: debian:12
    timeout-minutes: 60
    env:
      BOTTEGA_VERSION: "v@VERSION@"
      BOTTEGA_SKIP_TORCH: "1"  # an audit needs no libtorch
    steps:
      - name: Install what the set-up starts from
        run: apt-get update -q && apt-get install -y -q ca-certificates git make python3 python3-pip

      - name: Check out the data
        uses: actions/checkout@v4

      - name: Check out bottega
        uses: actions/checkout@v4
        with:
          repository: ${{ vars.BOTTEGA_REPOSITORY }}
          ref: ${{ env.BOTTEGA_VERSION }}
          path: .bottega-source

      - name: Install the libraries that bottega uses
        working-directory: .bottega-source
        run: tools/setup build

      - name: Look for a built bottega
        id: built
        uses: actions/cache@v4
        with:
          path: /opt/bottega
          key: bottega-debian12-${{ runner.arch }}-${{ env.BOTTEGA_VERSION }}

      - name: Build bottega
        if: steps.built.outputs.cache-hit != 'true'
        working-directory: .bottega-source
        run: make install PREFIX=/opt/bottega CMAKE_ARGS="-DBOTTEGA_ENGINE=OFF -DBOTTEGA_TESTS=OFF"

      - name: Fetch the audits before this one
        uses: actions/cache@v4
        with:
          path: @KEPT@
          key: data-audits-${{ github.run_id }}-${{ github.run_attempt }}
          restore-keys: data-audits-

      - name: Audit
        working-directory: @FOLDER@
        run: |
          set -- --fail-on error --html audit.html --sarif audit.sarif --junit audit.xml
          if [ -f audit-baseline.json ]; then set -- "$@" --baseline audit-baseline.json; fi
          /opt/bottega/bin/bottega audit "$@"

      - name: Show the findings beside the files
        # A pull request from a fork may not write; its findings are in the page below.
        if: ${{ !cancelled() && hashFiles('@SARIF@') != '' && github.event.pull_request.head.repo.fork != true }}
        uses: github/codeql-action/upload-sarif@v3
        with:
          sarif_file: @SARIF@
          category: data-audit

      - name: Keep the page
        if: ${{ !cancelled() }}
        uses: actions/upload-artifact@v4
        with:
          name: data-audit
          path: |
            @PAGE@
            @JUNIT@
          if-no-files-found: ignore
)yaml";

constexpr int64_t kHour = 3600, kDay = 24 * kHour;

bool Hourly(const ScheduleFacts& facts) {
  const int64_t seconds = ParseInterval(facts.every);
  return seconds > 0 && seconds < kDay;
}

// Says by itself whether it is time; a due audit is made and gated, and its answer is the job's.
std::string Script(const ScheduleFacts& facts) {
  const std::string program = ShellQuote(facts.program.string());
  return program + " audit --due -q >/dev/null 2>&1 || " + program + " audit -q --fail-on error";
}

std::string Name(const ScheduleFacts& facts) {
  std::string name;
  for (const char c : LowerAscii(facts.project.filename().string())) {
    const bool plain = (c >= 'a' && c <= 'z') || IsDigit(c);
    if (plain) name += c;
    if (!plain && !name.empty() && name.back() != '-') name += '-';
  }
  return "bottega-audit" + (name.empty() ? "" : "-" + name);
}

// At least as often as the interval: hours that part the day, days, weeks, months.
std::string GithubCron(const std::string& every) {
  const int64_t seconds = every.empty() ? 7 * kDay : ParseInterval(every);
  if (seconds >= 31 * kDay) return "17 5 1 * *";
  if (seconds >= 7 * kDay) return "17 5 * * 1";
  if (seconds >= kDay) return "17 5 * * *";
  for (const int64_t hours : {12, 8, 6, 4, 3, 2}) {
    if (seconds >= hours * kHour) return "17 */" + std::to_string(hours) + " * * *";
  }
  return "17 * * * *";
}

std::string Above(const std::string& inside, const std::string& path) {
  return (std::filesystem::path(inside) / path).lexically_normal().generic_string();
}

}  // namespace

std::string CronJob(const ScheduleFacts& facts) {
  const std::string line = std::string(Hourly(facts) ? "17 * * * *" : "17 5 * * *") + " cd " +
                           ShellQuote(facts.project.string()) + " && { " + Script(facts) + "; }";
  return "# Add this line with `crontab -e`; cron mails what the audit prints to MAILTO.\n" +
         Replace(line, "%", "\\%") + "\n";
}

std::string SystemdJob(const ScheduleFacts& facts) {
  const std::string name = Name(facts);
  const auto plain = [](const std::string& text) {
    return Replace(Replace(text, "%", "%%"), "$", "$$");
  };
  const std::string script = Replace(Replace(plain(Script(facts)), "\\", "\\\\"), "\"", "\\\"");
  return "# Two files in ~/.config/systemd/user/ (or /etc/systemd/system/), then:\n"
         "#   systemctl --user daemon-reload\n"
         "#   systemctl --user enable --now " +
         name + ".timer\n\n# --- " + name +
         ".service ---\n"
         "[Unit]\nDescription=Data audit of " +
         Replace(facts.project.string(), "%", "%%") +
         "\n\n[Service]\nType=oneshot\nWorkingDirectory=" +
         Replace(facts.project.string(), "%", "%%") + "\nExecStart=/bin/sh -c \"" + script +
         "\"\n\n# --- " + name +
         ".timer ---\n"
         "[Unit]\nDescription=When to audit the data\n\n[Timer]\nOnCalendar=" +
         (Hourly(facts) ? "hourly" : "daily") +
         "\nPersistent=true\nRandomizedDelaySec=15min\n\n[Install]\nWantedBy=timers.target\n";
}

std::string GithubJob(const ScheduleFacts& facts) {
  const std::string folder = facts.inside.empty() ? "." : facts.inside;
  std::string paths;
  for (const std::string& path :
       {facts.source + (facts.folder ? "/**" : ""), std::string("bottega.yaml"),
        std::string("waivers.yaml"), std::string("audit-baseline.json")}) {
    paths += "      - " + YamlScalar(Above(facts.inside, path)) + "\n";
  }
  paths += "      - .github/workflows/data-audit.yml\n";
  std::string text = kWorkflow;
  const std::vector<std::pair<std::string, std::string>> values = {
      {"@PATHS@", paths},
      {"@CRON@", GithubCron(facts.every)},
      {"@VERSION@", facts.version},
      {"@FOLDER@", YamlScalar(folder)},
      {"@KEPT@", YamlScalar(Above(facts.inside, ".bottega/audits"))},
      {"@SARIF@", Above(facts.inside, "audit.sarif")},
      {"@PAGE@", Above(facts.inside, "audit.html")},
      {"@JUNIT@", Above(facts.inside, "audit.xml")}};
  for (const auto& [mark, value] : values) text = Replace(std::move(text), mark, value);
  return text;
}

}  // namespace bottega
