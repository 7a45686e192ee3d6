#include <algorithm>
#include <map>

#include "audit/cell_findings.h"
#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "profile/text_damage.h"

namespace bottega {
namespace {

const Spec& DamagedTextSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "damaged_text",
      .one_line = "text read in the wrong encoding, entities, control and lost characters",
      .text =
          "'ZÃ¼rich' for 'Zürich' (UTF-8 that was read in another encoding, also twice over), "
          "'Smith &amp; Sons', '\\u00e9' written out, control and zero-width characters, and "
          "characters that were lost ('Z\xEF\xBF\xBDrich', or 'Z?rich' where the column holds "
          "'Zürich'). The repaired text is given; what was lost is filled in from the one other "
          "value of the column that fits. One finding for each column and kind; names of columns "
          "are looked at as well. Severity: warning; info for a text column of which more than "
          "half is HTML.",
      .synonyms = {"mojibake", "encoding", "html_entities", "control_characters"},
  };
  return spec;
}

constexpr size_t kMostLost = 500;         // damaged values that a whole one is looked for
constexpr int64_t kMostValues = 100'000;  // distinct values of a column for that

using Flags = std::unordered_map<int32_t, FlaggedValue>;

// The one value without damage that `damaged` can have been.
std::optional<std::string> WholeOf(const CellColumn& cells, const std::string& damaged) {
  std::optional<std::string> whole;
  if (cells.distinct() > kMostValues) return whole;
  for (const std::string& value : cells.text) {
    if (value == damaged || value.find("\xEF\xBF\xBD") != value.npos) continue;
    if (!MatchesButLost(damaged, value)) continue;
    if (whole) return std::nullopt;
    whole = value;
  }
  return whole;
}

// A question mark behind or between letters: "Z?rich".
bool MayHaveLost(const std::string& text) {
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    const auto next = static_cast<unsigned char>(text[i + 1]);
    if (text[i] == '?' && (next >= 0x80 || std::isalpha(next) != 0)) return true;
  }
  return text.size() > 3 && text.back() == '?';
}

std::map<std::string, Flags> FlagsOf(const CellColumn& cells) {
  const DamageFinder finder;
  std::map<std::string, Flags> by_kind;
  size_t lost = 0;
  for (size_t code = 0; code < cells.text.size(); ++code) {
    const std::string& text = cells.text[code];
    const auto at = static_cast<int32_t>(code);
    const auto damage = finder.Find(text);
    if (damage && damage->repaired) {
      by_kind[damage->kind][at] = {damage->repaired, true, damage->kind == "mojibake" ? 0.97 : 0.9,
                                   damage->kind};
    } else if (damage) {
      const auto whole = ++lost <= kMostLost ? WholeOf(cells, text) : std::nullopt;
      by_kind[damage->kind][at] = {
          whole, whole.has_value(), 0.95,
          whole ? "the one value of the column that fits" : "a character was lost"};
    } else if (text.find('?') != text.npos && MayHaveLost(text) && ++lost <= kMostLost) {
      if (const auto whole = WholeOf(cells, text)) {
        by_kind["lost_character"][at] = {whole, true, 0.9, "the one value of the column that fits"};
      }
    }
  }
  return by_kind;
}

const char* WordsFor(const std::string& kind) {
  if (kind == "mojibake") return "text that was read in the wrong encoding";
  if (kind == "html_entity") return "HTML entities";
  if (kind == "escape") return "escape sequences written out";
  if (kind == "control_character") return "control or invisible characters";
  return "lost characters";
}

void LookAt(const AuditContext& context, int column, Findings& findings,
            std::vector<float>* scores) {
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  for (const auto& [kind, flags] : FlagsOf(cells)) {
    const std::vector<FlaggedCell> flagged = CellsWith(context, column, flags);
    const bool markup = kind == "html_entity" && flagged.size() * 2 > cells.code.size();
    const FlaggedCell& first = flagged[0];
    Finding& finding = findings.Add(
        markup ? Severity::kInfo : Severity::kWarning, {},
        "'" + context.data.columns[static_cast<size_t>(column)].name + "' holds " + WordsFor(kind) +
            " in " + CountOf(context.data, static_cast<int64_t>(flagged.size())) + ", as " +
            QuoteCell(context.data, column, first.Shown()) +
            (first.repair ? " for " + QuoteCell(context.data, column, first.after.value_or(""))
                          : ""),
        "read the source in its true encoding (data.encoding), or let `bottega clean` repair it");
    ListCells(context.data, flagged, &finding);
    finding.detail["kind"] = kind;
    LowerScores(context.data, flagged, scores);
  }
}

void LookAtNames(const AuditContext& context, Findings& findings) {
  const DamageFinder finder;
  for (size_t i = 0; i < context.data.columns.size(); ++i) {
    const auto damage = finder.Find(context.data.columns[i].name);
    if (!damage) continue;
    Finding& finding = findings.Add(
        Severity::kWarning, PlaceOfColumn(context.data, static_cast<int>(i)),
        "the column's name '" + context.data.columns[i].name + "' holds " + WordsFor(damage->kind),
        damage->repaired ? "call it '" + *damage->repaired + "' in the file"
                         : "correct the name in the file");
    finding.detail = {{"kind", damage->kind}};
  }
}

void Run(const AuditContext& context, Findings& findings) {
  std::vector<float> scores(static_cast<size_t>(context.data.size()), 1.0F);
  LookAtNames(context, findings);
  bool any = false;
  for (size_t i = 0; i < context.data.columns.size(); ++i) {
    const FeatureType type = context.data.columns[i].type;
    if (type == FeatureType::kNumber || type == FeatureType::kDate ||
        type == FeatureType::kPicture) {
      continue;
    }
    any = true;
    LookAt(context, static_cast<int>(i), findings, &scores);
  }
  if (!any && findings.items().empty()) {
    findings.Skip("no column holds text");
    return;
  }
  findings.Score(std::move(scores));
}

}  // namespace

const Check& DamagedText() {
  static const Check check = {&DamagedTextSpec, &Run};
  return check;
}

}  // namespace bottega
