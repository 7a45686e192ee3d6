#include "spec/catalog.h"

#include <algorithm>

#include "base/text.h"

namespace bottega {

void Catalog::Add(const SpecList& specs) {
  for (const Spec* spec : specs) by_kind_[spec->kind].push_back(spec);
}

std::vector<std::string> Catalog::Kinds() const {
  std::vector<std::string> kinds;
  for (const auto& [kind, specs] : by_kind_) kinds.push_back(kind);
  return kinds;
}

const SpecList& Catalog::Of(const std::string& kind) const {
  static const SpecList kNone;
  const auto it = by_kind_.find(kind);
  return it == by_kind_.end() ? kNone : it->second;
}

const Spec* Catalog::Find(const std::string& kind, const std::string& name) const {
  for (const Spec* spec : Of(kind)) {
    if (spec->name == name) return spec;
  }
  for (const Spec* spec : Of(kind)) {
    if (std::ranges::count(spec->synonyms, name) > 0) return spec;
  }
  return nullptr;
}

SpecList Catalog::FindAll(const std::string& kind, const std::string& name) const {
  const auto plain = [](const std::string& text) {
    return Replace(Replace(LowerAscii(text), "_", " "), "-", " ");
  };
  const std::string wanted = plain(name);
  SpecList found;
  for (const Spec* spec : Of(kind)) {
    if (spec->name == name) return {spec};
    const bool synonym = std::ranges::find(spec->synonyms, wanted, plain) != spec->synonyms.end();
    if (synonym || plain(spec->name) == wanted) found.push_back(spec);
  }
  return found;
}

std::vector<std::string> Catalog::Names(const std::string& kind) const {
  std::vector<std::string> names;
  for (const Spec* spec : Of(kind)) names.push_back(spec->name);
  return names;
}

}  // namespace bottega
