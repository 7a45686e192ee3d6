// The source itself: the part of Forgetting that takes the rows out of it.
#include <algorithm>
#include <set>

#include "base/hash.h"
#include "base/text.h"
#include "clean/forget/blot.h"
#include "clean/forget/forget.h"
#include "data/io/folder.h"
#include "data/io/without_records.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

std::string Rows(int64_t count) { return FormatCount(count) + (count == 1 ? " row" : " rows"); }

// The digest of a folder without some of its files, as Store makes it.
std::string DigestWithout(const fs::path& folder, const std::set<fs::path>& gone) {
  Sha256 all;
  for (const fs::path& file : SourceFiles(folder)) {
    if (gone.contains(file)) continue;
    all.Update(Sha256OfFile(folder / file) + "  " + file.string() + "\n");
  }
  return all.Hex();
}

}  // namespace

// Stages the source without the rows, and works out what hash each state has afterwards.
void Forgetting::StageSource() {
  for (SourceState& state : states_) {
    if (state.chosen.empty() || (state.present && !task_.from_source)) continue;
    state.change.cut = true;
    std::error_code ignored;
    if (fs::is_directory(state.data.source, ignored)) {
      StagePictures(&state);
      continue;
    }
    std::vector<int64_t> records;
    for (const int64_t row : state.chosen) records.push_back(state.RecordInFile(row));
    const fs::path staged = staging_->Fresh(state.data.source);
    WriteWithoutRecords(state.data.source, state.data.reading, records, staged);
    state.sha256_after = Sha256OfFile(staged);
    if (state.present) {
      staging_->Replace(PathIn(task_.source), staged,
                        Rows(static_cast<int64_t>(records.size())) + " taken out of the source");
    } else {
      fs::remove(staged, ignored);
    }
  }
  if (task_.from_source) receipt_.source_sha256_after = states_[0].sha256_after;
}

// A picture is a row: its file goes, and so do the lines of tables beside it that name it.
void Forgetting::StagePictures(SourceState* state) {
  const int column = state->data.PictureIndex();
  const auto paths = TextsOf(state->data, column);
  std::set<fs::path> gone;
  for (size_t i = 0; i < paths.size(); ++i) {
    if (!std::ranges::binary_search(state->chosen, state->data.rows[i]) || !paths[i]) continue;
    const fs::path file = state->data.root / *paths[i];
    gone.insert(file.lexically_relative(state->data.source));
    staging_->Remove(PathIn(file), "a picture of the source removed");
  }
  for (const fs::path& file : SourceFiles(state->data.source)) {
    if (gone.contains(file) || LowerAscii(file.extension().string()) != ".csv") continue;
    const fs::path whole = state->data.source / file;
    if (ValuesIn(whole, named_) == 0) continue;
    const fs::path staged = staging_->Fresh(file);
    WriteWithoutLines(whole, named_, staged);
    staging_->Replace(PathIn(whole), staged, "lines of a table beside the pictures taken out");
  }
  state->sha256_after = DigestWithout(state->data.source, gone);
}

}  // namespace bottega
