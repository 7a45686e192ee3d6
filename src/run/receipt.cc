#include "run/receipt.h"

#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"

namespace bottega {

namespace fs = std::filesystem;

namespace {

constexpr int kReceiptFormat = 1;

std::vector<fs::path> ReceiptPaths(const fs::path& project) {
  std::vector<fs::path> paths;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(project / "receipts", ignored)) {
    if (entry.path().extension() == ".json") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  return paths;
}

}  // namespace

Json Receipt::ToJson() const {
  Json changed = Json::array(), models = Json::array();
  for (const ReceiptFile& file : files) {
    changed.push_back({{"path", file.path},
                       {"before", file.before},
                       {"after", file.after.empty() ? Json() : Json(file.after)},
                       {"what", file.what}});
  }
  for (const StaleRun& run : stale) {
    models.push_back({{"run", run.run},
                      {"training", run.training},
                      {"judging", run.judging},
                      {"replaced_by", run.replaced_by.empty() ? Json() : Json(run.replaced_by)}});
  }
  return {{"format", kReceiptFormat},
          {"id", id},
          {"time", time},
          {"condition", condition},
          {"source",
           {{"path", source},
            {"before", source_sha256},
            {"after", source_sha256_after.empty() ? Json() : Json(source_sha256_after)}}},
          {"rows", rows},
          {"files", changed},
          {"stale", models},
          {"out_of_reach", out_of_reach},
          {"previous", previous.empty() ? Json() : Json(previous)}};
}

Receipt Receipt::FromJson(const Json& json, const std::string& file) {
  const auto text = [](const Json& value) {
    return value.is_null() ? std::string() : value.get<std::string>();
  };
  try {
    if (json.at("format") != kReceiptFormat) {
      throw Error(ErrorKind::kData, "this receipt has a format that is not known here",
                  {.file = file}, "bottega --version");
    }
    Receipt receipt{.id = json.at("id"),
                    .time = json.at("time"),
                    .condition = json.at("condition"),
                    .source = json.at("source").at("path"),
                    .source_sha256 = json.at("source").at("before"),
                    .source_sha256_after = text(json.at("source").at("after")),
                    .rows = json.at("rows"),
                    .files = {},
                    .stale = {},
                    .out_of_reach = json.at("out_of_reach"),
                    .previous = text(json.at("previous"))};
    for (const Json& one : json.at("files")) {
      receipt.files.push_back(
          {one.at("path"), one.at("before"), text(one.at("after")), one.at("what")});
    }
    for (const Json& one : json.at("stale")) {
      receipt.stale.push_back(
          {one.at("run"), one.at("training"), one.at("judging"), text(one.at("replaced_by"))});
    }
    return receipt;
  } catch (const Json::exception& error) {
    throw Error(ErrorKind::kData, std::string("this is no whole receipt: ") + error.what(),
                {.file = file});
  }
}

std::vector<Receipt> ListReceipts(const fs::path& project) {
  std::vector<Receipt> receipts;
  for (const fs::path& path : ReceiptPaths(project)) {
    receipts.push_back(Receipt::FromJson(ReadJson(path), path.string()));
  }
  return receipts;
}

fs::path ReceiptFilePath(const fs::path& project, const std::string& id) {
  return project / "receipts" / (id + ".json");
}

void WriteReceipt(const fs::path& project, Receipt receipt) {
  const std::vector<fs::path> earlier = ReceiptPaths(project);
  const fs::path path = ReceiptFilePath(project, receipt.id);
  const auto before = std::ranges::lower_bound(earlier, path);
  receipt.previous = before == earlier.begin() ? "" : Sha256OfFile(*std::prev(before));
  WriteJson(path, receipt.ToJson());
}

std::optional<StaleRun> StaleState(const std::vector<Receipt>& receipts, const std::string& run) {
  StaleRun state{.run = run};
  for (const Receipt& receipt : receipts) {
    for (const StaleRun& stale : receipt.stale) {
      if (stale.run != run) continue;
      if (!stale.replaced_by.empty()) return std::nullopt;
      state.training += stale.training;
      state.judging += stale.judging;
    }
  }
  if (state.training + state.judging == 0) return std::nullopt;
  return state;
}

std::string ReplacedBy(const std::vector<Receipt>& receipts, const std::string& run) {
  for (const Receipt& receipt : receipts) {
    for (const StaleRun& stale : receipt.stale) {
      if (stale.run == run && !stale.replaced_by.empty()) return stale.replaced_by;
    }
  }
  return "";
}

std::optional<StaleRun> StaleState(const RunFolder& run) {
  return StaleState(ListReceipts(run.Project()), run.id());
}

std::string ReplacedBy(const RunFolder& run) {
  return ReplacedBy(ListReceipts(run.Project()), run.id());
}

std::string StaleText(const StaleRun& stale) {
  const bool learned = stale.training > 0;
  const int64_t rows = learned ? stale.training : stale.judging;
  return std::string(learned ? "learned from " : "was judged on ") + FormatCount(rows) +
         (rows == 1 ? " row that was" : " rows that were") + " forgotten since";
}

std::string AmendedHash(const std::vector<Receipt>& receipts, const std::string& path,
                        const std::string& sha256) {
  std::string now = sha256;
  for (const Receipt& receipt : receipts) {
    for (const ReceiptFile& file : receipt.files) {
      if (file.path == path && file.before == now) now = file.after;
    }
  }
  return now;
}

}  // namespace bottega
