#include "profile/lawful_use.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include "base/text.h"
#include "data/infer/names.h"
#include "data/values.h"
#include "profile/cells.h"
#include "profile/lawful_terms.h"

namespace bottega {

namespace {

enum Kind : int8_t {
  kAllowed,
  kWithdrawn,
  kNoConsent,
  kPastRetention,
  kUnknownSource,
  kOtherPurpose
};
constexpr std::array<const char*, 6> kKindNames = {
    "", "withdrawn", "no_consent", "past_retention", "unknown_source", "other_purpose"};

// "Given", "oui", 1 ...
constexpr std::array<std::string_view, 26> kYes = {
    "yes",    "y",        "true",     "1",      "given",     "granted",   "agreed",
    "opt-in", "opted in", "opt_in",   "optin",  "in",        "accepted",  "consented",
    "active", "ja",       "oui",      "si",     "s\xC3\xAD", "s\xC3\xAC", "sim",
    "tak",    "t",        "obtained", "signed", "approved"};
constexpr std::array<std::string_view, 26> kNo = {
    "no",        "n",        "false",    "0",         "denied",  "refused", "declined",
    "withdrawn", "revoked",  "opt-out",  "opted out", "opt_out", "optout",  "none",
    "not given", "rejected", "objected", "nein",      "non",     "nao",     "n\xC3\xA3o",
    "nie",       "nee",      "nej",      "f",         "expired"};

template <size_t n>
bool Among(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

std::string CellOf(const CellColumn& cells, size_t code) {
  if (!cells.is_number()) return cells.text[code];
  return cells.type == FeatureType::kDate ? DayText(cells.number[code])
                                          : NumberText(cells.number[code]);
}

std::optional<int64_t> DayOf(const CellColumn& cells, size_t code) {
  if (cells.type == FeatureType::kDate) return static_cast<int64_t>(std::floor(cells.number[code]));
  if (cells.is_number()) return std::nullopt;
  return ParseDay(cells.text[code]);
}

int64_t Later(int64_t day, const Retention& retention) {
  using namespace std::chrono;
  const year_month_day start{sys_days(days(day))};
  year_month_day end = start + months(retention.months);
  if (!end.ok()) end = end.year() / end.month() / last;
  return sys_days(end).time_since_epoch().count() + retention.days;
}

class Judge {
 public:
  Judge(const Dataset& data, const Json& recipe, int64_t today)
      : data_(data), terms_(ReadLawfulRecipe(recipe)), today_(today) {}

  LawfulUse Run();

 private:
  // The column that data.people names for `what`, nullptr if it names none.
  const CellColumn* ColumnFor(const char* what);
  const LawfulTerms* TermsOfRow(size_t row) const;
  Kind KindOf(size_t row, const LawfulTerms& terms) const;
  bool IsPast(size_t row, const LawfulTerms& terms) const;
  bool IsOtherPurpose(size_t row, const LawfulTerms& terms) const;
  void SayWhatIsOpen(LawfulUse* use) const;
  std::string ReasonOf(Kind kind) const;

  const Dataset& data_;
  const LawfulRecipe terms_;
  const int64_t today_;
  std::map<std::string, CellColumn> columns_;
  const CellColumn *consent_ = nullptr, *withdrawn_ = nullptr, *purposes_ = nullptr,
                   *retention_ = nullptr, *collected_ = nullptr, *source_ = nullptr;
  // Per code of the column of that name.
  std::vector<char> consents_, withdrawals_;
  std::vector<std::optional<int64_t>> until_, collection_;
  std::vector<std::set<std::string>> row_purposes_;
  std::vector<const LawfulTerms*> source_terms_;  // nullptr: a source that is not told
};

const CellColumn* Judge::ColumnFor(const char* what) {
  const auto named = terms_.people.find(what);
  if (named == terms_.people.end()) return nullptr;
  const int column = data_.Find(named->second);
  if (column < 0) {
    std::vector<std::string> names;
    for (const Column& c : data_.columns) names.push_back(c.name);
    const std::vector<std::string> near = NearestNames(named->second, names, 1);
    throw Error(
        ErrorKind::kRecipe,
        std::string("data.people.") + what + ": there is no column '" + named->second + "'", {},
        near.empty() ? "name one of " + Join(names, ", ") : "did you mean " + near[0] + "?");
  }
  return &(columns_[what] = CellsOf(data_, column));
}

const LawfulTerms* Judge::TermsOfRow(size_t row) const {
  if (source_ == nullptr || terms_.sources.empty()) return &terms_.whole;
  const int32_t code = source_->code[row];
  return code < 0 ? nullptr : source_terms_[static_cast<size_t>(code)];
}

bool Judge::IsPast(size_t row, const LawfulTerms& terms) const {
  if (retention_ != nullptr) {
    const int32_t code = retention_->code[row];
    const auto until = code < 0 ? std::nullopt : until_[static_cast<size_t>(code)];
    if (until && *until < today_) return true;
    // A cell that is there and no date: nobody knows until when.
    if (code >= 0 && !until) return true;
  }
  if (!terms.retention) return false;
  if (terms.retention->until) return *terms.retention->until < today_;
  if (collected_ == nullptr) return false;
  const int32_t code = collected_->code[row];
  const auto day = code < 0 ? std::nullopt : collection_[static_cast<size_t>(code)];
  return !day || Later(*day, *terms.retention) < today_;
}

bool Judge::IsOtherPurpose(size_t row, const LawfulTerms& terms) const {
  for (const std::string& use : terms_.use) {
    if (terms.purposes && !terms.purposes->contains(use)) return true;
    if (purposes_ == nullptr) continue;
    const int32_t code = purposes_->code[row];
    if (code < 0 || !row_purposes_[static_cast<size_t>(code)].contains(use)) return true;
  }
  return false;
}

Kind Judge::KindOf(size_t row, const LawfulTerms& terms) const {
  if (withdrawn_ != nullptr) {
    const int32_t code = withdrawn_->code[row];
    if (code >= 0 && withdrawals_[static_cast<size_t>(code)]) return kWithdrawn;
  }
  if (consent_ != nullptr && (terms.basis.empty() || terms.basis == "consent")) {
    const int32_t code = consent_->code[row];
    if (code < 0 || !consents_[static_cast<size_t>(code)]) return kNoConsent;
  }
  if (IsPast(row, terms)) return kPastRetention;
  return IsOtherPurpose(row, terms) ? kOtherPurpose : kAllowed;
}

void Judge::SayWhatIsOpen(LawfulUse* use) const {
  const auto column = [&](const char* what) { return terms_.people.at(what); };
  if (terms_.whole.basis == "consent" && consent_ == nullptr && terms_.sources.empty()) {
    use->open.push_back(
        "the legal basis is consent, but data.people.consent names no column that says who gave "
        "it");
  }
  bool purposes = terms_.whole.purposes.has_value() || purposes_ != nullptr, period = false;
  for (const auto& [name, terms] : terms_.sources) {
    purposes = purposes || terms.purposes.has_value();
    period = period || (terms.retention && terms.retention->FromCollection());
  }
  period = period || (terms_.whole.retention && terms_.whole.retention->FromCollection());
  if (purposes && terms_.use.empty()) {
    use->open.push_back(
        "purposes are told for the data, but use.purposes does not say what for they are used");
  }
  if (period && collected_ == nullptr) {
    use->open.push_back(
        "retention runs from collection, but data.people.collected names no column of dates");
  }
  if (!terms_.unread_retention.empty()) {
    use->open.push_back("data.retention is '" + terms_.unread_retention +
                        "', which is no day and no period, and is not enforced");
  }
  if (!terms_.sources.empty() && source_ == nullptr) {
    use->open.push_back(
        "data.sources tells sources apart, but data.people.source names no column that says which "
        "row is from which");
  }
  if (withdrawn_ != nullptr) {
    const bool read = std::ranges::any_of(withdrawals_, [](char c) { return c != 0; });
    if (!read && withdrawn_->distinct() > 2) {
      use->open.push_back("'" + column("withdrawn") + "' holds nothing that says who withdrew");
    }
  }
}

std::string Judge::ReasonOf(Kind kind) const {
  const auto named = [&](const char* what) {
    const auto at = terms_.people.find(what);
    return at == terms_.people.end() ? std::string() : " ('" + at->second + "')";
  };
  switch (kind) {
    case kWithdrawn:
      return "the person has withdrawn consent" + named("withdrawn");
    case kNoConsent:
      return "there is no consent" + named("consent");
    case kPastRetention:
      return "it may no longer be kept" + named("retention");
    case kUnknownSource:
      return "data.sources does not tell its source" + named("source");
    case kOtherPurpose: {
      const std::vector<std::string> use(terms_.use.begin(), terms_.use.end());
      return "it was not given for " + Join(use, ", ") + named("purposes");
    }
    default:
      return "";
  }
}

LawfulUse Judge::Run() {
  LawfulUse use;
  use.declared = !terms_.people.empty() || !terms_.sources.empty() || terms_.whole.purposes ||
                 terms_.whole.retention || !terms_.whole.basis.empty() ||
                 !terms_.unread_retention.empty();
  if (!use.declared) return use;
  consent_ = ColumnFor("consent");
  withdrawn_ = ColumnFor("withdrawn");
  purposes_ = ColumnFor("purposes");
  retention_ = ColumnFor("retention");
  collected_ = ColumnFor("collected");
  source_ = ColumnFor("source");
  const auto each = [](const CellColumn* cells, auto&& read) {
    if (cells == nullptr) return;
    for (size_t code = 0; code < static_cast<size_t>(cells->distinct()); ++code) read(code);
  };
  each(consent_, [&](size_t code) {
    const auto day = DayOf(*consent_, code);  // of consent, or said in words
    consents_.push_back(day ? *day <= today_
                            : ParseConsent(CellOf(*consent_, code)).value_or(false));
  });
  each(withdrawn_, [&](size_t code) {
    const auto day = DayOf(*withdrawn_, code);
    withdrawals_.push_back(day ? *day <= today_
                               : ParseConsent(CellOf(*withdrawn_, code)).value_or(true));
  });
  each(purposes_,
       [&](size_t code) { row_purposes_.push_back(ParsePurposes(CellOf(*purposes_, code))); });
  each(retention_, [&](size_t code) { until_.push_back(DayOf(*retention_, code)); });
  each(collected_, [&](size_t code) { collection_.push_back(DayOf(*collected_, code)); });
  each(source_, [&](size_t code) {
    const auto at = terms_.sources.find(CellOf(*source_, code));
    source_terms_.push_back(at == terms_.sources.end() ? nullptr : &at->second);
  });
  std::array<Exclusion, kKindNames.size()> exclusions;
  for (size_t row = 0; row < data_.rows.size(); ++row) {
    const LawfulTerms* terms = TermsOfRow(row);
    const Kind kind = terms == nullptr ? kUnknownSource : KindOf(row, *terms);
    if (kind != kAllowed) exclusions[static_cast<size_t>(kind)].rows.push_back(data_.rows[row]);
  }
  for (size_t kind = 1; kind < exclusions.size(); ++kind) {
    if (exclusions[kind].rows.empty()) continue;
    exclusions[kind].kind = kKindNames[kind];
    exclusions[kind].reason = ReasonOf(static_cast<Kind>(kind));
    std::ranges::sort(exclusions[kind].rows);
    use.exclusions.push_back(std::move(exclusions[kind]));
  }
  SayWhatIsOpen(&use);
  return use;
}

}  // namespace

LawfulUse JudgeRows(const Dataset& data, const Json& recipe, int64_t today) {
  return Judge(data, recipe, today).Run();
}

std::optional<bool> ParseConsent(std::string_view cell) {
  const std::string word = LowerAscii(Trim(cell));
  if (Among(kYes, word)) return true;
  if (Among(kNo, word)) return false;
  return std::nullopt;
}

std::vector<ConsentColumn> ProposeConsentColumns(const Dataset& data) {
  std::vector<ConsentColumn> proposed;
  for (int i = 0; i < static_cast<int>(data.columns.size()); ++i) {
    const std::string& name = data.columns[static_cast<size_t>(i)].name;
    const bool withdrawal =
        NameHas(name, {"withdrawn", "withdrawal", "revoked", "optout", "optedout", "objection",
                       "unsubscribed", "widerruf", "donotsell"});
    const bool consent = NameHas(
        name, {"consent", "consented", "optin", "optedin", "einwilligung", "consentement",
               "consentimiento", "consenso", "consentimento", "toestemming", "samtycke", "zgoda"});
    if (!withdrawal && !consent) continue;
    const CellColumn cells = CellsOf(data, i);
    ConsentColumn column{.column = i, .withdrawal = withdrawal};
    bool understood = cells.distinct() > 0;
    for (size_t code = 0; code < static_cast<size_t>(cells.distinct()); ++code) {
      const bool day = DayOf(cells, code).has_value();
      const auto said = day ? std::optional(true) : ParseConsent(CellOf(cells, code));
      understood = understood && said.has_value();
      if (said && *said == withdrawal) column.against += cells.count[code];
    }
    if (!withdrawal) column.against += cells.missing;
    if (understood) proposed.push_back(column);
  }
  return proposed;
}

}  // namespace bottega
