#include "report/review_html.h"

#include "base/text.h"
#include "report/page.h"
#include "report/review_script.h"

namespace bottega {

namespace {

Json LabelJson(const std::optional<std::string>& label) { return label ? Json(*label) : Json(); }

Json RowJson(const ReviewPageRow& row, const ReviewPage& page) {
  Json cells = Json::array();
  for (const auto& [name, text] : row.cells) cells.push_back({name, text});
  Json json = {{"row", row.row}, {"content", row.content}, {"cells", cells}};
  if (!row.picture.empty()) json["picture"] = row.picture;
  if (page.blind) return json;
  json["label"] = LabelJson(row.label);
  if (row.suggested) json["suggested"] = *row.suggested;
  if (row.label_probability >= 0) json["label_p"] = FormatPercent(row.label_probability, 0);
  if (row.suggested_probability >= 0) {
    json["suggested_p"] = FormatPercent(row.suggested_probability, 0);
  }
  if (!row.why.empty()) json["why"] = row.why;
  if (!row.finding.empty()) json["finding"] = row.finding;
  return json;
}

// JSON that may stand in a script element.
std::string DataScript(const ReviewPage& page) {
  Json rows = Json::array();
  for (const ReviewPageRow& row : page.rows) rows.push_back(RowJson(row, page));
  const Json json = {{"format", kDecisionsFormat},
                     {"review", page.review},
                     {"data", page.data},
                     {"source", page.source},
                     {"blind", page.blind},
                     {"first", page.first_labels},
                     {"number", page.number},
                     {"target", page.has_target},
                     {"disputed", page.review == "disputed"},
                     {"classes", page.classes},
                     {"rows", rows}};
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return "const REVIEW = " + Replace(Replace(text, "<", "\\u003c"), "\xE2\x80\xA8", "\\u2028") +
         ";\n";
}

std::string Kind(const ReviewPage& page) {
  if (page.blind) return "a random sample, blind: the present labels are not in this page";
  if (page.first_labels) return "rows that have no label yet";
  if (page.review == "disputed") return "rows on which reviewers differ";
  return "rows that the audit doubts, those first from which most is to be gained";
}

std::string Remarks(const ReviewPage& page) {
  std::string html;
  if (!page.guideline.empty()) {
    html += "<details class=\"guideline\" open><summary>Guideline</summary>";
    for (const std::string& line : Split(page.guideline, '\n')) {
      if (!Trim(line).empty()) html += "<p>" + EscapeHtml(line) + "</p>";
    }
    html += "</details>";
  }
  if (!page.personal.empty()) {
    html += "<div class=\"callout warning\"><p>This page holds personal data (" +
            EscapeHtml(Join(page.personal, ", ")) +
            "): keep it where the data themselves may lie, and delete it afterwards.</p></div>";
  }
  if (page.left_out > 0) {
    html += "<p class=\"note\">" + FormatCount(static_cast<int64_t>(page.left_out)) +
            " more rows are not in this page: make another once these are imported.</p>";
  }
  return html +
         "<noscript><div class=\"callout error\"><p>Answering needs JavaScript. Without it: "
         "<code>bottega review</code> asks the same in a terminal.</p></div></noscript>";
}

constexpr std::string_view kForm = R"html(
<div id="app" hidden>
<p id="storage" class="note" hidden>This browser keeps nothing for this page: download your answers before you close it.</p>
<div class="who"><label for="reviewer">Your name</label> <input id="reviewer" autocomplete="name" maxlength="100"></div>
<div class="progress"><progress id="bar" value="0" max="1" aria-label="answered"></progress> <span id="count" role="status"></span></div>
<article id="card" tabindex="-1" aria-live="polite"></article>
<div id="answers" class="answers" role="group" aria-label="Answers"></div>
<form id="other" class="other" hidden><label id="otherlabel" for="otherinput">Another class</label> <input id="otherinput" list="classes" autocomplete="off"><datalist id="classes"></datalist> <button type="submit">Give it</button></form>
<p id="wrong" role="alert" class="wrong"></p>
<div class="other"><label for="note">Note</label> <input id="note" maxlength="500" autocomplete="off"></div>
<div class="answers"><button type="button" id="back"><kbd>b</kbd> back</button> <button type="button" id="skip"><kbd>s</kbd> next, without an answer</button> <button type="button" id="open">first open row</button></div>
<div class="hand"><button type="button" id="download" class="main">Download the answers</button>
<p class="note">Then, beside the recipe: <code>bottega review --import <span id="file">decisions.json</span></code></p></div>
</div>
)html";

constexpr std::string_view kCss = R"css(
#app { max-width: 46rem; }
input, button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--muted);
  border-radius: 4px; padding: .45rem .7rem; min-height: 2.75rem; max-width: 100%; }
button { cursor: pointer; background: var(--panel); }
button:hover { border-color: var(--ink); }
button.main { background: var(--accent); border-color: var(--accent); color: var(--paper); font-weight: 600; }
button[aria-pressed="true"] { border: 2px solid var(--accent); background: var(--info-soft); font-weight: 600; }
input:focus-visible, button:focus-visible, #card:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
kbd { font: .82em var(--mono); border: 1px solid var(--line); border-radius: 3px; padding: 0 .35em;
  background: var(--paper); color: var(--muted); margin-right: .3em; }
.who, .other { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .8rem; margin: 0 0 .9rem; }
.who input, .other input { flex: 1 1 12rem; min-width: 0; }
.other[hidden], #app[hidden] { display: none; }
.who label, .other label { min-width: 6rem; color: var(--muted); }
.progress { display: flex; align-items: center; gap: .8rem; flex-wrap: wrap; margin: 0 0 .9rem; }
progress { flex: 1 1 10rem; height: .6rem; accent-color: var(--accent); }
#card { border: 1px solid var(--line); border-radius: 6px; background: var(--panel); padding: 1.1rem 1.2rem;
  margin: 0 0 1rem; overflow-wrap: anywhere; }
#card h3 { margin: 0 0 .7rem; }
#card img { display: block; max-width: 100%; height: auto; max-height: 20rem; min-height: 8rem; margin: 0 0 .9rem; border-radius: 3px;
  image-rendering: auto; }
#card dl { display: grid; grid-template-columns: minmax(5rem, max-content) minmax(0, 1fr); gap: .25rem 1.1rem; margin: 0; }
#card dt { color: var(--muted); max-width: 14rem; }
#card dd { margin: 0; white-space: pre-wrap; }
#card .doubt { margin: .9rem 0 0; padding: .8rem 0 0; border-top: 1px solid var(--line); }
#card .doubt p { margin: 0 0 .3rem; }
.answers { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0 0 .9rem; }
.wrong { color: var(--bad); margin: 0; min-height: 1.6em; }
.hand { border-top: 1px solid var(--line); padding-top: 1rem; margin-top: 1.4rem; }
@media (max-width: 40rem) {
  #card { padding: .9rem; }
  #card dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  #card dd { margin: 0 0 .5rem; }
  .answers button { flex: 1 1 40%; }
  .answers kbd { display: none; }
}
)css";

}  // namespace

std::string ReviewPageHtml(const ReviewPage& page) {
  const auto count = static_cast<int64_t>(page.rows.size());
  std::string html = "<p>" + FormatCount(count) + (count == 1 ? " row: " : " rows: ") +
                     EscapeHtml(Kind(page)) +
                     ". Answers stay in this browser until you download them; nothing is sent "
                     "anywhere.</p>" +
                     Remarks(page);
  html += kForm;
  Page shell{.title = page.first_labels ? "Give labels" : "Review rows",
             .kicker = page.review == "queue" ? "Review" : "Review " + page.review,
             .subtitle = page.source,
             .css = std::string(kCss),
             .footer = "bottega " + page.version + " · " + page.time + " · data " +
                       page.data.substr(0, 16),
             .script = DataScript(page) + std::string(ReviewScript())};
  shell.sections.push_back({"review", "Rows", html});
  return RenderPage(shell);
}

}  // namespace bottega
