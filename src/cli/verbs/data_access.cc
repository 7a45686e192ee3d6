#include <filesystem>
#include <map>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "base/version.h"
#include "clean/forget/held.h"
#include "cli/forget_task.h"
#include "cli/output.h"
#include "cli/verbs/verbs.h"
#include "data/io/folder.h"
#include "report/access_html.h"
#include "report/worst.h"
#include "run/receipt.h"

namespace bottega {

namespace fs = std::filesystem;

const Spec& DataAccessSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "data access",
      .one_line = "give a person a copy of everything held on them",
      .text =
          "Looks where `forget` looks: the source, versions of the data, plans and quarantine, "
          "splits and predictions of every run, audits, reviews, and every file that names the "
          "person. Writes access.json for programs, access.html for people, and copies of their "
          "pictures. The folder holds personal data: give it to nobody else, and remove it "
          "afterwards.",
      .params = {{.name = "where",
                  .what = "the condition that the person's rows meet, as in \"email = "
                          "'a.rossi@example.org'\"",
                  .required = true,
                  .unit = "EXPR"},
                 {.name = "out",
                  .what = "a folder to write to, or one file that ends in .json or .html",
                  .fallback = "data-access",
                  .unit = "PATH",
                  .letter = 'o'}},
      .examples = {"bottega data access --where \"application_id = 'L-100007'\"",
                   "bottega data access --where \"application_id = 'L-100007'\" --out copy.json"},
      .sets = {"*"}};
  return spec;
}

namespace {

constexpr const char* kNotice =
    "This copy holds personal data. Give it only to the person whom it is about, and remove it "
    "when "
    "they have it.";

// What the recipe tells of why the data are held.
Json AboutOf(const Json& recipe) {
  const Json& data = recipe.at("data");
  const Json& use = recipe.at("use");
  const auto told = [](const Json& section, const char* key) {
    return section.contains(key) ? section.at(key) : Json();
  };
  return {{"Purpose", told(use, "purpose")},
          {"Purposes of use", told(use, "purposes")},
          {"Purposes that the source gave", told(data, "purposes")},
          {"Whom it affects", told(use, "affected")},
          {"Who answers for it", told(use, "owner")},
          {"Legal basis", told(data, "legal_basis")},
          {"Consent", told(data, "consent")},
          {"Consent of each person", told(data, "people")},
          {"Sources", told(data, "sources")},
          {"Licence", told(data, "licence")},
          {"Retention", told(data, "retention")},
          {"Recipients",
           "bottega sends data nowhere; whom the files listed here were given to, it "
           "does not know"}};
}

Json RightsOf(const Invocation& call, const Json& held) {
  const std::string where = " --where " + ShellQuote(call.Text("where"));
  Json rights = Json::array();
  rights.push_back({{"right", "Access"}, {"how", "this copy, as a page and as access.json"}});
  rights.push_back({{"right", "Rectification"},
                    {"how", "the owner corrects the source; later stages read it anew"}});
  rights.push_back({{"right", "Erasure"},
                    {"how", "removes the rows from everything listed here and leaves a receipt"},
                    {"command", "bottega forget" + where + " --dry-run"}});
  if (!held.at("runs").empty()) {
    rights.push_back({{"right", "Erasure from models"},
                      {"how", "models that learned from the rows are trained again without them"},
                      {"command", "bottega forget" + where + " --retrain"}});
  }
  rights.push_back(
      {{"right", "Objection and withdrawal of consent"},
       {"how", "a column of consent that data.people names keeps rows out of training"}});
  rights.push_back({{"right", "Complaint"}, {"how", "to the data protection authority"}});
  return rights;
}

void WritePrivate(const fs::path& path, const std::string& bytes) {
  WriteFileAtomic(path, bytes);
  std::error_code ignored;
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, ignored);
}

// Copies of the pictures among the rows, numbered as they are.
void CopyPictures(const Json& rows, const fs::path& folder) {
  for (const Json& row : rows) {
    if (!row.contains("picture")) continue;
    const fs::path from = row.at("picture").get<std::string>();
    const std::string name =
        std::to_string(row.at("row").get<int64_t>()) + from.extension().string();
    WritePrivate(folder / name, ReadFile(from));
  }
}

// Small copies for the page.
std::map<std::string, std::string> Thumbnails(const Dataset& data, const Json& rows) {
  constexpr int kSide = 320;
  constexpr size_t kMost = 50;
  std::map<std::string, std::string> thumbnails;
  if (!data.HasPictures()) return thumbnails;
  const auto source = OpenPictures(data);
  for (const Json& row : rows) {
    if (!row.contains("picture") || thumbnails.size() == kMost) continue;
    const fs::path path = row.at("picture").get<std::string>();
    const std::string inside = path.lexically_relative(data.root).string();
    try {
      const Picture loaded = source->Load(inside, {.min_side = kSide});
      thumbnails[path.string()] = ThumbnailUri(loaded, kSide);
    } catch (const Error&) {
      continue;  // it is copied as it is
    }
  }
  return thumbnails;
}

std::vector<fs::path> WriteCopy(const std::string& out, const Json& copy, const Dataset& data) {
  if (out.ends_with(".json")) {
    WritePrivate(out, copy.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    return {out};
  }
  if (out.ends_with(".html")) {
    WritePrivate(out, AccessHtml(copy, Thumbnails(data, copy.at("rows"))));
    return {out};
  }
  std::error_code ignored;
  MakeFolders(out);
  fs::permissions(out, fs::perms::owner_all, ignored);
  const fs::path folder = out;
  WritePrivate(folder / "access.json",
               copy.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  WritePrivate(folder / "access.html", AccessHtml(copy, Thumbnails(data, copy.at("rows"))));
  CopyPictures(copy.at("rows"), folder / "pictures");
  return {folder / "access.json", folder / "access.html"};
}

void PrintCounts(std::ostream& out, const Json& counts) {
  std::vector<std::string> parts;
  for (const char* one : {"row", "version", "run", "finding", "repair"}) {
    const auto n = counts.at(std::string(one) + "s").get<int64_t>();
    if (n > 0) parts.push_back(FormatCount(n) + " " + one + (n == 1 ? "" : "s"));
  }
  const int64_t files = counts.at("files").get<int64_t>() + counts.at("other_files").get<int64_t>();
  out << "held: " << Join(parts, ", ") << ", in " << FormatCount(files)
      << (files == 1 ? " file" : " files") << " beside the source\n";
}

// Errors: kUsage where the folder already holds something else.
void CheckFolder(const std::string& out) {
  std::error_code ignored;
  if (!fs::is_directory(out, ignored) || fs::is_empty(out, ignored)) return;
  if (fs::exists(fs::path(out) / "access.json", ignored)) return;
  throw Error(ErrorKind::kUsage, "this folder holds other files", {.file = out},
              "give --out a new folder, or a file that ends in .json or .html");
}

}  // namespace

Json RunDataAccess(Invocation& call) {
  Project project = Project::Open(call.sets);
  const std::string out = call.Text("out");
  CheckOutput(
      {.path = out,
       .inputs = {SourceOf(project)},
       .command = "bottega data access --where " + ShellQuote(call.Text("where")) + " --out "});
  CheckFolder(out);
  const Forgetting found = FindForForgetting(call, &project, false);
  Json copy = {{"format", "bottega data access 1"},
               {"program", kVersion},
               {"time", NowUtc()},
               {"notice", kNotice},
               {"condition", call.Text("where")},
               {"source", project.recipe()["data"]["source"]}};
  const Json held = HeldOn(project.folder(), SourceOf(project), found.states(), found.person());
  copy.update(held);
  copy["about"] = AboutOf(project.recipe().value);
  copy["rights"] = RightsOf(call, held);
  Json files = Json::array();
  for (const fs::path& file : WriteCopy(out, copy, project.data())) files.push_back(file.string());
  Json counts = Json::object();
  for (const char* key :
       {"rows", "versions", "runs", "findings", "repairs", "files", "other_files"}) {
    counts[key] = held.at(key).size();
  }
  if (!call.json) {
    PrintCounts(*call.out, counts);
    for (const Json& file : files) *call.out << "wrote " << file.get<std::string>() << "\n";
    *call.out << "this copy holds personal data: give it to nobody else\n";
  }
  return {{"held", counts}, {"files", files}};
}

}  // namespace bottega
