#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <list>

#include "base/error.h"
#include "base/text.h"
#include "spec/page.h"
#include "spec/resolve.h"

namespace bottega {

namespace {

std::string FlagName(const Param& param) { return "--" + Replace(param.name, "_", "-"); }

// " FILE", or " [FILE]" where the flag may stand alone.
std::string FlagValue(const Param& param) {
  if (param.type == ParamType::kBool) return "";
  const std::string unit = param.unit.empty() ? "VALUE" : param.unit;
  return param.bare.empty() ? " " + unit : " [" + unit + "]";
}

bool IsList(const Param& param) {
  return param.type == ParamType::kTextList || param.type == ParamType::kIntList ||
         param.type == ParamType::kFloatList;
}

SourceNode ScalarNode(const std::string& text, const std::string& origin) {
  return {.kind = SourceNode::Kind::kScalar, .text = text, .origin = origin};
}

// One option of the CLI11 parser and where its words go.
struct Slot {
  const Param* param;
  CLI::Option* option = nullptr;
  std::vector<std::string> words;
  bool on = false;
};

void AddOption(CLI::App* app, Slot* slot) {
  const Param& param = *slot->param;
  if (param.positional) {
    slot->option = app->add_option(param.name, slot->words);
  } else if (param.type == ParamType::kBool) {
    const std::string flag = FlagName(param);
    slot->option = app->add_flag(flag + ",!--no-" + flag.substr(2), slot->on);
    return;
  } else {
    const std::string letter = param.letter == 0 ? "" : std::string(",-") + param.letter;
    slot->option = app->add_option(FlagName(param) + letter, slot->words);
  }
  slot->option->type_size(1)
      ->expected(param.bare.empty() ? 1 : 0, IsList(param) ? 1 << 20 : 1)
      ->allow_extra_args(IsList(param) && param.positional);
  if (IsList(param)) slot->option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

SourceNode NodeOf(const Slot& slot) {
  const std::string origin = slot.param->positional ? slot.param->name : FlagName(*slot.param);
  if (slot.param->type == ParamType::kBool) return ScalarNode(slot.on ? "true" : "false", origin);
  std::vector<std::string> words = slot.words;
  const bool alone = std::ranges::all_of(words, [](const std::string& w) { return w.empty(); });
  if (!slot.param->bare.empty() && alone) words = {slot.param->bare};
  if (!IsList(*slot.param)) return ScalarNode(words.back(), origin);
  SourceNode list{.kind = SourceNode::Kind::kList, .origin = origin};
  // Names of components hold no comma: a,b is a list of both.
  const bool names = !slot.param->component.empty();
  for (const std::string& word : words) {
    for (const std::string& item : names ? Split(word, ',') : std::vector{word}) {
      list.items.push_back(ScalarNode(item, origin));
    }
  }
  return list;
}

// Whether `-old` may be one of the verb's words: it takes a list of them, and its own flags have
// long names and no values.
bool TakesDashes(const Spec& verb) {
  const auto lists = [](const Param& p) { return p.positional && IsList(p); };
  const auto plain = [](const Param& p) {
    return p.positional || (p.type == ParamType::kBool && p.letter == 0);
  };
  return std::ranges::any_of(verb.params, lists) && std::ranges::all_of(verb.params, plain) &&
         verb.sets.empty();
}

// Flags, then `--`, then the other words, among them those that begin with one dash.
std::vector<std::string> FlagsFirst(const std::vector<std::string>& words) {
  std::vector<std::string> flags, others;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--") {
      others.insert(others.end(), words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end());
      break;
    }
    const bool takes_next = word == "-C" || word == "--folder";
    const bool flag = word.starts_with("--") || word.starts_with("-C") || word.size() < 3;
    (flag && word.starts_with("-") ? flags : others).push_back(word);
    if (takes_next && i + 1 < words.size()) flags.push_back(words[++i]);
  }
  flags.emplace_back("--");
  flags.insert(flags.end(), others.begin(), others.end());
  return flags;
}

// Words that no option took; CLI11 counts the `--` before positional words among them.
std::vector<std::string> Extras(const CLI::App& app) {
  std::vector<std::string> extra = app.remaining();
  std::erase(extra, "--");
  return extra;
}

[[noreturn]] void FailParse(const Spec& verb, const CLI::App& app, const std::string& what) {
  std::vector<std::string> flags = {"--help", "--json", "--quiet"};
  if (!verb.sets.empty()) flags.push_back("--set");
  for (const Param& param : verb.params) {
    if (!param.positional) flags.push_back(FlagName(param));
  }
  const std::vector<std::string> extra = Extras(app);
  std::string message = what;
  if (!extra.empty()) {
    message = (extra[0].starts_with("-") ? "unknown flag '" : "unexpected word '") + extra[0] + "'";
    const std::vector<std::string> near = NearestNames(extra[0], flags);
    if (extra[0].starts_with("-") && !near.empty()) message += "; did you mean " + near[0] + "?";
  }
  throw Error(ErrorKind::kUsage, message, {}, "bottega " + verb.name + " --help");
}

bool TakesAnySection(const Spec& verb) { return verb.sets == std::vector<std::string>{"*"}; }

// What a verb does not read it would ignore in silence.
void RequireSections(const Spec& verb, const std::vector<std::string>& sets) {
  if (TakesAnySection(verb)) return;
  for (const std::string& set : sets) {
    const std::string section = set.substr(0, set.find_first_of(".="));
    if (std::ranges::count(verb.sets, section) > 0) continue;
    const std::string what = verb.sets.empty()
                                 ? " takes no --set"
                                 : " takes --set for the sections " + Join(verb.sets, ", ") +
                                       " alone, not '" + set + "'";
    throw Error(ErrorKind::kUsage, verb.name + what, {}, "bottega " + verb.name + " --help");
  }
}

std::string SetHelp(const Spec& verb) {
  if (TakesAnySection(verb)) return "override a value of the recipe, as in --set train.epochs=5";
  return "override a value of these sections of the recipe: " + Join(verb.sets, ", ");
}

}  // namespace

Invocation ParseCommandLine(const Catalog& catalog, const Spec& verb,
                            const std::vector<std::string>& words, GlobalFlags* global) {
  Invocation invocation;
  CLI::App app;
  app.set_help_flag();
  app.add_flag("-h,--help", global->help);
  app.add_flag("-q,--quiet", global->quiet);
  app.add_flag("--json", global->json);
  app.add_option("-C,--folder", global->folder)->type_size(1);
  app.add_option("--set", invocation.sets)->type_size(1)->allow_extra_args(false);
  app.allow_extras();
  std::list<Slot> slots;
  for (const Param& param : verb.params) AddOption(&app, &slots.emplace_back(Slot{&param}));
  try {
    const std::vector<std::string> ordered = TakesDashes(verb) ? FlagsFirst(words) : words;
    std::vector<std::string> reversed(ordered.rbegin(), ordered.rend());
    app.parse(reversed);
  } catch (const CLI::ParseError& e) {
    FailParse(verb, app, e.what());
  }
  if (global->help) return invocation;
  // The "--" that ends flags stays among the extras.
  const std::vector<std::string> extras = app.remaining();
  if (std::ranges::any_of(extras, [](const std::string& word) { return word != "--"; })) {
    FailParse(verb, app, "");
  }
  RequireSections(verb, invocation.sets);
  SourceNode source{.kind = SourceNode::Kind::kMap};
  for (const Slot& slot : slots) {
    if (slot.option->count() > 0) source.fields.push_back({slot.param->name, NodeOf(slot)});
  }
  Resolved resolved = Resolve(catalog, verb, source, "the command line");
  for (Problem& problem : resolved.problems) problem.place = {};
  ThrowProblems(resolved.problems, ErrorKind::kUsage, "bottega " + verb.name + " --help");
  invocation.args = std::move(resolved.value);
  invocation.catalog = &catalog;
  return invocation;
}

std::string VerbHelp(const Spec& verb, int width) {
  std::string usage = "usage: bottega " + verb.name;
  std::string arguments, flags;
  const auto row = [&](const std::string& name, const std::string& what) {
    const std::string left = "  " + name;
    const size_t column = 26;
    std::string first = left + std::string(left.size() < column ? column - left.size() : 1, ' ');
    return first + Wrap(what, width, static_cast<int>(column), false);
  };
  for (const Param& param : verb.params) {
    std::string what = param.what;
    if (!param.choices.empty()) what += ": " + Join(param.choices, ", ");
    if (!param.fallback.is_null() && param.type != ParamType::kBool) {
      what += " (default " + ValueText(param.fallback) + ")";
    }
    if (param.positional) {
      usage += param.required ? " " + param.name : " [" + param.name + "]";
      arguments += row(param.name, what);
    } else {
      std::string name = FlagName(param);
      if (param.letter != 0) name = std::string("-") + param.letter + ", " + name;
      name += FlagValue(param);
      flags += row(name, what);
    }
  }
  std::string help = usage + " [flags]\n\n" + Wrap(verb.one_line + ".", width, 0);
  if (!verb.text.empty()) help += "\n" + Wrap(verb.text, width, 0);
  if (!arguments.empty()) help += "\nArguments\n" + arguments;
  help += "\nFlags\n" + flags;
  if (!verb.sets.empty()) help += row("--set PATH=VALUE", SetHelp(verb));
  help += row("-C, --folder DIR", "work as if started in DIR");
  help += row("--json", "print the result as JSON");
  help += row("-q, --quiet", "no progress");
  if (!verb.examples.empty()) help += "\nExamples\n";
  for (const std::string& example : verb.examples) help += "  " + example + "\n";
  return help;
}

}  // namespace bottega
