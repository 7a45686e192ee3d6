// Step: something that learns from training rows and is applied to all rows alike.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "clean/frame.h"
#include "clean/refusal.h"
#include "spec/spec.h"

namespace bottega {

// Applies what was learned to some rows. Thread-safe: may be called for several frames at once. The
// series that it leaves depend on the state alone, never on the rows.
using Applier = std::function<void(Frame*)>;

struct Step {
  const Spec& (*spec)();
  // Learns from a frame of training rows only; what it returns goes into plan.json. Columns that it
  // will not touch, with the reason, are appended to `refused` and stay in the frame.
  Json (*fit)(const Frame& train, const Json& settings, std::vector<Refusal>* refused);
  // From the state to an applier. Error kData for a state that `fit` cannot have written.
  Applier (*load)(const Json& state);
};

// Reading a state: each throws Error kData that names the key when it is absent or of another kind.
const Json& StateList(const Json& state, const char* key);
std::string StateText(const Json& state, const char* key);
double StateNumber(const Json& state, const char* key);  // finite
bool StateBool(const Json& state, const char* key);
std::vector<double> StateNumbers(const Json& state, const char* key);  // finite
std::vector<std::string> StateTexts(const Json& state, const char* key);

}  // namespace bottega
