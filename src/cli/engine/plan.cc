#include <filesystem>
#include <optional>

#include "base/files.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cli/engine/engine_verbs.h"
#include "cli/engine/fit_project.h"
#include "cli/engine/limits.h"
#include "cli/print.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

using Table = std::vector<std::vector<std::string>>;

void PrintMemory(const Json& memory, std::ostream& out) {
  const int64_t peak = memory.at("peak").get<int64_t>();
  Table table = {{"memory", "bytes", "share"}};
  for (const Json& part : memory.at("parts")) {
    const int64_t bytes = part.at("bytes").get<int64_t>();
    table.push_back({part.at("name").get<std::string>(), FormatBytes(bytes),
                     FormatPercent(static_cast<double>(bytes) / static_cast<double>(peak), 0)});
  }
  table.push_back({"at its peak", FormatBytes(peak), ""});
  PrintTable(out, table, TerminalWidth(1));
}

void PrintTime(const Json& plan, std::ostream& out) {
  const Json& time = plan.at("forecast").at("time");
  if (time.at("step_seconds").is_null()) {
    out << "time: not measured, since the training does not fit\n";
    return;
  }
  out << "time: " << FormatDuration(time.at("step_seconds").get<double>()) << " a step of "
      << FormatCount(plan.at("batch").get<int64_t>()) << " rows, "
      << FormatCount(time.at("steps_per_epoch").get<int64_t>()) << " steps an epoch, "
      << FormatCount(time.at("epochs").get<int64_t>())
      << " epochs: " << FormatDuration(time.at("total_seconds").get<double>()) << " in all\n";
}

void PrintChoices(const Json& plan, std::ostream& out) {
  const Json& choices = plan.at("choices");
  const int64_t micro = choices.at("micro_batch").get<int64_t>();
  out << plan.at("model").get<std::string>() << ", "
      << FormatCount(plan.at("parameters").get<int64_t>()) << " parameters, "
      << FormatCount(plan.at("rows").get<int64_t>()) << " training rows; "
      << choices.at("precision").get<std::string>();
  if (micro < plan.at("batch").get<int64_t>()) out << ", micro-batches of " << micro;
  if (!choices.at("recomputed").empty()) {
    out << ", " << choices.at("recomputed").size() << " blocks recomputed";
  }
  out << "\n";
}

void PrintPlan(const Json& plan, std::ostream& out) {
  PrintChoices(plan, out);
  out << "\n";
  PrintMemory(plan.at("forecast").at("memory"), out);
  out << "\n";
  PrintTime(plan, out);
  if (!plan.at("fits").get<bool>()) {
    out << "This is more than the " << FormatBytes(plan.at("limit").get<int64_t>())
        << " of train.max_rss: `bottega train` would refuse it.\n";
  }
  const Json& reductions = plan.at("reductions");
  if (!reductions.empty()) out << "What needs less memory:\n";
  for (const Json& reduction : reductions) {
    out << "  --set " << ShellQuote(reduction.at("set").get<std::string>()) << "  about "
        << FormatBytes(reduction.at("peak").get<int64_t>()) << " at the peak\n";
  }
  for (const Json& note : plan.at("notes")) out << "note: " << note.get<std::string>() << "\n";
}

}  // namespace

Json RunPlan(Invocation& call) {
  AddLimits(&call);
  std::optional<DryInputs> dry;
  dry.emplace(call.sets, true);
  const bool pictures = !dry->inputs().plan->picture_column.empty();
  const bool chosen = !pictures && dry->recipe()["model"]["name"] == "auto";
  if (chosen) {
    dry.reset();
    std::vector<std::string> sets = call.sets;
    sets.push_back("model=mlp");
    dry.emplace(sets);  // held, as `train` holds the table for all of its models
  }
  Json plan = PlanTraining(dry->inputs());
  if (chosen) {
    plan["notes"].push_back(
        "`model: auto` trains several models one after the other; this is its network");
  }
  WriteJson(fs::path(".bottega") / "plan" / "forecast.json", plan.at("forecast"));
  if (!call.json) PrintPlan(plan, *call.out);
  return plan;
}

}  // namespace bottega
