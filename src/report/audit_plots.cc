#include "report/audit_plots.h"

#include <arrow/array.h>
#include <arrow/table.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "audit/check.h"
#include "base/text.h"
#include "data/arrow_support.h"
#include "profile/cells.h"
#include "report/plot.h"
#include "report/plot_parts.h"

namespace bottega {
namespace {

constexpr size_t kMostColumns = 8, kMostStrips = 20, kBins = 48, kMostBars = 8;
constexpr int64_t kMostDrawn = 200'000;

const Column& ColumnAt(const Dataset& data, int column) {
  return data.columns[static_cast<size_t>(column)];
}

std::string Numbers(const Dataset& data, int column, const std::string& title,
                    const std::string& caption) {
  const std::vector<double> all = NumbersOf(data, column);
  const size_t step = static_cast<size_t>(data.size() / kMostDrawn + 1);
  Histogram plot{
      .title = title, .x_label = Shorten(ColumnAt(data, column).name, 40), .caption = caption};
  for (size_t i = 0; i < all.size(); i += step) plot.values.push_back(all[i]);
  if (step > 1)
    plot.caption += " Every " + FormatCount(static_cast<int64_t>(step)) + "th row is drawn.";
  return Draw(plot);
}

// The commonest values, the others together, and missing cells.
std::string Values(const Dataset& data, int column, const std::string& title,
                   const std::string& caption) {
  const CellColumn cells = CellsOf(data, column);
  std::vector<size_t> order(cells.count.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, std::greater<>(), [&](size_t code) { return cells.count[code]; });
  BarPlot plot{.title = title, .x_label = "rows", .caption = caption};
  int64_t others = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    if (i >= kMostBars) {
      others += cells.count[order[i]];
      continue;
    }
    plot.groups.push_back({CellText(cells, static_cast<int32_t>(order[i])),
                           {static_cast<double>(cells.count[order[i]])}});
  }
  const auto rest = static_cast<int64_t>(order.size()) - static_cast<int64_t>(kMostBars);
  if (others > 0) {
    plot.groups.push_back({FormatCount(rest) + " other", {static_cast<double>(others)}});
  }
  if (cells.missing > 0) {
    plot.groups.push_back({"(missing)", {static_cast<double>(cells.missing)}});
  }
  return plot.groups.size() < 2 ? "" : Draw(plot);
}

std::string DrawColumn(const Dataset& data, int column, const std::string& title,
                       const std::string& caption) {
  switch (ColumnAt(data, column).type) {
    case FeatureType::kNumber:
      return Numbers(data, column, title, caption);
    case FeatureType::kCategory:
    case FeatureType::kBinary:
      return Values(data, column, title, caption);
    default:
      return "";
  }
}

struct Strip {
  std::string name;
  int64_t missing = 0;
  std::vector<int64_t> bins;
};

std::vector<Strip> MissingStrips(const Dataset& data) {
  std::vector<Strip> strips;
  const size_t bins = std::min<size_t>(kBins, static_cast<size_t>(data.size()));
  std::vector<std::pair<int64_t, int>> most;
  for (int c = 0; c < static_cast<int>(data.columns.size()); ++c) {
    const int64_t missing = data.table->column(c)->null_count();
    if (missing > 0 && ColumnAt(data, c).role != Role::kIgnored) most.push_back({missing, c});
  }
  std::ranges::stable_sort(most, std::greater<>(), [](const auto& entry) { return entry.first; });
  if (most.size() > kMostStrips) most.resize(kMostStrips);
  for (const auto& [missing, column] : most) {
    Strip strip{ColumnAt(data, column).name, missing, std::vector<int64_t>(bins)};
    const auto cells = OneChunk(data.table->column(column));
    for (int64_t i = 0; i < data.size(); ++i) {
      if (cells->IsNull(i)) {
        ++strip.bins[static_cast<size_t>(i) * bins / static_cast<size_t>(data.size())];
      }
    }
    strips.push_back(std::move(strip));
  }
  return strips;
}

std::string MissingMatrix(const Dataset& data) {
  const std::vector<Strip> strips = MissingStrips(data);
  if (strips.empty()) return "";
  constexpr double kLeft = 118, kRight = 350, kStrip = 17;
  const auto bins = static_cast<double>(strips[0].bins.size());
  const double width = (kRight - kLeft) / bins;
  const double rows = static_cast<double>(data.size());
  const double bottom = 4 + kStrip * static_cast<double>(strips.size());
  std::string svg;
  for (size_t s = 0; s < strips.size(); ++s) {
    const double y = 4 + kStrip * static_cast<double>(s);
    svg += SvgRect(kLeft, y, kRight - kLeft, kStrip - 3, "fill=\"var(--panel)\"");
    for (size_t b = 0; b < strips[s].bins.size(); ++b) {
      if (strips[s].bins[b] == 0) continue;
      const double share = static_cast<double>(strips[s].bins[b]) / (rows / bins);
      svg += SvgRect(kLeft + static_cast<double>(b) * width, y, width, kStrip - 3,
                     "fill=\"var(--s2)\" opacity=\"" +
                         SvgNumber(std::clamp(0.15 + 0.85 * share, 0.15, 1.0)) + "\"");
    }
    svg += SvgText(kLeft - 8, y + 11, Shorten(strips[s].name, 17), "end", "class=\"strong\"");
    svg +=
        SvgText(398, y + 11, FormatPercent(static_cast<double>(strips[s].missing) / rows), "end");
  }
  svg += SvgText(kLeft, bottom + 14, "first row", "start");
  svg += SvgText(kRight, bottom + 14, "last row", "end");
  return Figure("Missing cells", bottom + 20, svg, "",
                "A strip is a column from the first row to the last; the stronger its colour, the "
                "more cells are missing there. Columns that go together are missing together.");
}

// Columns by the gravest open finding that names them, then by how many do.
std::vector<std::pair<int, const Finding*>> TroubledColumns(const Dataset& data,
                                                            const AuditResult& result) {
  struct Trouble {
    const Finding* gravest = nullptr;
    int64_t findings = 0;
  };
  std::map<int, Trouble> troubles;
  std::set<int> personal;
  std::map<std::string, int> column_of;
  for (size_t c = 0; c < data.columns.size(); ++c) {
    column_of.emplace(data.columns[c].name, static_cast<int>(c));
  }
  for (const Finding& finding : result.findings) {
    const auto at = column_of.find(finding.place.column);
    if (at == column_of.end() || !finding.open()) continue;
    if (ThemeOf(finding.check) == "privacy") personal.insert(at->second);
    Trouble& trouble = troubles[at->second];
    ++trouble.findings;
    const bool graver = trouble.gravest == nullptr || finding.severity > trouble.gravest->severity;
    if (graver) trouble.gravest = &finding;
  }
  std::vector<std::pair<int, const Finding*>> columns;
  for (const auto& [column, trouble] : troubles) {
    const bool target = ColumnAt(data, column).role == Role::kTarget;
    if (!target && !personal.contains(column)) columns.push_back({column, trouble.gravest});
  }
  std::ranges::stable_sort(columns, [&](const auto& a, const auto& b) {
    if (a.second->severity != b.second->severity) return a.second->severity > b.second->severity;
    return troubles[a.first].findings > troubles[b.first].findings;
  });
  return columns;
}

}  // namespace

std::vector<std::string> AuditPlots(const Dataset& data, const AuditResult& result) {
  std::vector<std::string> figures;
  const auto add = [&](std::string figure) {
    if (!figure.empty()) figures.push_back(std::move(figure));
  };
  if (data.size() == 0) return figures;
  if (const int target = data.RoleIndex(Role::kTarget); target >= 0) {
    add(DrawColumn(data, target, "What is to be predicted",
                   "The target, " + Shorten(ColumnAt(data, target).name, 60) + "."));
  }
  add(MissingMatrix(data));
  const size_t first = figures.size();
  for (const auto& [column, finding] : TroubledColumns(data, result)) {
    if (figures.size() - first == kMostColumns) break;
    add(DrawColumn(data, column, Shorten(ColumnAt(data, column).name, 40),
                   Shorten(finding->message, 160)));
  }
  return figures;
}

}  // namespace bottega
