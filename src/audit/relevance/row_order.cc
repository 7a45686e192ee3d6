#include <algorithm>
#include <cmath>

#include "audit/check.h"
#include "audit/check_list.h"
#include "audit/duplicate_findings.h"
#include "audit/groups.h"
#include "base/text.h"
#include "profile/association.h"
#include "profile/coarse_codes.h"

namespace bottega {
namespace {

const Spec& RowOrderSpec() {
  static const Spec spec = {
      .kind = "check",
      .name = "row_order",
      .one_line = "rows that come in an order that matters",
      .text =
          "Rows that were drawn independently may be shuffled, and any cut through them is fair. "
          "Looks at each column along the rows: is it sorted, does its distribution change between "
          "`blocks` stretches of rows (chi-square, p below 1e-6, and an "
          "effect of at least `effect`), are neighbouring rows more, or less, alike than rows far "
          "apart. Then a split by position, or batches in the order of the file, are not like the "
          "whole; rows of a time series have to be split by time. One finding for the target, one "
          "for each sorted column, one for all other columns. Severity: warning for the target, "
          "where no column has the role time, else info.",
      .params = {{.name = "effect",
                  .type = ParamType::kFloat,
                  .what =
                      "Cramer's V between stretch and value, or correlation of neighbours, from "
                      "which on it is reported",
                  .fallback = 0.1,
                  .min = 0.01,
                  .max = 1,
                  .larger = "reports strong orders only"},
                 {.name = "blocks",
                  .type = ParamType::kInt,
                  .what = "stretches of rows that are compared",
                  .fallback = 10,
                  .min = 2,
                  .max = 100}},
      .synonyms = {"non_iid", "sorted", "autocorrelation", "drift"},
      .source =
          "Cummings, Snorrason & Mueller, Detecting dataset drift and non-IID sampling via "
          "k-nearest neighbors, 2023 (the question; the tests are others)",
  };
  return spec;
}

constexpr int64_t kFewest = 100;
constexpr int64_t kMostCodes = 10;
constexpr double kSure = 1e-6;

enum class OrderKind { kNone, kSorted, kDrift, kNeighbors };

struct Order {
  int column = -1;
  OrderKind kind = OrderKind::kNone;
  double p = 1, effect = 0;
  bool falling = false;
};

// Numbers: nearly all steps go one way. Values: they come in about as few runs as there are values.
bool IsSorted(const CellColumn& cells, bool* falling) {
  const bool steps = cells.is_number() && cells.distinct() > 20;
  const auto rows = static_cast<int64_t>(cells.code.size());
  int64_t up = 0, down = 0, runs = 1, filled = 0;
  int32_t last = -1;
  for (const int32_t code : cells.code) {
    if (code < 0) continue;
    ++filled;
    if (last >= 0 && code != last) {
      ++runs;
      if (cells.is_number()) {
        ++(cells.number[static_cast<size_t>(code)] > cells.number[static_cast<size_t>(last)]
               ? up
               : down);
      }
      // No row to come can make up for that.
      if (steps ? std::min(up, down) * 100 > rows : runs * 10 > 11 * cells.distinct() + 10) {
        return false;
      }
    }
    last = code;
  }
  *falling = down > up;
  if (filled < kFewest || cells.distinct() < 2) return false;
  if (steps) {
    return std::min(up, down) * 100 <= up + down && up + down >= 20;
  }
  return runs * 10 <= 11 * cells.distinct() + 10 && runs * 10 < filled;
}

Order Drift(const CoarseCodes& codes, int64_t blocks) {
  std::vector<int32_t> block(codes.code.size());
  const int64_t n = static_cast<int64_t>(block.size());
  for (int64_t i = 0; i < n; ++i)
    block[static_cast<size_t>(i)] = static_cast<int32_t>(i * blocks / n);
  const Contingency table = CountPairs(block, blocks, codes.code, codes.size);
  return {.kind = OrderKind::kDrift, .p = ChiSquareOf(table).p, .effect = CramersVCorrected(table)};
}

// How much oftener (or more rarely) neighbours share a code than any two rows, as a correlation.
Order Neighbors(const CoarseCodes& codes) {
  std::vector<double> share(static_cast<size_t>(codes.size));
  double n = 0, pairs = 0, same = 0, equal = 0;
  for (size_t i = 0; i < codes.code.size(); ++i) {
    if (codes.code[i] < 0) continue;
    share[static_cast<size_t>(codes.code[i])] += 1;
    n += 1;
    if (i == 0 || codes.code[i - 1] < 0) continue;
    pairs += 1;
    same += codes.code[i] == codes.code[i - 1];
  }
  for (double& s : share) equal += s / n * (s / n);
  if (pairs < kFewest || equal >= 1) return {};
  const double effect = (same / pairs - equal) / (1 - equal);
  const double z = (same / pairs - equal) / std::sqrt(equal * (1 - equal) / pairs);
  return {.kind = OrderKind::kNeighbors,
          .p = std::erfc(std::abs(z) / std::sqrt(2.0)),
          .effect = std::abs(effect)};
}

// The clearest order of a column, of effect `least` or more.
Order OrderOf(const AuditContext& context, int column, double least, int64_t blocks) {
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  bool falling = false;
  if (IsSorted(cells, &falling)) {
    return {column, OrderKind::kSorted, 0, 1, falling};
  }
  const CoarseCodes codes = CoarseCodesOf(cells, kMostCodes, kMostCodes, kMostCodes);
  for (Order order : {Drift(codes, blocks), Neighbors(codes)}) {
    order.column = column;
    if (order.effect >= least && order.p < kSure) return order;
  }
  return {column};
}

bool CanBeJudged(const AuditContext& context, int column) {
  const FeatureType type = context.data.columns[static_cast<size_t>(column)].type;
  if (type == FeatureType::kPicture || type == FeatureType::kIdentifier) return false;
  const CellColumn& cells = context.shared.CellsOfColumn(column);
  return cells.distinct() >= 2 && (cells.is_number() || HasCategories(context, column));
}

std::string Describe(const Order& order, const std::string& name) {
  switch (order.kind) {
    case OrderKind::kSorted:
      return "the rows are sorted by '" + name + "'" + (order.falling ? ", falling" : "");
    case OrderKind::kDrift:
      return "'" + name + "' changes along the rows (Cramer's V " + FormatNumber(order.effect, 2) +
             ")";
    case OrderKind::kNeighbors:
      return "'" + name + "' of neighbouring rows goes together (" + FormatNumber(order.effect, 2) +
             ")";
    case OrderKind::kNone:
      return "";
  }
  return "";
}

const char* KindName(OrderKind kind) {
  return kind == OrderKind::kSorted ? "sorted" : kind == OrderKind::kDrift ? "drift" : "neighbors";
}

class Reporter {
 public:
  Reporter(const AuditContext& context, Findings& findings)
      : context_(context), findings_(findings), timed_(context.data.RoleIndex(Role::kTime) >= 0) {}

  void AddOne(const Order& order, bool target) {
    const std::string& name = Name(order);
    Finding& finding =
        findings_.Add(target && !timed_ ? Severity::kWarning : Severity::kInfo,
                      PlaceOfColumn(context_.data, order.column), Describe(order, name), Fix());
    finding.confidence = order.kind == OrderKind::kSorted ? 0.95 : 0.9;
    finding.detail = {
        {"kind", KindName(order.kind)}, {"columns", {name}}, {"effect", order.effect}};
  }

  void AddOthers(std::vector<Order> orders) {
    if (orders.empty()) return;
    std::ranges::stable_sort(orders, std::greater<>(), &Order::effect);
    std::vector<std::string> parts;
    Json names = Json::array();
    for (const Order& order : orders) {
      names.push_back(Name(order));
      if (parts.size() < 3) parts.push_back(Describe(order, Name(order)));
    }
    Finding& finding = findings_.Add(
        Severity::kInfo, PlaceOfColumn(context_.data, orders[0].column),
        Join(parts, "; ") + (orders.size() > 3
                                 ? "; and " + std::to_string(orders.size() - 3) + " more columns"
                                 : ""),
        Fix());
    finding.confidence = 0.9;
    finding.detail = {{"kind", KindName(orders[0].kind)},
                      {"columns", std::move(names)},
                      {"effect", orders[0].effect}};
  }

 private:
  const std::string& Name(const Order& order) const {
    return context_.data.columns[static_cast<size_t>(order.column)].name;
  }
  std::string Fix() const {
    return timed_ ? "the split goes by time; read scores as those of the future, not of any row"
                  : "do not cut the rows by position; if their order is that of time, keep it: "
                    "name a column of times (data.roles: {COLUMN: time}), so that the split goes "
                    "by time";
  }

  const AuditContext& context_;
  Findings& findings_;
  const bool timed_;
};

void Run(const AuditContext& context, Findings& findings) {
  const Dataset& data = context.data;
  if (data.HasPictures() || data.RoleIndex(Role::kPart) >= 0 || data.size() < kFewest) {
    findings.Skip(data.HasPictures() ? "pictures come in the order of their names"
                  : data.size() < kFewest
                      ? "there are fewer than 100 rows"
                      : "the source brings parts of its own, one after another");
    return;
  }
  const double least = context.settings.at("effect").get<double>();
  const int64_t blocks = context.settings.at("blocks").get<int64_t>();
  Reporter reporter(context, findings);
  const int target = TargetIndex(data);
  if (target >= 0 && CanBeJudged(context, target)) {
    const Order order = OrderOf(context, target, least, blocks);
    if (order.kind != OrderKind::kNone) reporter.AddOne(order, true);
  }
  std::vector<Order> others;
  for (const int column : FeatureColumns(data)) {
    if (!CanBeJudged(context, column)) continue;
    const Order order = OrderOf(context, column, least, blocks);
    if (order.kind == OrderKind::kSorted) reporter.AddOne(order, false);
    if (order.kind == OrderKind::kDrift || order.kind == OrderKind::kNeighbors)
      others.push_back(order);
  }
  reporter.AddOthers(std::move(others));
}

}  // namespace

const Check& RowOrder() {
  static const Check check = {&RowOrderSpec, &Run};
  return check;
}

}  // namespace bottega
