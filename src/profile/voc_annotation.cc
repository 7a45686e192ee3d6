#include "profile/voc_annotation.h"

#include "base/text.h"

namespace bottega {
namespace {

// What stands between <tag> and </tag>, from `*at` on; `*at` moves behind it.
std::optional<std::string_view> Between(std::string_view xml, std::string_view tag, size_t* at) {
  const std::string open = "<" + std::string(tag), close = "</" + std::string(tag);
  while (true) {
    const size_t begin = xml.find(open, *at);
    if (begin == std::string_view::npos) return std::nullopt;
    *at = begin + open.size();
    const bool same_tag = *at < xml.size() && (xml[*at] == '>' || xml[*at] == ' ');
    if (!same_tag) continue;
    const size_t inside = xml.find('>', *at);
    if (inside == std::string_view::npos) return std::nullopt;
    const size_t end = xml.find(close, inside);
    if (end == std::string_view::npos) return std::nullopt;
    *at = end + close.size();
    return xml.substr(inside + 1, end - inside - 1);
  }
}

std::optional<std::string_view> First(std::string_view xml, std::string_view tag) {
  size_t at = 0;
  return Between(xml, tag, &at);
}

std::optional<double> NumberOf(std::optional<std::string_view> xml, std::string_view tag) {
  if (!xml) return std::nullopt;
  const auto text = First(*xml, tag);
  return text ? ParseNumber(Trim(*text)) : std::nullopt;
}

}  // namespace

std::optional<VocAnnotation> ParseVocAnnotation(std::string_view xml) {
  const auto annotation = First(xml, "annotation");
  if (!annotation) return std::nullopt;
  VocAnnotation out;
  const auto size = First(*annotation, "size");
  out.width = NumberOf(size, "width");
  out.height = NumberOf(size, "height");
  size_t at = 0;
  while (const auto object = Between(*annotation, "object", &at)) {
    const auto name = First(*object, "name"), box = First(*object, "bndbox");
    out.boxes.push_back({.name = name ? std::string(Trim(*name)) : "",
                         .left = NumberOf(box, "xmin"),
                         .top = NumberOf(box, "ymin"),
                         .right = NumberOf(box, "xmax"),
                         .bottom = NumberOf(box, "ymax")});
  }
  return out;
}

}  // namespace bottega
