// Catalog: all Specs by kind; what validation, help, `list` and completion look things up in.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "spec/spec.h"

namespace bottega {

class Catalog {
 public:
  void Add(const SpecList& specs);
  std::vector<std::string> Kinds() const;
  const SpecList& Of(const std::string& kind) const;  // empty for an unknown kind
  // By name or synonym; nullptr if there is none.
  const Spec* Find(const std::string& kind, const std::string& name) const;
  // The one with exactly that name, else all whose name or synonym it is; case, '_' and '-' make no
  // What is called `word` by a name or synonym, whatever its kind: components, and parameters of
  // components (the second, else nullptr).
  std::vector<std::pair<const Spec*, const Param*>> Search(const std::string& word) const;
  // difference.
  SpecList FindAll(const std::string& kind, const std::string& name) const;
  std::vector<std::string> Names(const std::string& kind) const;

 private:
  std::map<std::string, SpecList> by_kind_;
};

}  // namespace bottega
