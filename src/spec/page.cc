#include "spec/page.h"

#include <algorithm>

#include "base/text.h"

namespace bottega {

std::string Wrap(const std::string& text, int width, int indent, bool first_indent) {
  const std::string margin(static_cast<size_t>(indent), ' ');
  std::string wrapped;
  bool first = true;
  for (const std::string& paragraph : Split(text, '\n')) {
    std::string line = first && !first_indent ? "" : margin;
    int used = indent;
    bool empty = true;
    for (const std::string& word : Split(paragraph, ' ')) {
      const int cells = DisplayWidth(word);
      if (!empty && used + 1 + cells > width) {
        wrapped += line + "\n";
        line = margin;
        used = indent;
        empty = true;
      }
      line += (empty ? "" : " ") + word;
      used += (empty ? 0 : 1) + cells;
      empty = false;
    }
    wrapped += (Trim(line).empty() ? "" : line) + "\n";
    first = false;
  }
  return wrapped;
}

namespace {

std::string Facts(const Param& param) {
  std::vector<std::string> facts = {TypeText(param)};
  if (const std::string range = RangeText(param); !range.empty()) facts.push_back(range);
  if (!param.unit.empty()) facts.push_back("in " + param.unit);
  facts.push_back(param.required ? "required" : "default " + ValueText(param.fallback));
  return Join(facts, "; ");
}

std::string Effects(const Param& param) {
  std::string text;
  if (!param.larger.empty()) text += " Larger: " + param.larger + ".";
  if (!param.smaller.empty()) text += " Smaller: " + param.smaller + ".";
  if (!param.source.empty()) text += " Source: " + param.source + ".";
  return text;
}

std::string Trade(const Regularizer& trade, int width) {
  return Wrap("Helps: " + trade.helps + ".", width, 0) +
         Wrap("Costs: " + trade.costs + ".", width, 0) + "Turn it on: " + TurnOn(trade) + "\n";
}

}  // namespace

std::string TurnOn(const Regularizer& trade) {
  return "bottega train --set " + ShellQuote(trade.set);
}

std::string SpecPage(const Spec& spec, int width) {
  std::string page = spec.name + " (" + spec.kind + "): " + spec.one_line + ".\n";
  if (!spec.synonyms.empty()) page += "Also called " + Join(spec.synonyms, ", ") + ".\n";
  if (!spec.text.empty()) page += "\n" + Wrap(spec.text, width, 0);
  if (spec.regularizer) page += "\n" + Trade(*spec.regularizer, width);
  if (!spec.source.empty()) page += "\n" + Wrap("Source: " + spec.source + ".", width, 0);
  if (!spec.params.empty()) page += "\nParameters\n";
  for (const Param& param : spec.params) {
    page += "  " + param.name + "\n";
    page += Wrap(param.what + "." + Effects(param), width, 6);
    page += Wrap("(" + Facts(param) + ")", width, 6);
  }
  return page;
}

std::string SpecMarkdown(const Spec& spec) {
  std::string page = "# " + spec.name + "\n\n" + spec.one_line + ".\n";
  if (!spec.synonyms.empty()) page += "\nAlso called: " + Join(spec.synonyms, ", ") + ".\n";
  if (!spec.text.empty()) page += "\n" + spec.text + "\n";
  if (spec.regularizer) {
    page += "\nHelps: " + spec.regularizer->helps + ".\n\nCosts: " + spec.regularizer->costs +
            ".\n\nTurn it on: `" + TurnOn(*spec.regularizer) + "`\n";
  }
  if (!spec.source.empty()) page += "\nSource: " + spec.source + ".\n";
  if (!spec.params.empty()) {
    page += "\n| parameter | what | type, range, default |\n|---|---|---|\n";
    for (const Param& param : spec.params) {
      page += "| `" + param.name + "` | " + Replace(param.what + "." + Effects(param), "|", "\\|") +
              " | " + Replace(Facts(param), "|", "\\|") + " |\n";
    }
  }
  if (!spec.examples.empty()) {
    page += "\n## Examples\n\n```sh\n" + Join(spec.examples, "\n") + "\n```\n";
  }
  return page;
}

Json SpecJson(const Spec& spec) {
  Json params = Json::array();
  for (const Param& param : spec.params) {
    params.push_back({{"name", param.name},
                      {"type", TypeText(param)},
                      {"default", param.fallback},
                      {"range", RangeText(param)},
                      {"what", param.what}});
  }
  Json json = {{"kind", spec.kind}, {"name", spec.name},         {"one_line", spec.one_line},
               {"text", spec.text}, {"synonyms", spec.synonyms}, {"source", spec.source},
               {"params", params},  {"examples", spec.examples}, {"sets", spec.sets}};
  if (const auto& trade = spec.regularizer) {
    json["regularizer"] = {
        {"helps", trade->helps}, {"costs", trade->costs}, {"turn_on", TurnOn(*trade)}};
  }
  return json;
}

}  // namespace bottega
