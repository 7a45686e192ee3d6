#include <filesystem>

#include "base/error.h"
#include "base/files.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cli/output.h"
#include "cli/recipe.h"
#include "cli/verbs/verbs.h"
#include "data/open.h"
#include "profile/expectations.h"

namespace bottega {
namespace {

constexpr const char* kSuggestion = "bottega schema infer ";

// The `expect` section of a file, which may be a whole recipe.
Json ExpectOf(const std::string& schema) {
  std::error_code ignored;
  if (schema.empty() && !std::filesystem::exists(kRecipeName, ignored)) {
    throw Error(ErrorKind::kMissing, "there are no expectations: no --schema, and no recipe here",
                {}, "bottega schema infer --help");
  }
  const std::string file = schema.empty() ? kRecipeName : schema;
  const std::string text = ReadFile(file);
  if (schema.empty()) return ResolveRecipe(text, file, {})["expect"];
  // Expectations alone say nothing of where data are.
  const bool whole = text.find("\ndata:") != text.npos || text.starts_with("data:");
  return ResolveRecipe(whole ? text : text + "\ndata: {source: .}\n", file, {})["expect"];
}

Json ViolationJson(const Violation& violation) {
  return {{"column", violation.column.empty() ? Json() : Json(violation.column)},
          {"rule", violation.rule},
          {"message", violation.message},
          {"count", violation.count},
          {"rows", violation.rows}};
}

std::string Line(const Violation& violation) {
  std::string line = violation.column.empty() ? "" : "'" + violation.column + "': ";
  line += violation.message;
  if (!violation.rows.empty()) {
    std::vector<std::string> rows;
    for (const int64_t row : violation.rows) {
      if (rows.size() < 3) rows.push_back(FormatCount(row));
    }
    line += " (row " + Join(rows, ", ") + (violation.count > 3 ? ", ..." : "") + ")";
  }
  return line;
}

}  // namespace

const Spec& SchemaCheckSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "schema check",
      .one_line = "hold data to expectations; exit with 3 where they do not",
      .text =
          "Prints a line for each broken expectation, and nothing but a summary where all hold. "
          "Without `--schema` the `expect` section of bottega.yaml is taken.",
      .params = {{.name = "data",
                  .what = "the table to check (default: that of bottega.yaml)",
                  .positional = true},
                 {.name = "schema",
                  .what = "what `bottega schema infer` wrote, or a recipe",
                  .unit = "FILE"}},
      .examples = {"bottega schema infer loans.csv -o expect.yaml",
                   "bottega schema check loans.csv --schema expect.yaml"}};
  return spec;
}

Json RunSchemaCheck(Invocation& call) {
  const std::string schema = call.Text("schema");
  const Expectations expectations = ParseExpectations(ExpectOf(schema));
  std::string source = call.Text("data");
  if (source.empty()) source = LoadRecipe(kRecipeName, {})["data"]["source"].get<std::string>();
  if (expectations.empty()) {
    throw Error(ErrorKind::kRecipe, "nothing is expected",
                {.file = schema.empty() ? kRecipeName : schema}, kSuggestion + ShellQuote(source));
  }
  const Dataset data = ReadTyped(source, [&](const std::vector<std::string>& names) {
    return DeclaredTypes(expectations, names);
  });
  const std::vector<Violation> violations = CheckExpectations(expectations, data);
  Json list = Json::array();
  for (const Violation& violation : violations) {
    list.push_back(ViolationJson(violation));
    if (!call.json) {
      *call.out << Paint(source, Style::kBold) << ": " << Line(violation) << "\n";
    }
  }
  const std::string held = FormatCount(static_cast<int64_t>(expectations.columns.size())) +
                           " columns, " + FormatCount(data.size()) + " rows";
  if (!violations.empty()) {
    call.failure =
        Error(ErrorKind::kGate,
              FormatCount(static_cast<int64_t>(violations.size())) +
                  (violations.size() == 1 ? " expectation is" : " expectations are") + " broken",
              {.file = source}, "bottega audit " + ShellQuote(source) + " --fail-on none");
  } else if (!call.json && !call.quiet) {
    *call.out << source << ": as expected (" << held << ")\n";
  }
  return {{"source", source}, {"rows", data.size()}, {"violations", list}};
}

}  // namespace bottega
