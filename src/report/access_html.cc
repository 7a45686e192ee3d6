#include "report/access_html.h"

#include "base/text.h"
#include "report/page.h"

namespace bottega {

namespace {

constexpr size_t kMostLines = 500;  // of a table; access.json has all

std::string Text(const Json& value) {
  if (value.is_null()) return "–";
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string TextAt(const Json& object, const char* key) {
  return object.contains(key) ? Text(object.at(key)) : "–";
}

std::string Count(size_t n, const char* one, const char* many) {
  return FormatCount(static_cast<int64_t>(n)) + " " + (n == 1 ? one : many);
}

std::string FactsHtml(const std::vector<std::pair<std::string, std::string>>& facts) {
  std::string html = "<dl class=\"facts\">";
  for (const auto& [name, value] : facts) {
    html += "<dt>" + EscapeHtml(name) + "</dt><dd>" + EscapeHtml(value) + "</dd>";
  }
  return html + "</dl>";
}

// A table of the keys of each object of `list`, in the order given.
std::string ListHtml(const Json& list,
                     const std::vector<std::pair<const char*, const char*>>& keys) {
  std::vector<std::string> head;
  for (const auto& [key, title] : keys) head.emplace_back(title);
  std::vector<std::vector<std::string>> rows;
  for (const Json& item : list) {
    if (rows.size() == kMostLines) break;
    std::vector<std::string> row;
    for (const auto& [key, title] : keys) row.push_back(TextAt(item, key));
    rows.push_back(std::move(row));
  }
  std::string html = HtmlTable(head, rows);
  if (list.size() > kMostLines) {
    html += "<p class=\"note\">The first " + FormatCount(kMostLines) + " of " +
            FormatCount(static_cast<int64_t>(list.size())) + "; access.json has all.</p>";
  }
  return html;
}

std::string CellsHtml(const Json& cells) {
  std::vector<std::pair<std::string, std::string>> facts;
  for (const auto& [column, cell] : cells.items()) facts.emplace_back(column, Text(cell));
  return FactsHtml(facts);
}

std::string RowsHtml(const Json& rows, const std::map<std::string, std::string>& pictures) {
  std::string html;
  size_t shown = 0;
  for (const Json& row : rows) {
    if (shown++ == 50) break;
    html += "<h3>Row " + EscapeHtml(TextAt(row, "row")) + " of " +
            EscapeHtml(TextAt(row, "state")) + "</h3>";
    const auto picture = pictures.find(TextAt(row, "picture"));
    if (picture != pictures.end()) {
      html += "<p><img alt=\"The picture of row " + EscapeHtml(TextAt(row, "row")) + "\" src=\"" +
              picture->second + "\"></p>";
    }
    html += CellsHtml(row.at("cells"));
  }
  if (rows.size() > shown) {
    html += "<p class=\"note\">The first 50 rows of " +
            FormatCount(static_cast<int64_t>(rows.size())) + "; access.json has all.</p>";
  }
  return html.empty() ? "<p>None.</p>" : html;
}

std::string VersionsHtml(const Json& versions) {
  std::string html;
  for (const Json& version : versions) {
    html += "<h3>Version " + EscapeHtml(TextAt(version, "version")) + " of " +
            EscapeHtml(TextAt(version, "time")) + "</h3>";
    for (const Json& row : version.at("rows")) {
      if (row.contains("cells")) {
        html += "<details><summary>Row " + EscapeHtml(TextAt(row, "row")) +
                " as it was repaired</summary>" + CellsHtml(row.at("cells")) + "</details>";
      } else {
        const bool aside = row.contains("set_aside");
        html += "<p>Row " + EscapeHtml(TextAt(row, "row")) +
                (aside ? " is left out: " + EscapeHtml(TextAt(row, "set_aside"))
                       : ": " + EscapeHtml(TextAt(row, "note"))) +
                ".</p>";
      }
    }
  }
  return html;
}

std::string PartMeaning(const std::string& part) {
  if (part == "train") return "train: a model learned from it";
  if (part == "validation") return "validation: it helped to choose the model";
  return part == "test" ? "test: the model was judged on it" : part;
}

std::string RunsHtml(const Json& runs) {
  std::string html;
  for (const Json& run : runs) {
    html += "<h3>Run " + EscapeHtml(TextAt(run, "run")) + "</h3>";
    std::vector<std::vector<std::string>> parts, answers;
    for (const Json& part : run.at("parts")) {
      parts.push_back({TextAt(part, "row"), PartMeaning(TextAt(part, "part"))});
    }
    html += HtmlTable({"Row", "Part"}, parts);
    std::vector<std::string> head;
    for (const Json& answer : run.at("predictions")) {
      std::vector<std::string> line;
      head.clear();
      for (const auto& [key, value] : answer.items()) {
        if (key == "fold" || key == "weight") continue;
        head.push_back(key);
        line.push_back(Text(value));
      }
      answers.push_back(std::move(line));
    }
    if (!answers.empty()) html += "<p>What the model said:</p>" + HtmlTable(head, answers);
  }
  return html;
}

std::string AboutHtml(const Json& about) {
  std::vector<std::pair<std::string, std::string>> facts;
  for (const auto& [name, value] : about.items()) {
    const bool open = value.is_null() || value.empty() || value == "";
    facts.emplace_back(name, open ? "not told in the recipe" : Text(value));
  }
  return FactsHtml(facts);
}

std::string RightsHtml(const Json& rights) {
  std::string html = "<dl class=\"facts\">";
  for (const Json& right : rights) {
    html += "<dt>" + EscapeHtml(TextAt(right, "right")) + "</dt><dd>" +
            EscapeHtml(TextAt(right, "how"));
    if (right.contains("command")) {
      html += "<pre tabindex=\"0\" role=\"group\" aria-label=\"command\"><code>" +
              EscapeHtml(TextAt(right, "command")) + "</code></pre>";
    }
    html += "</dd>";
  }
  return html + "</dl>";
}

// What each file records of the rows, for those that no other section shows.
std::string RecordsHtml(const Json& files) {
  std::string html;
  for (const Json& file : files) {
    const Json& records = file.at("records");
    const std::string path = TextAt(file, "path");
    if (records.empty() || path.starts_with("runs/")) continue;
    html += "<details><summary>" + EscapeHtml(path) + "</summary>";
    size_t shown = 0;
    for (const Json& record : records) {
      if (shown++ == 20) break;
      html += record.is_object() ? CellsHtml(record) : "<p>" + EscapeHtml(Text(record)) + "</p>";
    }
    if (records.size() > 20) html += "<p class=\"note\">access.json has all of them.</p>";
    html += "</details>";
  }
  return html.empty() ? "" : "<h3>What these files record</h3>" + html;
}

std::string FilesHtml(const Json& copy) {
  std::vector<std::vector<std::string>> rows;
  for (const Json& file : copy.at("files")) {
    rows.push_back({TextAt(file, "path"), TextAt(file, "kind"),
                    FormatCount(static_cast<int64_t>(file.at("records").size())),
                    TextAt(file, "mentions")});
  }
  for (const Json& file : copy.at("other_files")) {
    rows.push_back(
        {TextAt(file, "path"), "another file of the folder", "–", TextAt(file, "mentions")});
  }
  return HtmlTable({"File", "What it is", "Records of the rows", "Names them"}, rows, {2, 3}) +
         RecordsHtml(copy.at("files"));
}

std::string InShort(const Json& copy) {
  struct Kind {
    const char *key, *one, *many;
  };
  std::vector<std::string> parts;
  for (const Kind& kind : {Kind{"rows", "row", "rows"},
                           Kind{"versions", "version of the data", "versions of the data"},
                           Kind{"runs", "model", "models"}, Kind{"findings", "finding", "findings"},
                           Kind{"repairs", "repair", "repairs"}}) {
    if (!copy.at(kind.key).empty()) {
      parts.push_back(Count(copy.at(kind.key).size(), kind.one, kind.many));
    }
  }
  const size_t files = copy.at("files").size() + copy.at("other_files").size();
  return "<div class=\"callout warning\"><p>" + EscapeHtml(TextAt(copy, "notice")) +
         "</p></div><p class=\"lead\">Held are " + Join(parts, ", ") + ". Beside the source, " +
         Count(files, "file holds", "files hold") + " something of them.</p>";
}

}  // namespace

std::string AccessHtml(const Json& copy, const std::map<std::string, std::string>& pictures) {
  Page page{.title = "What is held",
            .kicker = "Copy of personal data · " + TextAt(copy, "source"),
            .footer = "bottega " + TextAt(copy, "program") + " · " + TextAt(copy, "time")};
  const auto add = [&](const char* id, const char* heading, std::string html) {
    if (!html.empty()) page.sections.push_back({id, heading, std::move(html)});
  };
  add("short", "In short", InShort(copy));
  add("rows", "The rows", RowsHtml(copy.at("rows"), pictures));
  add("versions", "Versions of the data", VersionsHtml(copy.at("versions")));
  add("models", "Models", RunsHtml(copy.at("runs")));
  if (!copy.at("findings").empty()) {
    add("findings", "What audits found",
        ListHtml(copy.at("findings"), {{"row", "Row"},
                                       {"check", "Check"},
                                       {"severity", "Severity"},
                                       {"message", "Finding"},
                                       {"where", "Where it stands"}}));
  }
  if (!copy.at("repairs").empty()) {
    add("repairs", "Repairs",
        ListHtml(copy.at("repairs"), {{"row", "Row"},
                                      {"column", "Column"},
                                      {"before", "Before"},
                                      {"after", "After"},
                                      {"reason", "Why"},
                                      {"applied", "Applied"},
                                      {"where", "Where it stands"}}));
  }
  add("files", "Where it is kept", FilesHtml(copy));
  add("about", "Purpose and basis", AboutHtml(copy.at("about")));
  add("rights", "Rights, and what follows", RightsHtml(copy.at("rights")));
  return RenderPage(page);
}

}  // namespace bottega
