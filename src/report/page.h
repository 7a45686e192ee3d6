// PageShell: one self-contained HTML page. Type, colour (light and dark by the reader's setting),
// spacing, tables and figures are shared by all pages. Nothing is loaded from outside; only
// a page that people answer on (report/review_html.h) holds a script.
//
// Building blocks of a body (classes that the shared style knows):
//   <section id="x"><h2>...</h2>...</section>        a chapter
//   <p class="lead">                                 larger opening text
//   <p class="note">                                 smaller, muted
//   <div class="scroll"><table>...                   tables scroll by themselves on narrow screens
//   <td class="num">, <th class="num">               tabular numbers, right-aligned
//   <span class="tag error|warning|info|good">       a severity or state, always with its word
//   <div class="callout error|warning|info|good">    a boxed remark
//   <dl class="facts">                               name-value pairs
//   <pre><code>                                      commands
//   <figure class="plot">...<figcaption>             an SVG of report/plot.h
//   <details><summary>                               what only some readers need
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bottega {

struct PageSection {
  std::string id;       // anchor, [a-z-]+
  std::string heading;  // plain text
  std::string html;     // body below the heading, already escaped where it came from data
};

struct Page {
  std::string title;                  // plain text: the browser's title and the page's heading
  std::string kicker;                 // plain text above the heading, as in "Training report"
  std::string subtitle;               // plain text below it
  std::vector<PageSection> sections;  // with more than three, a table of contents is made
  std::string css;                    // rules of this page alone, after the shared ones
  std::string footer;                 // plain text: program version, time
  std::string script;                 // JavaScript of this page alone; "" for none
};

// The whole document. Deterministic: the same page gives the same bytes.
std::string RenderPage(const Page& page);

// The shared rules (custom properties --ink, --muted, --paper, --panel, --line, --accent, --good,
// --warn, --bad, --s1 ... --s8 for series).
std::string_view PageCss();

// Table of plain-text cells; columns named in `numeric` are right-aligned with tabular digits.
// Every cell is escaped.
std::string HtmlTable(const std::vector<std::string>& head,
                      const std::vector<std::vector<std::string>>& rows,
                      const std::vector<int>& numeric = {}, const std::string& caption = {});

// <span class="tag KIND">TEXT</span>, escaped.
std::string HtmlTag(std::string_view kind, std::string_view text);

}  // namespace bottega
