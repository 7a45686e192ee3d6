#include <filesystem>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "base/version.h"
#include "cli/output.h"
#include "cli/project.h"
#include "cli/verbs/verbs.h"
#include "report/croissant.h"
#include "report/datasheet.h"

namespace bottega {

namespace fs = std::filesystem;

const Spec& DataExportSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "data export",
      .one_line = "describe the project's data: Croissant for machines, a datasheet for people",
      .text =
          "`--croissant` writes metadata in MLCommons' Croissant format (JSON-LD): files with "
          "their "
          "SHA-256, columns with their types. `--datasheet` writes a datasheet as Markdown, with "
          "the "
          "recipe's answers and the audit's figures; what nobody has said stands there as open. "
          "Cells of the data go into neither.",
      .params = {{.name = "croissant", .what = "write the metadata here", .unit = "FILE"},
                 {.name = "datasheet", .what = "write the datasheet here", .unit = "FILE"}},
      .examples = {"bottega data export --croissant croissant.json",
                   "bottega data export --datasheet datasheet.md"},
      .sets = {"*"}};
  return spec;
}

namespace {

CroissantFacts FactsOf(Project& project, const std::string& file) {
  const fs::path source = SourceOf(project);
  const Json& use = project.recipe()["use"];
  std::error_code ignored;
  const fs::path folder = fs::absolute(fs::path(file)).parent_path();
  CroissantFacts facts{
      .name = source.stem().string(),
      .description = use["purpose"].is_string() ? use["purpose"].get<std::string>() : "",
      .published = NowUtc().substr(0, 10),
      .version = kVersion,
      .content = fs::relative(fs::absolute(source), folder, ignored).string(),
      .sha256 = project.digest().sha256,
      .bytes = project.digest().bytes};
  const Json& licence = project.recipe()["data"]["licence"];
  if (licence.is_string()) facts.licence = licence.get<std::string>();
  if (facts.description.empty()) {
    facts.description =
        FormatCount(project.data().size()) + " rows of " + source.filename().string();
  }
  return facts;
}

}  // namespace

Json RunDataExport(Invocation& call) {
  const std::string croissant = call.Text("croissant"), datasheet = call.Text("datasheet");
  if (croissant.empty() && datasheet.empty()) {
    throw Error(ErrorKind::kUsage, "say what to write: --croissant FILE or --datasheet FILE", {},
                "bottega data export --croissant croissant.json");
  }
  Project project = Project::Open(call.sets);
  for (const auto& [flag, path] :
       {std::pair("croissant", croissant), std::pair("datasheet", datasheet)}) {
    CheckOutput({.path = path,
                 .inputs = {SourceOf(project)},
                 .command = std::string("bottega data export --") + flag + " "});
  }
  if (!croissant.empty())
    WriteJson(croissant, CroissantOf(project.data(), FactsOf(project, croissant)));
  if (!datasheet.empty()) {
    const std::string source = project.recipe()["data"]["source"].get<std::string>();
    WriteFileAtomic(datasheet, Datasheet(project.data(), project.recipe().value, project.audit(),
                                         {source, project.digest().sha256, kVersion, NowUtc()}));
  }
  Json written = Json::array();
  for (const std::string& path : {croissant, datasheet}) {
    if (path.empty()) continue;
    written.push_back(path);
    if (!call.json) *call.out << "wrote " << path << "\n";
  }
  return {{"written", written}};
}

}  // namespace bottega
