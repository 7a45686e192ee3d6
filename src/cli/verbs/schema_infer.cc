#include "base/files.h"
#include "base/text.h"
#include "cli/output.h"
#include "cli/verbs/verbs.h"
#include "data/open.h"
#include "profile/expectations.h"

namespace bottega {

const Spec& SchemaInferSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "schema infer",
      .one_line = "write down what data look like, as expectations for other data",
      .text =
          "Types, ranges with room, allowed values, patterns and shares of empty cells, as an "
          "`expect` section in YAML: for `bottega schema check`, or to be pasted into "
          "bottega.yaml, "
          "where the audit holds the data to it. Correct it by hand: what was seen is not what "
          "must "
          "be.",
      .params =
          {{.name = "data", .what = "a table that is right", .required = true, .positional = true},
           {.name = "out",
            .what = "write it here instead of printing it",
            .unit = "FILE",
            .letter = 'o'}},
      .examples = {"bottega schema infer loans.csv",
                   "bottega schema infer loans.csv -o expect.yaml"}};
  return spec;
}

Json RunSchemaInfer(Invocation& call) {
  const std::string source = call.Text("data"), out = call.Text("out");
  CheckOutput({.path = out,
               .endings = {".yaml", ".yml"},
               .inputs = {source},
               .command = "bottega schema infer " + ShellQuote(source) + " -o "});
  const Dataset data = ReadTyped(source);
  const std::string yaml = ExpectationsYaml(InferExpectations(data), source);
  if (!out.empty()) WriteFileAtomic(out, yaml);
  if (!call.json) {
    if (out.empty()) {
      *call.out << yaml;
    } else {
      *call.out << "wrote " << out << ": " << data.columns.size() << " columns\n"
                << "next: bottega schema check OTHER.csv --schema " << ShellQuote(out) << "\n";
    }
  }
  return {{"yaml", yaml},
          {"rows", data.size()},
          {"columns", data.columns.size()},
          {"file", out.empty() ? Json() : Json(out)}};
}

}  // namespace bottega
