// The walk of Resolve over a Spec and what a person wrote; for resolve.cc and resolve_values.cc.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "spec/resolve.h"

namespace bottega {

class Resolver {
 public:
  Resolver(const Catalog& catalog, std::string file) : catalog_(catalog), file_(std::move(file)) {}

  // Every parameter of `spec`, from `source` (may be null) or its default; `path` is dotted, "" at
  // the root. `choice`: `spec` is the one component chosen among those of its kind for `choice`.
  Json ResolveSpec(const Spec& spec, const SourceNode* source, const std::string& path,
                   const Param* choice = nullptr);
  Resolved& result() { return result_; }

 private:
  struct Choice {
    std::string name;
    const SourceNode* at;        // where the name stands
    const SourceNode* settings;  // nullptr without any
  };

  void Complain(const SourceNode& at, const std::string& message) {
    result_.problems.push_back({PlaceOf(at), message});
  }
  Place PlaceOf(const SourceNode& at) const {
    if (at.line < 0) return {.file = at.origin.empty() ? file_ : at.origin};
    return {.file = file_, .line = at.line, .column = std::to_string(at.column)};
  }
  void CheckKeys(const Spec& spec, const SourceNode& source, const std::string& path,
                 const Param* choice);
  Json ResolveParam(const Param& param, const SourceNode* source, const std::string& path);
  Json ResolveScalar(const Param& param, const SourceNode& source, const std::string& path);
  Json ResolveNumber(const Param& param, const SourceNode& source, const std::string& path);
  Json ResolveMap(const Param& param, const SourceNode& source, const std::string& path);
  std::string ResolveName(const Param& param, const SourceNode& at, const std::string& name);
  void CheckChoice(const Param& param, const SourceNode& source, const std::string& path);
  Json ResolveList(const Param& param, const SourceNode& source, const std::string& path);
  // Which component a mapping names: {name: adam, lr: 1} or {adam: {lr: 1}}; false if neither.
  bool ChooseIn(const Param& param, const SourceNode& map, Choice* choice) const;
  Json ResolveComponent(const Param& param, const SourceNode& source, const std::string& path);
  Json DefaultOf(const Param& param, const std::string& path);
  Json OverDefault(const Param& param, const SourceNode& source, const std::string& path);
  void RemarkIgnored(const Spec& spec, const SourceNode& source, const Json& value);

  const Catalog& catalog_;
  const std::string file_;
  Resolved result_;
};

// How messages write a word that a person wrote.
std::string Quoted(const std::string& text);
// The dotted path of `key` below `path`.
std::string PathOf(const std::string& path, const std::string& key);
// "; did you mean a or b?", or "" when no name is near.
std::string DidYouMean(const std::string& word, const std::vector<std::string>& names);

}  // namespace bottega
