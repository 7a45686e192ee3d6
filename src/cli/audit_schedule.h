// Jobs that audit a project by themselves: cron, systemd, GitHub Actions.
#pragma once

#include <filesystem>
#include <string>

namespace bottega {

struct ScheduleFacts {
  std::filesystem::path program;  // absolute
  std::filesystem::path project;  // absolute
  std::string inside;             // the project's folder in its git checkout, "" for its root
  std::string source;             // the data as the recipe names them
  bool folder = false;            // the data are one
  std::string every;              // audit.every, "" for none
  std::string version;            // of the program
};

// What to put where, as a comment, and the job itself. cron and systemd ask `bottega audit --due`
// every day (every hour for intervals below a day) and audit when it says so; GitHub audits on each
// push and pull request that touches the data, and at least as often as `every`.
std::string CronJob(const ScheduleFacts& facts);
std::string SystemdJob(const ScheduleFacts& facts);  // a service and a timer
std::string GithubJob(const ScheduleFacts& facts);   // a whole workflow file

}  // namespace bottega
