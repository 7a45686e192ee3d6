#include "cli/review_sample.h"

#include <algorithm>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "data/open.h"

namespace bottega {

namespace {

using Cell = std::optional<std::string>;

std::map<int64_t, std::string> TruthInFile(const std::string& file) {
  const Dataset table = ReadTyped(file);
  int row = table.Find("row"), label = table.Find("label");
  if (row < 0 || label < 0) row = 0, label = 1;
  if (table.columns.size() < 2) {
    throw Error(ErrorKind::kData, "needs two columns, row and label", {.file = file},
                "bottega review --help");
  }
  const auto rows = TextsOf(table, row), labels = TextsOf(table, label);
  std::map<int64_t, std::string> truth;
  for (size_t i = 0; i < rows.size(); ++i) {
    const auto record = rows[i] ? ParseInteger(*rows[i]) : std::nullopt;
    if (!record) {
      throw Error(ErrorKind::kData, "holds no record number",
                  {.file = file, .row = static_cast<int64_t>(i), .column = "row"},
                  "bottega review --help");
    }
    if (labels[i]) truth[*record] = *labels[i];
  }
  return truth;
}

std::map<int64_t, std::string> TruthOf(const Invocation& call, Project& project) {
  if (const std::string file = call.Text("gold_file"); !file.empty()) return TruthInFile(file);
  std::map<int64_t, std::string> truth;
  for (const auto& [row, ruling] : RulingsWithoutSamples(project.reviews())) {
    if (ruling.verdict != Verdict::kSetAside && ruling.after) truth[row] = *ruling.after;
  }
  return truth;
}

std::vector<Cell> LabelsNow(Project& project) {
  const Dataset& data = project.data();
  std::vector<Cell> labels = TextsOf(data, data.Find(data.TargetColumn()->name));
  const std::map<int64_t, Ruling> rulings = RulingsWithoutSamples(project.reviews());
  for (size_t i = 0; i < labels.size(); ++i) {
    const auto ruling = rulings.find(data.rows[i]);
    if (ruling == rulings.end()) continue;
    if (ruling->second.verdict == Verdict::kLabel) labels[i] = ruling->second.after;
    if (ruling->second.verdict == Verdict::kSetAside) labels[i].reset();  // no row of theirs
  }
  return labels;
}

}  // namespace

double AcceptedShare(const Invocation& call) {
  constexpr double kUsual = 0.05;
  const Json& told = call.args.at("accept");
  return told.is_number() ? told.get<double>() : kUsual;
}

Sample SampleFor(const Invocation& call, Project& project) {
  const Reviews& reviews = project.reviews();
  SampleOptions options{.rows = call.args.at("sample").get<int64_t>(),
                        .strata = call.Text("strata"),
                        .seed = call.args.at("seed").get<uint64_t>(),
                        .accept = AcceptedShare(call),
                        .gold = call.args.at("gold").get<int64_t>()};
  const std::string of =
      options.strata.empty() ? project.data().TargetColumn()->name : options.strata;
  int64_t last = 0;
  for (const Sample& sample : reviews.samples) {
    last = *ParseInteger(sample.id.substr(sample.id.find('-') + 1));
    const bool same = sample.wanted == options.rows && sample.seed == options.seed &&
                      sample.gold == options.gold && sample.strata_of == of;
    if (same && sample.data == project.digest().sha256) return sample;
  }
  if (options.gold > 0) options.truth = TruthOf(call, project);
  const RowFinder finder(project.data(), project.digest().sha256);
  Sample sample = DrawSample(project.data(), LabelsNow(project), finder, options);
  sample.id = "sample-" + std::to_string(last + 1);
  sample.time = NowUtc();
  WriteSample(project.folder(), sample);
  project.Reviewed();
  return sample;
}

const Sample& NamedSample(const Reviews& reviews, const std::string& name) {
  std::vector<std::string> names;
  for (const Sample& sample : reviews.samples) {
    if (sample.id == name) return sample;
    names.push_back(sample.id);
  }
  if (!names.empty() && name.empty()) return reviews.samples.back();
  throw Error(ErrorKind::kUsage,
              names.empty() ? "no sample was drawn yet"
                            : "there is no sample '" + name + "'; there are " + Join(names, ", "),
              {}, "bottega review --help");
}

}  // namespace bottega
