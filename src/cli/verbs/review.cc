#include <iostream>

#include "audit/groups.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "cli/data_argument.h"
#include "cli/output.h"
#include "cli/print.h"
#include "cli/review_import.h"
#include "cli/review_page.h"
#include "cli/review_print.h"
#include "cli/review_result.h"
#include "cli/review_sitting.h"
#include "cli/review_task.h"
#include "cli/reviewer.h"
#include "cli/verbs/verbs.h"
#include "report/review_html.h"

namespace bottega {

namespace {

std::vector<Param> QueueParams() {
  return {
      {.name = "data",
       .what = "a table or folder of pictures (default: that of bottega.yaml)",
       .positional = true},
      {.name = "target", .what = "the column to predict, with DATA", .unit = "COLUMN"},
      {.name = "reviewer",
       .what = "who decides (default: GIT_AUTHOR_NAME or the login name; asked for on a terminal)",
       .unit = "NAME"},
      {.name = "check",
       .type = ParamType::kTextList,
       .what = "only rows that these checks doubt, as suspicious_labels",
       .fallback = Json::array(),
       .unit = "CHECK,..."},
      {.name = "rows",
       .type = ParamType::kIntList,
       .what = "ask about these rows, by record number, whoever decided about them before",
       .fallback = Json::array(),
       .unit = "ROW,..."},
      {.name = "limit", .type = ParamType::kInt, .what = "at most so many rows", .min = 1},
      {.name = "classes",
       .type = ParamType::kTextList,
       .what = "classes that may be given beside those of the data",
       .fallback = Json::array(),
       .unit = "CLASS,..."},
      {.name = "label",
       .type = ParamType::kBool,
       .what = "give rows without a label their first one, those first from which most is learned",
       .fallback = false},
      {.name = "double",
       .type = ParamType::kFloat,
       .what = "with --label: share of the rows that a second reviewer labels as well",
       .fallback = 0.0,
       .min = 0,
       .max = 1},
      {.name = "disputed",
       .type = ParamType::kBool,
       .what = "settle rows on which reviewers differ, their answers in sight",
       .fallback = false},
      {.name = "page",
       .what = "write the questions as an HTML page that works without a server, instead of asking",
       .unit = "FILE"},
      {.name = "import", .what = "take in decisions that a page handed over", .unit = "FILE"}};
}

std::vector<Param> SampleParams() {
  return {
      {.name = "sample",
       .type = ParamType::kInt,
       .what = "measure how many labels are wrong: ask so many rows, drawn at random from every "
               "class, without showing the label",
       .min = 1,
       .unit = "ROWS"},
      {.name = "strata", .what = "draw from every group of this column", .unit = "COLUMN"},
      {.name = "seed", .type = ParamType::kInt, .what = "of the draw", .fallback = 7, .min = 0},
      {.name = "gold",
       .type = ParamType::kInt,
       .what = "plant so many rows whose true label is known among those of the sample",
       .fallback = 0,
       .min = 0,
       .unit = "ROWS"},
      {.name = "gold_file",
       .what = "where true labels are known from: a table of row and label (default: earlier "
               "reviews)",
       .unit = "FILE"},
      {.name = "accept",
       .type = ParamType::kFloat,
       .what = "the share of wrong labels that is still accepted (default: 0.05; of a result, what "
               "its sample was drawn with)",
       .min = 0,
       .max = 1,
       .min_open = true,
       .unit = "SHARE"},
      {.name = "result",
       .what = "what a sample says so far (default: the newest), and what was decided",
       .unit = "SAMPLE",
       .bare = "newest"},
      {.name = "out", .what = "with --result: write it as a page", .unit = "FILE", .letter = 'o'},
      {.name = "plan",
       .type = ParamType::kBool,
       .what = "ask nothing: how many rows to look at, and how many may be wrong, for --accept",
       .fallback = false}};
}

}  // namespace

const Spec& ReviewSpec() {
  static const Spec spec = [] {
    Spec verb = {
        .kind = "verb",
        .name = "review",
        .one_line = "people decide about doubtful rows, measure label errors, give first labels",
        .text =
            "Asks about the rows that the newest audit doubts, best first, one key an answer; "
            "every "
            "answer is kept at once in reviews/, signed with name and time, and may be taken back. "
            "What is decided becomes a label patch that `bottega clean` applies and audits "
            "respect. "
            "`--sample` measures the share of wrong labels with an exact interval; `--label` gives "
            "first labels under the recipe's `data.guideline`. With `--page` the same on a web "
            "page "
            "that needs no server. Without a terminal, answers are read line by line.",
        .params = QueueParams(),
        .examples = {"bottega review --limit 20 --reviewer Ada",
                     "bottega review --check suspicious_labels --page review.html",
                     "bottega review --sample 200 --reviewer Ada",
                     "bottega review --sample 60 --page sample.html",
                     "bottega review --plan --accept 0.02", "bottega review --result",
                     "bottega review --result --out quality.html"},
        .sets = {"*"}};
    for (Param& param : SampleParams()) verb.params.push_back(std::move(param));
    return verb;
  }();
  return spec;
}

namespace {

// Errors: kUsage for flags that say different things.
void RequireOneTask(const Invocation& call) {
  std::vector<std::string> tasks;
  for (const char* flag : {"import", "result"}) {
    if (!call.Text(flag).empty()) tasks.push_back(std::string("--") + flag);
  }
  if (call.args.at("sample").is_number()) tasks.emplace_back("--sample");
  for (const char* flag : {"label", "disputed", "plan"}) {
    if (call.Flag(flag)) tasks.push_back(std::string("--") + flag);
  }
  if (!call.args.at("rows").empty()) tasks.emplace_back("--rows");
  if (tasks.size() < 2) return;
  throw Error(ErrorKind::kUsage, Join(tasks, " and ") + " are two things: ask for one", {},
              "bottega review --help");
}

// Errors: kUsage for a flag without the one that gives it a meaning.
void RequireCompanions(const Invocation& call) {
  const bool sample = call.args.at("sample").is_number();
  const auto needs = [&](bool given, const std::string& flag, bool there, const char* other) {
    if (!given || there) return;
    throw Error(ErrorKind::kUsage, flag + " goes with " + other, {}, "bottega review --help");
  };
  const bool queue = !sample && !call.Flag("label") && !call.Flag("disputed") &&
                     !call.Flag("plan") && call.Text("result").empty() &&
                     call.Text("import").empty();
  const bool asks = queue || sample || call.Flag("label") || call.Flag("disputed");
  needs(!call.args.at("check").empty(), "--check", queue, "the queue of doubtful rows");
  needs(!call.args.at("check").empty() && !call.args.at("rows").empty(), "--check", false,
        "the queue, not with --rows");
  needs(call.args.at("limit").is_number(), "--limit", asks, "questions");
  needs(!call.Text("page").empty(), "--page", asks, "questions");
  needs(call.args.at("accept").is_number(), "--accept",
        sample || call.Flag("plan") || !call.Text("result").empty(),
        "--sample, --result or --plan");
  needs(!call.Text("strata").empty(), "--strata", sample, "--sample");
  needs(call.args.at("gold").get<int64_t>() > 0, "--gold", sample, "--sample");
  needs(!call.Text("gold_file").empty(), "--gold-file", call.args.at("gold").get<int64_t>() > 0,
        "--gold");
  needs(call.args.at("double").get<double>() > 0, "--double", call.Flag("label"), "--label");
  needs(!call.Text("out").empty(), "--out", !call.Text("result").empty(), "--result");
}

// The patch, and what stands in the way of its being used.
void CloseSitting(const Invocation& call, Project& project) {
  project.Reviewed();
  const Reviews& reviews = project.reviews();
  WriteLabelPatch(project.folder(), reviews, project.data());
  if (call.json) return;
  PrintRulings(*call.out, reviews);
  if (!DigestOfRulings(reviews).empty() && project.version()) {
    *call.out << "later stages read version " << project.version()->name
              << "; `bottega clean --apply` makes a new one with these labels\n";
  }
}

Json SittingJson(const ReviewTask& task, const SittingOutcome& sat, const std::string& reviewer) {
  return {{"review", task.review},
          {"reviewer", reviewer},
          {"kept", sat.kept},
          {"labelled", sat.labelled},
          {"set_aside", sat.set_aside},
          {"unsure", sat.unsure},
          {"left", sat.left + sat.skipped + task.left_out}};
}

Json Sit(Invocation& call, Project& project) {
  const std::string reviewer = ReviewerOf(call, true);
  ReviewTask task = MakeReviewTask(call, project, reviewer);
  std::ostream& out = call.json ? std::cerr : *call.out;
  if (task.items.empty())
    out << "there is nothing " << (task.blind ? "left " : "") << "to decide\n";
  if (task.blind && !HiddenColumns(project.data()).empty()) {
    out << "left out, for they hold the label: " << HiddenColumns(project.data()) << "\n";
  }
  SittingOutcome sat;
  try {
    if (!task.items.empty()) sat = HoldSitting(out, project, reviewer, &task);
  } catch (const Interrupted&) {
    CloseSitting(call, project);
    throw;
  }
  if (!task.items.empty() && !call.json) PrintSitting(out, task, sat);
  CloseSitting(call, project);
  return SittingJson(task, sat, reviewer);
}

Json WritePage(Invocation& call, Project& project) {
  const std::string file = call.Text("page");
  const std::string reviewer = ReviewerOf(call, false);
  ReviewTask task = MakeReviewTask(call, project, reviewer);
  const ReviewPage page = PageOf(project, task, reviewer);
  WriteFileAtomic(file, ReviewPageHtml(page));
  if (!call.json) {
    *call.out << "page: " << file << ", " << FormatCount(static_cast<int64_t>(page.rows.size()))
              << (page.rows.size() == 1 ? " row" : " rows");
    if (page.left_out > 0) {
      *call.out << " (" << FormatCount(static_cast<int64_t>(page.left_out))
                << " more in the queue)";
    }
    *call.out << "\nopen it in a browser; `bottega review --import FILE` takes in what it hands "
                 "over\n";
  }
  return {{"page", file},
          {"review", task.review},
          {"rows", page.rows.size()},
          {"left_out", page.left_out}};
}

Json TakeIn(Invocation& call, Project& project) {
  const ReviewTask task = MakeImportTask(call, project);
  const Json taken = ImportDecisions(project, call.Text("import"), task.classes, task.number);
  if (!call.json) {
    *call.out << "took in " << FormatCount(taken.at("imported").get<int64_t>()) << " decisions of "
              << taken.at("reviewer").get<std::string>() << " in "
              << taken.at("review").get<std::string>();
    if (taken.at("known") > 0) *call.out << "; " << taken.at("known") << " were known";
    if (taken.at("lost") > 0) {
      *call.out << "; " << taken.at("lost") << " are about rows that are no longer there";
    }
    *call.out << "\n";
  }
  CloseSitting(call, project);
  return taken;
}

}  // namespace

Json RunReview(Invocation& call) {
  RequireOneTask(call);
  RequireCompanions(call);
  WantedChecks(call);
  if (call.Flag("plan")) return ShowAcceptancePlans(call);
  Project project = ProjectFor(call, "review", Guess::kTarget);
  for (const char* flag : {"page", "out"}) {
    CheckOutput({.path = call.Text(flag),
                 .endings = {".html"},
                 .inputs = {SourceOf(project)},
                 .command = std::string("bottega review ") +
                            (*flag == 'o' ? "--result --out " : "--page ")});
  }
  if (!call.Text("import").empty()) return TakeIn(call, project);
  if (!call.Text("result").empty()) return ShowReviewResult(call, project);
  return call.Text("page").empty() ? Sit(call, project) : WritePage(call, project);
}

}  // namespace bottega
