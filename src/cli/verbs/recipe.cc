#include "cli/recipe.h"

#include "base/error.h"
#include "cli/catalog.h"
#include "cli/verbs/verbs.h"
#include "spec/schema.h"

namespace bottega {

const Spec& RecipeVerbSpec() {
  static const Spec spec = {
      .kind = "verb",
      .name = "recipe",
      .one_line = "show the resolved recipe, check it, or print its JSON Schema",
      .params =
          {{.name = "what",
            .type = ParamType::kChoice,
            .what = "what to do",
            .fallback = "show",
            .choices = {"show", "check", "schema"},
            .positional = true},
           {.name = "file", .what = "the recipe", .fallback = kRecipeName, .positional = true}},
      .examples = {"bottega recipe schema", "bottega recipe show", "bottega recipe check"},
      .sets = {"*"}};
  return spec;
}

Json RunRecipe(Invocation& call) {
  if (call.Text("what") == "schema") {
    if (!call.sets.empty()) {
      throw Error(ErrorKind::kUsage,
                  "the schema is the same for every recipe: --set changes nothing", {},
                  "bottega recipe schema");
    }
    const Json schema = SchemaOf(*call.catalog, RecipeSpec());
    if (!call.json) *call.out << schema.dump(2) << "\n";
    return schema;
  }
  const Recipe recipe = LoadRecipe(call.Text("file"), call.sets);
  Json remarks = Json::array();
  for (const Problem& remark : recipe.remarks) {
    remarks.push_back(remark.place.ToString() + ": " + remark.message);
  }
  if (!call.json) {
    if (call.Text("what") == "show") {
      *call.out << ResolvedYaml(recipe);
    } else {
      for (const Json& remark : remarks) *call.out << remark.get<std::string>() << "\n";
      *call.out << call.Text("file") << " is a valid recipe\n";
    }
  }
  return {{"recipe", recipe.value}, {"origin", recipe.origin}, {"remarks", remarks}};
}

}  // namespace bottega
