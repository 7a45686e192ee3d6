#include "audit/review/decision.h"

#include <algorithm>
#include <iterator>

#include "base/error.h"

namespace bottega {

namespace {

constexpr std::string_view kVerdicts[] = {"keep", "label", "set_aside", "unsure", "undo"};

Json LabelJson(const std::optional<std::string>& label) { return label ? Json(*label) : Json(); }

std::optional<std::string> LabelFrom(const Json& json, const char* key) {
  if (!json.contains(key) || json[key].is_null()) return std::nullopt;
  return json[key].get<std::string>();
}

}  // namespace

std::string_view VerdictName(Verdict verdict) { return kVerdicts[static_cast<size_t>(verdict)]; }

std::optional<Verdict> ParseVerdict(std::string_view name) {
  const auto found = std::ranges::find(kVerdicts, name);
  if (found == std::end(kVerdicts)) return std::nullopt;
  return static_cast<Verdict>(found - std::begin(kVerdicts));
}

Json DecisionToJson(const Decision& d) {
  Json json = {{"row", d.row},
               {"verdict", VerdictName(d.verdict)},
               {"before", LabelJson(d.before)},
               {"after", LabelJson(d.after)},
               {"reviewer", d.reviewer},
               {"time", d.time},
               {"review", d.review}};
  if (d.suggested) json["suggested"] = *d.suggested;
  if (!d.why.empty()) json["why"] = d.why;
  if (!d.note.empty()) json["note"] = d.note;
  if (d.blind) json["blind"] = true;
  if (d.copy_of) json["copy_of"] = *d.copy_of;
  json["content"] = d.content;
  json["data"] = d.data;
  return json;
}

Decision DecisionFromJson(const Json& json, const std::string& file) {
  try {
    const auto verdict = ParseVerdict(json.at("verdict").get<std::string>());
    if (!verdict) throw Error(ErrorKind::kData, "holds an unknown verdict", {.file = file});
    Decision d{.row = json.at("row").get<int64_t>(),
               .content = json.at("content").get<std::string>(),
               .data = json.at("data").get<std::string>(),
               .verdict = *verdict,
               .before = LabelFrom(json, "before"),
               .after = LabelFrom(json, "after"),
               .suggested = LabelFrom(json, "suggested"),
               .reviewer = json.at("reviewer").get<std::string>(),
               .time = json.at("time").get<std::string>(),
               .review = json.at("review").get<std::string>(),
               .why = json.value("why", ""),
               .note = json.value("note", ""),
               .blind = json.value("blind", false)};
    if (json.contains("copy_of")) d.copy_of = json["copy_of"].get<int64_t>();
    return d;
  } catch (const Json::exception& error) {
    throw Error(ErrorKind::kData, std::string("holds no decision: ") + error.what(), {.file = file},
                "mend the line, or move the file out of reviews/");
  }
}

}  // namespace bottega
