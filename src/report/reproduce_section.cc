#include "base/text.h"
#include "report/page.h"
#include "report/score.h"
#include "report/sections.h"
#include "spec/emit.h"

namespace bottega {

namespace {

std::string Code(const std::string& text, const std::string& label) {
  return "<pre tabindex=\"0\" role=\"group\" aria-label=\"" + EscapeHtml(label) + "\"><code>" +
         EscapeHtml(text) + "</code></pre>";
}

std::string Versions(const Json& manifest) {
  const Json& program = Member(manifest, "program");
  const Json& machine = Member(manifest, "machine");
  const Json& inputs = Member(manifest, "inputs");
  std::string html;
  const auto add = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) html += "<dt>" + name + "</dt><dd>" + EscapeHtml(value) + "</dd>";
  };
  add("Made", PlainText(Member(manifest, "created")));
  add("Command", PlainText(Member(manifest, "command")));
  add("bottega", PlainText(Member(program, "version")));
  add("libtorch", PlainText(Member(manifest, "libtorch")));
  add("Seeds", "training " + PlainText(Member(Member(manifest, "seeds"), "train")) + ", split " +
                   PlainText(Member(Member(manifest, "seeds"), "split")));
  add("Machine", PlainText(Member(machine, "processor")) + ", " +
                     PlainText(Member(machine, "processors")) + " processors, " +
                     PlainText(Member(machine, "system")));
  add("SHA-256 of the data", PlainText(Member(inputs, "sha256")));
  return "<dl class=\"facts\">" + html + "</dl>";
}

std::string Outputs(const Json& manifest) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, output] : Member(manifest, "outputs").items()) {
    rows.push_back(
        {name, FormatBytes(output.value("bytes", int64_t{0})), output.value("sha256", "")});
  }
  if (rows.empty()) return "";
  return "<details><summary>Files of the run, with hashes</summary>" +
         HtmlTable({"File", "size", "SHA-256"}, rows, {1}, "Files of the run") + "</details>";
}

std::string TrainCommand(const std::string& run, const Json& manifest) {
  std::string command = "bottega train --choices " + ShellQuote("runs/" + run + "/choices.json");
  for (const Json& set : Member(manifest, "sets")) {
    command += " --set " + ShellQuote(set.get<std::string>());
  }
  return command;
}

}  // namespace

std::string ReproduceHtml(const Json& facts) {
  const Json& manifest = Member(facts, "manifest");
  const std::string run = PlainText(Member(facts, "run"));
  std::string html = Paragraph(
      "The run folder holds the resolved recipe, the row plan, the fitted steps and what was "
      "decided by the clock (choices.json). With the same data, recipe and program, this gives "
      "the same weights, bit for bit, on the same kind of machine:");
  html += Code(TrainCommand(run, manifest) + "\nbottega evaluate latest", "Commands");
  if (manifest.is_object()) html += Versions(manifest);
  const Json& recipe = Member(facts, "recipe");
  if (recipe.is_object()) {
    html += "<details><summary>The recipe, with every default</summary>" +
            Code(EmitYaml(recipe), "Recipe") + "</details>";
  }
  const Json& choices = Member(facts, "choices");
  if (choices.is_object()) {
    html += "<details><summary>What was decided by the clock</summary>" +
            Code(choices.dump(2), "Choices") + "</details>";
  }
  return html + Outputs(manifest);
}

}  // namespace bottega
