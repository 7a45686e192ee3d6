#include "base/error.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cli/print.h"
#include "cli/verbs/verbs.h"
#include "spec/page.h"

namespace bottega {

const Spec& ListSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "list",
      .one_line = "show the models, checks, optimizers and other components, and what they take",
      .params = {{.name = "kind",
                  .what = "kind of component, or any name or synonym",
                  .positional = true},
                 {.name = "name", .what = "one component, by name or synonym", .positional = true},
                 {.name = "markdown",
                  .type = ParamType::kBool,
                  .what = "print the page as Markdown, as in doc/reference",
                  .fallback = false}},
      .examples = {"bottega list", "bottega list optimizer", "bottega list model resnet18",
                   "bottega list regularizers \"weight decay\"", "bottega list ridge"}};
  return spec;
}

namespace {

// "models" and "model", "penalties" and "penalty", "losses" and "loss" are the same kind; "" for
// none.
std::string KnownKind(const Catalog& catalog, const std::string& kind) {
  for (const std::string& known : catalog.Kinds()) {
    const bool y = known.ends_with("y");
    const std::string stem = y ? known.substr(0, known.size() - 1) : known;
    if (kind == known || kind == stem + (y ? "ies" : "s") || kind == known + "es") return known;
  }
  return "";
}

std::string KindOf(const Catalog& catalog, const std::string& kind) {
  const std::string known = KnownKind(catalog, kind);
  if (!known.empty()) return known;
  const std::vector<std::string> kinds = catalog.Kinds();
  const std::vector<std::string> near = NearestNames(kind, kinds);
  throw Error(ErrorKind::kUsage, "there is no kind '" + kind + "'; known are " + Join(kinds, ", "),
              {}, near.empty() ? "bottega list" : "bottega list " + near[0]);
}

Json ListKinds(Invocation& call) {
  std::vector<std::vector<std::string>> rows = {{"kind", "components"}};
  Json result = Json::object();
  for (const std::string& kind : call.catalog->Kinds()) {
    const std::vector<std::string> names = call.catalog->Names(kind);
    rows.push_back({kind, Join(names, ", ")});
    result[kind] = names;
  }
  if (!call.json) {
    for (size_t i = 1; i < rows.size(); ++i) {
      *call.out << rows[i][0] << "\n" << Wrap(rows[i][1], TerminalWidth(1), 4);
    }
  }
  return result;
}

// Everything that is called so: "ridge" is a penalty, and a parameter of optimizers.
Json ListCalled(Invocation& call, const std::string& word) {
  std::vector<std::vector<std::string>> rows = {{"kind", "component", "parameter", "what it is"}};
  Json result = Json::array();
  for (const auto& [spec, param] : call.catalog->Search(word)) {
    const std::string name = param == nullptr ? "" : param->name;
    rows.push_back({spec->kind, spec->name, name, param == nullptr ? spec->one_line : param->what});
    result.push_back({{"kind", spec->kind}, {"component", spec->name}, {"parameter", name}});
  }
  if (!call.json) PrintTable(*call.out, rows, TerminalWidth(1));
  return result;
}

int PageWidth() { return std::min(TerminalWidth(1), 100); }

// What each regularizer trades and the command that turns it on.
void PrintTrades(Invocation& call) {
  for (const Spec* spec : call.catalog->Of("regularizer")) {
    const Regularizer& trade = *spec->regularizer;
    const auto line = [&](const std::string& text) { *call.out << Wrap(text, PageWidth(), 4); };
    *call.out << Wrap(spec->name + ": " + spec->one_line, PageWidth(), 4, false);
    line("helps: " + trade.helps);
    line("costs: " + trade.costs);
    *call.out << "    " << TurnOn(trade) << "\n";
  }
}

}  // namespace

Json RunList(Invocation& call) {
  if (call.Text("kind").empty()) return ListKinds(call);
  const std::string word = call.Text("kind");
  const bool called = call.Text("name").empty() && KnownKind(*call.catalog, word).empty();
  if (called && !call.catalog->Search(word).empty()) return ListCalled(call, word);
  const std::string kind = KindOf(*call.catalog, word);
  if (call.Text("name").empty()) {
    std::vector<std::vector<std::string>> rows = {{kind, "what it is"}};
    Json result = Json::array();
    for (const Spec* spec : call.catalog->Of(kind)) {
      rows.push_back({spec->name, spec->one_line});
      result.push_back(SpecJson(*spec));
    }
    if (!call.json && kind == "regularizer") {
      PrintTrades(call);
    } else if (!call.json) {
      PrintTable(*call.out, rows, 10000);
    }
    return result;
  }
  const SpecList found = call.catalog->FindAll(kind, call.Text("name"));
  if (found.empty()) {
    const std::vector<std::string> names = call.catalog->Names(kind);
    const std::vector<std::string> near = NearestNames(call.Text("name"), names);
    throw Error(
        ErrorKind::kUsage,
        "there is no " + kind + " '" + call.Text("name") + "'; known are " + Join(names, ", "), {},
        "bottega list " + kind + (near.empty() ? "" : " " + near[0]));
  }
  Json pages = Json::array();
  for (const Spec* spec : found) {
    pages.push_back(SpecJson(*spec));
    if (call.json) continue;
    *call.out << (spec == found.front() ? "" : "\n")
              << (call.Flag("markdown") ? SpecMarkdown(*spec) : SpecPage(*spec, PageWidth()));
  }
  return pages.size() == 1 ? pages[0] : pages;
}

}  // namespace bottega
