#include "report/ablation_html.h"

#include <limits>

#include "base/text.h"
#include "report/page.h"
#include "report/plot.h"

namespace bottega {

namespace {

double NumberOf(const Json& value) {
  return value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
}

std::string Names(const Json& facts, const std::string& verdict) {
  std::vector<std::string> names;
  for (const Json& one : facts["techniques"]) {
    if (one["verdict"] == verdict) names.push_back(Replace(one["name"], "-", " "));
  }
  return Join(names, ", ");
}

std::string Conclusion(const Json& facts) {
  std::string html;
  const std::pair<const char*, const char*> lines[] = {
      {"helps", "Worth keeping"},
      {"harms", "Better left out"},
      {"cannot be told", "Cannot be told with these seeds"}};
  for (const auto& [verdict, text] : lines) {
    const std::string names = Names(facts, verdict);
    if (!names.empty())
      html += "<p><b>" + std::string(text) + ":</b> " + EscapeHtml(names) + ".</p>";
  }
  return html +
         "<p class=\"note\">Each technique was left out alone. Two that do the same work can both "
         "look worthless, since either stands in for the other.</p>";
}

std::string Plot(const Json& facts) {
  IntervalPlot plot{
      .title = "What each technique contributes",
      .x_label = "gain in " + facts["metric"].get<std::string>(),
      .caption = "Mean difference over " + std::to_string(facts["everything"].size()) +
                 " seeds, with the recipe minus without the technique, turned so that "
                 "right of the line is better; whiskers: 95 % (Student's t).",
      .reference = 0,
      .reference_label = "no difference"};
  for (const Json& one : facts["techniques"]) {
    plot.rows.push_back({.label = Replace(one["name"], "-", " "),
                         .value = NumberOf(one["gain"]),
                         .low = NumberOf(one["low"]),
                         .high = NumberOf(one["high"])});
  }
  return Draw(plot);
}

std::string Table(const Json& facts) {
  std::vector<std::string> head = {"Left out", "Setting"};
  std::vector<int> numeric;
  const int64_t first = facts["first_seed"];
  for (size_t i = 0; i < facts["everything"].size(); ++i) {
    numeric.push_back(static_cast<int>(head.size()));
    head.push_back("Seed " + std::to_string(first + static_cast<int64_t>(i)));
  }
  std::vector<std::vector<std::string>> rows;
  const auto add = [&](const std::string& name, const std::string& setting, const Json& scores) {
    std::vector<std::string> row = {name, setting};
    for (const Json& score : scores) row.push_back(FormatNumber(NumberOf(score), 4));
    rows.push_back(std::move(row));
  };
  add("nothing", "", facts["everything"]);
  for (const Json& one : facts["techniques"]) {
    std::string setting;
    for (const auto& [path, value] : one["without"].items()) setting += path + "=" + value.dump();
    add(Replace(one["name"], "-", " "), Shorten(setting, 80), one["scores"]);
  }
  return "<div class=\"scroll\">" + HtmlTable(head, rows, numeric) + "</div>";
}

}  // namespace

std::string AblationHtml(const Json& facts, const std::string& run) {
  Page page{.title = "What each technique is worth",
            .kicker = "Run " + run,
            .subtitle = "The recipe without each of its techniques in turn"};
  page.sections = {{"conclusion", "Conclusion", Conclusion(facts)},
                   {"contributions", "Contributions", Plot(facts)},
                   {"scores", "All scores", Table(facts)}};
  return RenderPage(page);
}

}  // namespace bottega
