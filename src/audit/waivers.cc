#include "audit/waivers.h"

#include <algorithm>
#include <map>

#include "audit/check.h"
#include "base/text.h"
#include "data/infer/dates.h"

namespace bottega {
namespace {

// Whether `text` fits `pattern`, in which `*` stands for any text.
bool Fits(std::string_view text, std::string_view pattern) {
  const std::vector<std::string> pieces = Split(pattern, '*');
  if (pieces.size() == 1) return text == pattern;
  if (!text.starts_with(pieces.front())) return false;
  text.remove_prefix(pieces.front().size());
  for (size_t i = 1; i + 1 < pieces.size(); ++i) {
    const size_t at = text.find(pieces[i]);
    if (at == text.npos) return false;
    text.remove_prefix(at + pieces[i].size());
  }
  return text.ends_with(pieces.back());
}

std::string WrongTarget(const std::string& target) {
  const size_t colon = target.find(':');
  const std::string check = target.substr(0, colon == target.npos ? target.find('-') : colon);
  std::vector<std::string> names;
  for (const Check& known : Checks()) names.push_back(known.spec().name);
  if (std::ranges::count(names, check) == 0) {
    const std::vector<std::string> near = NearestNames(check, names);
    return "it names no check" + (near.empty() ? "" : ": did you mean " + Join(near, " or ") + "?");
  }
  const size_t given = target.size() - check.size();
  if (given < 2) return "write the id of a finding, or CHECK:COLUMN as in '" + check + ":*'";
  return "";
}

std::string TextOf(const Json& settings, const char* key) {
  const auto at = settings.find(key);
  return at != settings.end() && at->is_string() ? std::string(Trim(at->get<std::string>())) : "";
}

}  // namespace

bool IsDay(const std::string& text) {
  return text.size() == 10 && ParseDate(text, "%Y-%m-%d").has_value();
}

std::string WrongWaiver(const std::string& target, const Json& settings) {
  const std::vector<std::string> keys = {"reason", "until", "by"};
  const std::string waiver = "waiver '" + target + "': ";
  if (const std::string wrong = WrongTarget(target); !wrong.empty()) return waiver + wrong;
  if (!settings.is_object()) return waiver + "give it {reason: ..., until: 2027-01-31, by: ...}";
  for (const auto& [key, value] : settings.items()) {
    if (std::ranges::count(keys, key) > 0) continue;
    return waiver + "there is no key '" + key + "'; it has " + Join(keys, ", ");
  }
  for (const std::string& key : keys) {
    if (TextOf(settings, key.c_str()).empty()) return waiver + "'" + key + "' is missing";
  }
  const std::string until = TextOf(settings, "until");
  if (!IsDay(until)) return waiver + "'until' must be a day as 2027-01-31, not '" + until + "'";
  return "";
}

std::vector<Waiver> WaiversOf(const Json& mapping, const std::string& file) {
  std::vector<Waiver> waivers;
  for (const auto& [target, settings] : mapping.items()) {
    waivers.push_back({target, TextOf(settings, "reason"), TextOf(settings, "by"),
                       TextOf(settings, "until"), file});
  }
  return waivers;
}

bool Covers(const Waiver& waiver, const Finding& finding) {
  if (waiver.target == finding.id) return true;
  const size_t colon = waiver.target.find(':');
  if (colon == waiver.target.npos || waiver.target.substr(0, colon) != finding.check) return false;
  const Place& place = finding.place;
  return Fits(place.column.empty() ? place.file : place.column, waiver.target.substr(colon + 1));
}

bool HasExpired(const Waiver& waiver, const std::string& today) { return waiver.until < today; }

void ApplyWaivers(const std::vector<Waiver>& waivers, const std::string& today,
                  AuditResult* result) {
  std::multimap<std::string, const Waiver*> of_check;
  for (const Waiver& waiver : waivers) {
    const std::string check = waiver.target.substr(0, waiver.target.find_first_of(":-"));
    if (!HasExpired(waiver, today)) of_check.emplace(check, &waiver);
  }
  for (Finding& finding : result->findings) {
    const auto [begin, end] = of_check.equal_range(finding.check);
    for (auto at = begin; at != end && !finding.waived; ++at) {
      const Waiver& waiver = *at->second;
      if (Covers(waiver, finding)) finding.waived = {waiver.reason, waiver.by, waiver.until};
    }
  }
}

void ApplyReviewed(const std::map<int64_t, ReviewedRow>& reviewed, AuditResult* result) {
  if (reviewed.empty()) return;
  for (Finding& finding : result->findings) {
    const bool conflict = finding.check == "conflicting_labels";
    if (finding.waived || (!conflict && finding.check != "suspicious_labels")) continue;
    std::vector<int64_t> rows = {finding.place.row};
    if (conflict && finding.detail.contains("rows")) {
      rows = finding.detail["rows"].get<std::vector<int64_t>>();
    }
    const auto known = [&](int64_t row) { return reviewed.contains(row); };
    if (!std::ranges::all_of(rows, known)) continue;
    const ReviewedRow& first = reviewed.at(rows[0]);
    finding.waived = {conflict ? "each of the rows was reviewed" : first.outcome, first.by, ""};
  }
}

}  // namespace bottega
