#include "cli/review_page.h"

#include <arrow/array.h>
#include <arrow/table.h>

#include <algorithm>
#include <set>

#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "base/version.h"
#include "data/arrow_support.h"
#include "data/io/folder.h"
#include "data/values.h"
#include "report/worst.h"

namespace bottega {

namespace {

constexpr size_t kMostText = 4'000;

// Cut at a character of UTF-8.
std::string Cut(std::string text) {
  if (text.size() <= kMostText) return text;
  size_t end = kMostText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + " ...";
}

std::string PictureOf(const PictureSource& pictures, const std::string& cell) {
  try {
    const Picture picture = pictures.Load(cell, {.min_side = kReviewThumbnail});
    return ThumbnailUri(picture, kReviewThumbnail);
  } catch (const Error&) {
    return "";
  }
}

std::vector<std::string> PersonalColumns(Project& project, const ReviewTask& task) {
  if (task.items.empty()) return {};
  std::set<std::string> names;
  for (const Finding& finding : project.NewestAudit().findings) {
    if (finding.check == "personal_data") names.insert(finding.place.column);
  }
  std::vector<std::string> shown;
  for (const int c : task.columns) {
    const std::string& name = project.data().columns[static_cast<size_t>(c)].name;
    if (names.contains(name)) shown.push_back(name);
  }
  return shown;
}

ReviewPageRow RowOf(const Dataset& data, const ReviewTask& task, const ReviewItem& item) {
  ReviewPageRow row{.row = item.row, .content = item.content};
  for (const int c : task.columns) {
    const auto cells = OneChunk(data.table->column(c));
    row.cells.emplace_back(data.columns[static_cast<size_t>(c)].name,
                           Cut(TextOfCell(*cells, item.position).value_or("–")));
  }
  if (task.blind) return row;
  row.label = item.label;
  row.suggested = item.suggested;
  row.label_probability = item.label_probability;
  row.suggested_probability = item.suggested_probability;
  row.why = item.why;
  row.finding = item.finding;
  return row;
}

size_t SizeOf(const ReviewPageRow& row) {
  size_t bytes = row.picture.size() + 200;
  for (const auto& [name, text] : row.cells) bytes += name.size() + text.size() + 8;
  return bytes;
}

}  // namespace

ReviewPage PageOf(Project& project, const ReviewTask& task, const std::string& reviewer) {
  const Dataset& data = project.data();
  ReviewPage page{.review = task.review,
                  .data = project.digest().sha256,
                  .source = project.recipe()["data"]["source"].get<std::string>(),
                  .blind = task.blind,
                  .first_labels = task.first_labels,
                  .number = task.number,
                  .has_target = task.has_target,
                  .guideline = task.guideline,
                  .reviewer = reviewer,
                  .classes = task.classes,
                  .personal = PersonalColumns(project, task),
                  .version = kVersion,
                  .time = NowUtc()};
  const auto pictures = data.HasPictures() ? OpenPictures(data) : nullptr;
  const RowContents contents(data);
  size_t bytes = 0;
  for (ReviewItem item : task.items) {
    if (page.rows.size() == kMostReviewRows || bytes > kMostReviewBytes) break;
    item.content = contents.Of(item.position);
    ReviewPageRow row = RowOf(data, task, item);
    if (pictures) {
      const auto cells = OneChunk(data.table->column(data.PictureIndex()));
      const auto cell = TextOfCell(*cells, item.position);
      if (cell) row.picture = PictureOf(*pictures, *cell);
      if (cell && !task.blind) row.cells.insert(row.cells.begin(), {"file", *cell});
    }
    bytes += SizeOf(row);
    page.rows.push_back(std::move(row));
  }
  page.left_out = task.items.size() - page.rows.size() + static_cast<size_t>(task.left_out);
  return page;
}

}  // namespace bottega
