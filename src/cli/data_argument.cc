#include "cli/data_argument.h"

#include "base/text.h"

namespace bottega {

Recipe RecipeFor(const Invocation& call, const std::string& verb, Guess guess, Large large,
                 ReadAhead* ahead) {
  const std::string source = call.Text("data");
  if (source.empty() && !call.Text("target").empty()) {
    const std::string known = LoadRecipe(kRecipeName, {})["data"]["source"].get<std::string>();
    throw Error(ErrorKind::kUsage, "--target goes with DATA; the recipe here has its own",
                {.file = kRecipeName},
                "bottega " + verb + " " + ShellQuote(known) + " --target " +
                    ShellQuote(call.Text("target")));
  }
  if (source.empty()) return LoadRecipe(kRecipeName, call.sets);
  const Json given = DataSettings(source, call.sets);
  if (large == Large::kInOnePass) {
    ahead->large = ReadIfLarge(source, given, AuditSettings(call.sets));
  }
  const Inference inference = ahead->large
                                  ? InferSample(ahead->large->sample, ahead->large->whole.rows(),
                                                source, call.Text("target"), given)
                                  : InferDataset(source, call.Text("target"), given);
  ahead->read = inference.read;
  std::vector<std::string> sets = call.sets;
  const bool told = !call.Text("target").empty() || given.contains("target") ||
                    given.contains("roles") || inference.data.HasPictures();
  if (guess == Guess::kNoTarget && !told) {
    sets.push_back("data.roles=" + Json{{inference.target, "feature"}}.dump());
  }
  return ResolveRecipe(InitialRecipe(inference, source, given), source, sets);
}

Project ProjectFor(const Invocation& call, const std::string& verb, Guess guess) {
  ReadAhead ahead;
  Recipe recipe = RecipeFor(call, verb, guess, Large::kHeld, &ahead);
  return Project(".", std::move(recipe), std::move(ahead));
}

}  // namespace bottega
