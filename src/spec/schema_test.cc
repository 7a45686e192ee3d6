#include "spec/schema.h"

#include <gtest/gtest.h>

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "spec/resolve.h"
#include "spec/source_node.h"
#include "spec/test_catalog.h"

namespace bottega {
namespace {

// The JSON Schema and the resolver must agree on what is a valid recipe.
TEST(Schema, AgreesWithTheResolver) {
  const nlohmann::json text = SchemaOf(TestCatalog(), TestRecipe());
  valijson::Schema schema;
  valijson::SchemaParser parser;
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(text), schema);
  const char* recipes[] = {"source: a.csv",
                           "source: a\ntrain: {optimizer: sgd}",
                           "source: a\ntrain: {optimizer: {name: sgd, lr: 0.5}}",
                           "source: a\ntrain: {optimizer: {sgd: {lr: 0.5}}}",
                           "source: a\ntrain: {hidden: 5}",
                           "source: a\ngates: {audit: error}",
                           "train: {}",
                           "source: a\ntrain: {epoch: 3}",
                           "source: a\ntrain: {epochs: 0}",
                           "source: a\ntrain: {optimizer: adagrad}",
                           "source: a\ntrain: {optimizer: {name: sgd, lr: 0}}",
                           "source: a\ntrain: {mode: slow}",
                           "source: a\ntrain: {optimizer: {name: adam, momentum: 0.1}}"};
  int valid = 0;
  for (const char* recipe : recipes) {
    const SourceNode node = ParseYaml(recipe, "r");
    const bool resolves = Resolve(TestCatalog(), TestRecipe(), node, "r").problems.empty();
    const nlohmann::json value = ToJson(node);
    valijson::Validator validator;
    EXPECT_EQ(validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(value), nullptr),
              resolves)
        << recipe;
    valid += resolves;
  }
  EXPECT_EQ(valid, 7);
}

}  // namespace
}  // namespace bottega
