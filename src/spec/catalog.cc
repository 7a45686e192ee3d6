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

namespace {

// As people may write a name.
std::string Plain(const std::string& text) {
  return Replace(Replace(LowerAscii(text), "_", " "), "-", " ");
}

template <class Named>
bool IsCalled(const Named& named, const std::string& wanted) {
  return Plain(named.name) == wanted ||
         std::ranges::find(named.synonyms, wanted, Plain) != named.synonyms.end();
}

}  // namespace

SpecList Catalog::FindAll(const std::string& kind, const std::string& name) const {
  SpecList found;
  for (const Spec* spec : Of(kind)) {
    if (spec->name == name) return {spec};
    if (IsCalled(*spec, Plain(name))) found.push_back(spec);
  }
  return found;
}

std::vector<std::pair<const Spec*, const Param*>> Catalog::Search(const std::string& word) const {
  std::vector<std::pair<const Spec*, const Param*>> found;
  for (const auto& [kind, specs] : by_kind_) {
    for (const Spec* spec : specs) {
      if (kind == "verb") continue;
      if (IsCalled(*spec, Plain(word))) found.emplace_back(spec, nullptr);
      for (const Param& param : spec->params) {
        if (IsCalled(param, Plain(word))) found.emplace_back(spec, &param);
      }
    }
  }
  return found;
}

std::vector<std::string> Catalog::Names(const std::string& kind) const {
  std::vector<std::string> names;
  for (const Spec* spec : Of(kind)) names.push_back(spec->name);
  return names;
}

}  // namespace bottega
