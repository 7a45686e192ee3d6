#include "cli/data_argument.h"

#include "base/text.h"
#include "data/open.h"

namespace bottega {

Recipe RecipeFor(const Invocation& call, const std::string& verb, Guess guess,
                 std::optional<LargeSource>* large) {
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
  if (large != nullptr) *large = ReadIfLarge(source, given, AuditSettings(call.sets));
  const Inference inference = large != nullptr && *large
                                  ? InferSample((*large)->sample, (*large)->whole.rows(), source,
                                                call.Text("target"), given)
                                  : InferDataset(source, call.Text("target"), given);
  std::vector<std::string> sets = call.sets;
  const bool told = !call.Text("target").empty() || given.contains("target") ||
                    given.contains("roles") || inference.data.HasPictures();
  if (guess == Guess::kNoTarget && !told) {
    sets.push_back("data.roles=" + Json{{inference.target, "feature"}}.dump());
  }
  return ResolveRecipe(InitialRecipe(inference, source, given), source, sets);
}

Project ProjectFor(const Invocation& call, const std::string& verb, Guess guess) {
  return Project(".", RecipeFor(call, verb, guess));
}

}  // namespace bottega
