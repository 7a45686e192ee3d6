#include "cli/streamable.h"

#include "base/error.h"
#include "base/text.h"
#include "model/models_specs.h"

namespace bottega {

namespace {

std::string Command(const Recipe& recipe, const std::string& verb,
                    const std::vector<std::string>& sets) {
  std::string command = "bottega " + verb;
  for (const auto* some : {&recipe.sets, &sets}) {
    for (const std::string& set : *some) command += " --set " + ShellQuote(set);
  }
  return command;
}

}  // namespace

std::vector<StreamHindrance> StreamHindrances(const Recipe& recipe) {
  const Json &train = recipe["train"], &split = recipe["split"];
  std::vector<StreamHindrance> found;
  const std::string model = recipe["model"]["name"];
  if (KindOfModel(model) != ModelKind::kNetwork) {
    found.push_back({"model " + model + " is fitted to rows in memory", {"model=mlp"}});
  }
  const std::string balance =
      train["balance"].is_object() ? train["balance"]["name"] : Json("none");
  if (balance == "oversample" || balance == "undersample" || balance == "sampler") {
    found.push_back(
        {"train.balance=" + balance + " draws rows from memory", {"train.balance=weights"}});
  }
  if (train["sample_weights"] == "audit") {
    found.push_back({"train.sample_weights=audit knows the rows of the sample only",
                     {"train.sample_weights=none"}});
  }
  if (!split["folds"].is_null()) {
    found.push_back({"folds are trained from memory", {"split.folds=null"}});
  }
  if (train["seeds"] != 1) {
    found.push_back({"seeds are trained from memory", {"train.seeds=1"}});
  }
  return found;
}

void RequireStreamable(const Recipe& recipe, const std::string& verb) {
  const std::vector<StreamHindrance> hindrances = StreamHindrances(recipe);
  if (hindrances.empty()) return;
  std::vector<std::string> whats, sets;
  for (const StreamHindrance& one : hindrances) {
    whats.push_back(one.what);
    sets.insert(sets.end(), one.sets.begin(), one.sets.end());
  }
  std::string hint = Command(recipe, verb, sets);
  if (recipe["train"]["stream"] == "always") {
    hint = "`" + hint + "`, or `" + Command(recipe, verb, {"train.stream=never"}) +
           "` to hold all rows in memory";
  }
  throw Error(ErrorKind::kRecipe, "this table is streamed, but " + Join(whats, "; "),
              {.file = recipe["data"]["source"].get<std::string>()}, hint);
}

}  // namespace bottega
