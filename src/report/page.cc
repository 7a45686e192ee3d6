#include "report/page.h"

#include <algorithm>

#include "base/text.h"

namespace bottega {

namespace {

constexpr size_t kFewestSectionsForContents = 4;

std::string Contents(const std::vector<PageSection>& sections) {
  if (sections.size() < kFewestSectionsForContents) return "";
  std::string html = "<nav class=\"contents\" aria-label=\"Contents\"><ol>";
  for (const PageSection& section : sections) {
    html += "<li><a href=\"#" + section.id + "\">" + EscapeHtml(section.heading) + "</a></li>";
  }
  return html + "</ol></nav>\n";
}

std::string Header(const Page& page) {
  std::string html = "<header class=\"top\">";
  if (!page.kicker.empty()) html += "<p class=\"kicker\">" + EscapeHtml(page.kicker) + "</p>";
  html += "<h1>" + EscapeHtml(page.title) + "</h1>";
  if (!page.subtitle.empty()) html += "<p class=\"subtitle\">" + EscapeHtml(page.subtitle) + "</p>";
  return html + "</header>\n";
}

std::string Cell(const std::string& tag, const std::string& text, bool numeric,
                 const std::string& scope) {
  return "<" + tag + scope + (numeric ? " class=\"num\">" : ">") + EscapeHtml(text) + "</" + tag +
         ">";
}

}  // namespace

std::string RenderPage(const Page& page) {
  std::string html =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<link rel=\"icon\" href=\"data:,\">\n<title>" +
      EscapeHtml(page.title) + "</title>\n<style>\n";
  html += PageCss();
  html += page.css;
  html += "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n";
  html += "<div class=\"page\">\n" + Header(page) + Contents(page.sections);
  html += "<main id=\"main\" tabindex=\"-1\">\n";
  for (const PageSection& section : page.sections) {
    html += "<section id=\"" + section.id + "\">\n<h2>" + EscapeHtml(section.heading) + "</h2>\n" +
            section.html + "\n</section>\n";
  }
  html += "</main>\n";
  if (!page.footer.empty()) html += "<footer>" + EscapeHtml(page.footer) + "</footer>\n";
  html += "</div>\n";
  if (!page.script.empty()) html += "<script>\n" + page.script + "</script>\n";
  return html + "</body>\n</html>\n";
}

std::string HtmlTable(const std::vector<std::string>& head,
                      const std::vector<std::vector<std::string>>& rows,
                      const std::vector<int>& numeric, const std::string& caption) {
  const auto is_numeric = [&](size_t column) {
    return std::find(numeric.begin(), numeric.end(), static_cast<int>(column)) != numeric.end();
  };
  // A table that may scroll must be reachable by keyboard.
  std::string html = "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"" +
                     EscapeHtml(caption.empty() ? "table" : caption) + "\"><table>";
  if (!caption.empty()) html += "<caption>" + EscapeHtml(caption) + "</caption>";
  html += "<thead><tr>";
  for (size_t c = 0; c < head.size(); ++c) {
    html += Cell("th", head[c], is_numeric(c), " scope=\"col\"");
  }
  html += "</tr></thead><tbody>";
  for (const auto& row : rows) {
    html += "<tr>";
    for (size_t c = 0; c < row.size(); ++c) html += Cell("td", row[c], is_numeric(c), "");
    html += "</tr>";
  }
  return html + "</tbody></table></div>";
}

std::string HtmlTag(std::string_view kind, std::string_view text) {
  return "<span class=\"tag " + std::string(kind) + "\">" + EscapeHtml(text) + "</span>";
}

}  // namespace bottega
