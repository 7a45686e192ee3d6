#include "cli/review_show.h"

#include <arrow/array.h>
#include <arrow/table.h>

#include <algorithm>
#include <cstdlib>

#include "base/error.h"
#include "base/files.h"
#include "base/terminal.h"
#include "base/text.h"
#include "data/arrow_support.h"
#include "data/io/folder.h"
#include "data/values.h"
#include "spec/page.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr size_t kMostColumns = 40;
constexpr int kMostLines = 30;
constexpr size_t kMostClasses = 9;  // that have a digit of their own

std::string Plain(const std::string& text) {
  std::string plain;
  for (const char c : text) {
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == '\x7f';
    plain += control && c != '\n' ? ' ' : c;
  }
  return plain;
}

// `text` behind its name, broken to the terminal's width, at most so many lines.
void ShowField(std::ostream& out, const std::string& name, const std::string& text, int wide) {
  const int width = TerminalWidth(1);
  const std::string left =
      "  " + name + std::string(static_cast<size_t>(std::max(0, wide - DisplayWidth(name))), ' ') +
      "  ";
  std::vector<std::string> lines;
  for (const std::string& line : Split(Plain(text), '\n')) {
    const std::string broken = Wrap(line, std::max(width - wide - 4, 20), 0);
    for (const std::string& part : Split(broken, '\n')) {
      if (!part.empty()) lines.push_back(part);
    }
  }
  if (lines.empty()) lines.emplace_back();
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i == static_cast<size_t>(kMostLines)) {
      out << std::string(left.size(), ' ') << "... " << lines.size() - i << " more lines\n";
      break;
    }
    out << (i == 0 ? left : std::string(static_cast<size_t>(wide) + 4, ' ')) << lines[i] << "\n";
  }
}

bool ShowsColours() {
  const char* depth = std::getenv("COLORTERM");
  const std::string_view name = depth == nullptr ? "" : depth;
  return UsesColor(1) && (name == "truecolor" || name == "24bit");
}

// Two pixels a cell: the upper half block in the upper one's colour on the lower one's.
void DrawPicture(std::ostream& out, const Picture& picture) {
  const int wide = std::min(TerminalWidth(1) - 4, 64), most_rows = 44;
  const double scale = std::min(static_cast<double>(wide) / picture.width,
                                static_cast<double>(most_rows) / picture.height);
  const int width = std::max(1, static_cast<int>(picture.width * scale));
  const int height = std::max(2, static_cast<int>(picture.height * scale) / 2 * 2);
  const Picture small = Resize(picture, width, height);
  const auto colour = [&](int x, int y) {
    const auto at =
        (static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)) * 3;
    return std::to_string(small.rgb[at]) + ";" + std::to_string(small.rgb[at + 1]) + ";" +
           std::to_string(small.rgb[at + 2]);
  };
  for (int y = 0; y + 1 < height; y += 2) {
    out << "  ";
    for (int x = 0; x < width; ++x) {
      out << "\x1b[38;2;" << colour(x, y) << ";48;2;" << colour(x, y + 1) << "m▀";
    }
    out << "\x1b[0m\n";
  }
}

fs::path FolderOfCopies(const Project& project) { return project.folder() / ".bottega" / "review"; }

// A file that shows the picture; one with a neutral name where its own would tell the label, or
// where it is no file of its own.
std::string PictureFile(Project& project, const ReviewTask& task, const ReviewItem& item,
                        const Picture& picture, const std::string& cell) {
  const fs::path own = project.data().root / cell;
  std::error_code ignored;
  if (!task.blind && fs::is_regular_file(own, ignored)) return own.string();
  constexpr int kSide = 1024, kQuality = 90;
  const int longer = std::max(picture.width, picture.height);
  const auto scaled = [&](int length) { return std::max(1, length * kSide / longer); };
  const fs::path copy = FolderOfCopies(project) / ("row-" + std::to_string(item.row) + ".jpg");
  WriteFileAtomic(copy, EncodeJpeg(longer <= kSide ? picture
                                                   : Resize(picture, scaled(picture.width),
                                                            scaled(picture.height)),
                                   kQuality));
  return copy.string();
}

void ShowPicture(std::ostream& out, Project& project, const ReviewTask& task,
                 const ReviewItem& item, int wide) {
  const Dataset& data = project.data();
  if (!data.HasPictures()) return;
  const auto cells = OneChunk(data.table->column(data.PictureIndex()));
  const auto cell = TextOfCell(*cells, item.position);
  if (!cell) return;
  try {
    const Picture picture = OpenPictures(data)->Load(*cell, {.min_side = 256});
    if (ShowsColours()) DrawPicture(out, picture);
    const std::string file = PictureFile(project, task, item, picture, *cell);
    ShowField(out, "picture", file, wide);
    if (!ShowsColours()) ShowField(out, "", "to see it: xdg-open " + ShellQuote(file), wide);
  } catch (const Error& error) {
    ShowField(out, "picture", "cannot be shown: " + error.message(), wide);
  }
}

std::string Surely(double probability) {
  return probability < 0 ? "" : " (" + FormatPercent(probability, 0) + ")";
}

void ShowDoubts(std::ostream& out, const ReviewTask& task, const ReviewItem& item, int wide) {
  if (task.blind) return;
  if (task.has_target && !task.first_labels) {
    const std::string label = item.label.value_or("none");
    ShowField(out, "label", label + Surely(item.label_probability), wide);
  }
  if (item.suggested) {
    ShowField(out, "suggested", *item.suggested + Surely(item.suggested_probability), wide);
  }
  for (size_t i = 0; i < item.why.size(); ++i)
    ShowField(out, i == 0 ? "why" : "", item.why[i], wide);
  if (!item.copies.empty()) {
    const bool one = item.copies.size() == 1;
    ShowField(out, "also",
              (one ? "a near-duplicate"
                   : FormatCount(static_cast<int64_t>(item.copies.size())) + " near-duplicates") +
                  std::string(" with this label ") + (one ? "is" : "are") + " decided with it",
              wide);
  }
}

}  // namespace

void ShowReviewItem(std::ostream& out, Project& project, const ReviewTask& task,
                    const ReviewItem& item, size_t number, size_t all) {
  const Dataset& data = project.data();
  int wide = 9;
  for (size_t i = 0; i < std::min(task.columns.size(), kMostColumns); ++i) {
    const Column& column = data.columns[static_cast<size_t>(task.columns[i])];
    wide = std::clamp(DisplayWidth(column.name), wide, 24);
  }
  out << "\n"
      << Paint("row " + std::to_string(item.row), Style::kBold) << " · " << number << " of " << all
      << (item.check.empty() ? "" : " · " + item.check) << "\n";
  ShowPicture(out, project, task, item, wide);
  for (size_t i = 0; i < task.columns.size(); ++i) {
    if (i == kMostColumns) {
      ShowField(out, "",
                FormatCount(static_cast<int64_t>(task.columns.size() - i)) + " more columns", wide);
      break;
    }
    const int c = task.columns[i];
    const auto cells = OneChunk(data.table->column(c));
    ShowField(out, Shorten(data.columns[static_cast<size_t>(c)].name, 24),
              TextOfCell(*cells, item.position).value_or("–"), wide);
  }
  ShowDoubts(out, task, item, wide);
}

void RemoveShownPictures(const Project& project) {
  std::error_code ignored;
  fs::remove_all(FolderOfCopies(project), ignored);
}

std::string AnswerKeys(const ReviewTask& task, const ReviewItem& item, bool keys) {
  std::vector<std::string> offers;
  const bool keep = !task.blind && !task.first_labels && task.review != "disputed";
  const auto name = [](const std::string& text) { return Shorten(Plain(text), 24); };
  if (keep) offers.push_back(item.label ? "[k] keep '" + name(*item.label) + "'" : "[k] keep");
  if (!task.blind && item.suggested) offers.push_back("[t] take '" + name(*item.suggested) + "'");
  bool all = true;
  for (size_t i = 0; i < task.classes.size(); ++i) all = all && !ClassKey(task, i).empty();
  for (size_t i = 0; i < task.classes.size() && (all || task.classes.size() <= kMostClasses); ++i) {
    const std::string& one = task.classes[i];
    const std::string key = ClassKey(task, i);
    const bool offered = one == item.label || one == item.suggested;
    if ((keep && offered && task.classes.size() == 2) || key.empty()) continue;
    offers.push_back("[" + key + "]" + (key == one ? "" : " " + name(one)));
  }
  if (!all) offers.emplace_back("[o] another class");
  if (task.number) offers.emplace_back(keys ? "[o] a number" : "or a number");
  for (const char* rest :
       {"[u]nsure", "[s]kip", "[x] set aside", "[b]ack", "[n]ote", "[q]uit", "[?]"}) {
    offers.emplace_back(rest);
  }
  return Wrap(Join(offers, "  "), TerminalWidth(1), 0);
}

std::string AnswerHelp(const ReviewTask& task) {
  std::string help;
  if (!task.guideline.empty()) help += task.guideline + "\n\n";
  if (!task.blind && !task.first_labels) {
    help += "k      the row is sound and its label right\n";
    help += "t      take the suggested label\n";
  }
  help +=
      "1-9    the class with that number\n"
      "o      another class or number, typed in full or as far as it is clear\n"
      "u      unsure: others are asked, you are not asked again\n"
      "s      skip: asked again at the end of this sitting\n"
      "x      the row does not belong among the data: clean sets it aside\n"
      "b      back: take the last answer back\n"
      "n      a note for the next answer\n"
      "q      stop; every answer is kept already\n";
  for (size_t i = 0; i < task.classes.size(); ++i) {
    const std::string key = ClassKey(task, i);
    help += key + std::string(key.empty() ? 7 : 6, ' ') + Plain(task.classes[i]) + "\n";
  }
  return help;
}

}  // namespace bottega
