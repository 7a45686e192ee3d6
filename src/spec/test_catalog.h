// A small catalog for the tests of this folder.
#pragma once

#include "spec/catalog.h"

namespace bottega {

inline const Spec& TestSgd() {
  static const Spec spec = {.kind = "optimizer",
                            .name = "sgd",
                            .one_line = "gradient descent",
                            .params = {{.name = "lr",
                                        .type = ParamType::kFloat,
                                        .what = "learning rate",
                                        .fallback = 0.1,
                                        .min = 0,
                                        .min_open = true},
                                       {.name = "momentum",
                                        .type = ParamType::kFloat,
                                        .what = "momentum",
                                        .fallback = 0.9,
                                        .min = 0,
                                        .max = 1},
                                       {.name = "nesterov",
                                        .type = ParamType::kBool,
                                        .what = "look ahead",
                                        .fallback = false}},
                            .synonyms = {"gradient_descent"},
                            .ignored = {{"nesterov", "momentum", 0.0}}};
  return spec;
}

inline const Spec& TestAdam() {
  static const Spec spec = {
      .kind = "optimizer",
      .name = "adam",
      .one_line = "adaptive moments",
      .params = {
          {.name = "lr", .type = ParamType::kFloat, .what = "learning rate", .fallback = 0.001}}};
  return spec;
}

inline const Spec& TestTrain() {
  static const Spec spec = {
      .kind = "section",
      .name = "train",
      .one_line = "how to train",
      .params = {
          {.name = "epochs", .type = ParamType::kInt, .what = "passes", .fallback = 20, .min = 1},
          {.name = "mode",
           .type = ParamType::kChoice,
           .what = "mode",
           .fallback = "fast",
           .choices = {"fast", "careful"}},
          {.name = "hidden",
           .type = ParamType::kIntList,
           .what = "widths",
           .fallback = Json::array({64, 32})},
          {.name = "optimizer",
           .type = ParamType::kComponent,
           .what = "optimizer",
           .fallback = "adam",
           .component = "optimizer"}}};
  return spec;
}

inline const Spec& TestRecipe() {
  static const Spec spec = {
      .kind = "section",
      .name = "recipe",
      .one_line = "a recipe",
      .params = {
          {.name = "source", .what = "the data", .required = true},
          {.name = "train",
           .type = ParamType::kSection,
           .what = "training",
           .fallback = Json::object(),
           .component = "train"},
          {.name = "gates", .type = ParamType::kMap, .what = "gates", .fallback = Json::object()}}};
  return spec;
}

inline const Catalog& TestCatalog() {
  static const Catalog catalog = [] {
    Catalog c;
    c.Add({&TestSgd(), &TestAdam(), &TestTrain()});
    return c;
  }();
  return catalog;
}

}  // namespace bottega
