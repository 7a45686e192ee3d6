#include "run/run_tables.h"

#include <sqlite3.h>

#include "spec/spec.h"

namespace bottega {

namespace {

constexpr int kVersion = 1;  // of the tables
constexpr int kPatienceMs = 2000;

}  // namespace

RunTables::RunTables(const std::string& path) : connection_(path, kPatienceMs) {
  connection_.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL");
  if (Version() == kVersion) return;
  connection_.Execute("BEGIN IMMEDIATE");
  if (Version() != kVersion) Create();
  connection_.Execute("COMMIT");
}

std::unordered_map<std::string, int64_t> RunTables::Stamps() {
  std::unordered_map<std::string, int64_t> stamps;
  Statement select(connection_, "SELECT id, stamp FROM runs");
  while (select.Step()) stamps[select.Text(0)] = select.Integer(1);
  return stamps;
}

void RunTables::Remove(const std::string& id) {
  for (const char* sql : {"DELETE FROM scores WHERE run=(SELECT number FROM runs WHERE id=?)",
                          "DELETE FROM named WHERE run=(SELECT number FROM runs WHERE id=?)",
                          "DELETE FROM runs WHERE id=?"}) {
    Statement statement(connection_, sql);
    statement.Bind(1, id);
    statement.Step();
  }
}

void RunTables::Add(const RunRecord& record, int64_t stamp) {
  Remove(record.id);
  Statement run(connection_,
                "INSERT INTO runs(id, stamp, created, state, model, source, source_sha256,"
                " data_version, recipe_digest, headline, value, low, high, tags, settings)"
                " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  run.Bind(1, record.id);
  run.Bind(2, stamp);
  int at = 3;
  for (const std::string* text :
       {&record.created, &record.state, &record.model, &record.source, &record.source_sha256,
        &record.data_version, &record.recipe_digest, &record.headline}) {
    run.Bind(at++, *text);
  }
  for (const double number : {record.score.value, record.score.low, record.score.high}) {
    run.Bind(at++, number);
  }
  run.Bind(at++, Json(record.tags).dump());
  run.Bind(at, Json(record.settings).dump(-1, ' ', false, Json::error_handler_t::replace));
  run.Step();
  const int64_t number = sqlite3_last_insert_rowid(connection_.handle());
  AddScores(record, number);
  AddNamed(record, number);
}

std::vector<RunRecord> RunTables::Runs() {
  std::vector<RunRecord> runs;
  Statement select(connection_,
                   "SELECT id, created, state, model, source, source_sha256, data_version,"
                   " recipe_digest, headline, value, low, high, tags FROM runs ORDER BY id DESC");
  while (select.Step()) {
    RunRecord run;
    int at = 0;
    for (std::string* text :
         {&run.id, &run.created, &run.state, &run.model, &run.source, &run.source_sha256,
          &run.data_version, &run.recipe_digest, &run.headline}) {
      *text = select.Text(at++);
    }
    run.score = {select.Number(at), select.Number(at + 1), select.Number(at + 2)};
    const std::string tags = select.Text(at + 3);
    if (tags != "[]") run.tags = ParseJson(tags, "the index").get<std::vector<std::string>>();
    runs.push_back(std::move(run));
  }
  return runs;
}

std::unordered_map<std::string, RunScore> RunTables::Scores(const std::string& path) {
  std::unordered_map<std::string, RunScore> scores;
  Statement select(connection_,
                   "SELECT runs.id, scores.value, scores.low, scores.high FROM scores"
                   " JOIN paths ON paths.number=scores.path JOIN runs ON runs.number=scores.run"
                   " WHERE paths.text=?");
  select.Bind(1, path);
  while (select.Step()) {
    scores[select.Text(0)] = {select.Number(1), select.Number(2), select.Number(3)};
  }
  return scores;
}

std::vector<std::string> RunTables::ScorePaths() {
  std::vector<std::string> paths;
  Statement select(connection_,
                   "SELECT text FROM paths WHERE EXISTS"
                   " (SELECT 1 FROM scores WHERE scores.path=paths.number) ORDER BY text");
  while (select.Step()) paths.push_back(select.Text(0));
  return paths;
}

std::map<std::string, std::unordered_map<std::string, std::string>> RunTables::Named() {
  std::map<std::string, std::unordered_map<std::string, std::string>> named;
  Statement select(connection_,
                   "SELECT paths.text, runs.id, named.value FROM named"
                   " JOIN paths ON paths.number=named.path JOIN runs ON runs.number=named.run"
                   " WHERE named.path IN (SELECT path FROM named GROUP BY path HAVING"
                   "  COUNT(DISTINCT value)>1 OR COUNT(*)<(SELECT COUNT(*) FROM runs))");
  while (select.Step()) named[select.Text(0)][select.Text(1)] = select.Text(2);
  return named;
}

Json RunTables::Settings(const std::string& id) {
  Statement select(connection_, "SELECT settings FROM runs WHERE id=?");
  select.Bind(1, id);
  return select.Step() ? ParseJson(select.Text(0), "the index") : Json::object();
}

int64_t RunTables::Version() {
  Statement version(connection_,
                    "SELECT COUNT(*) FROM sqlite_master WHERE type='table' AND name='run_tables'");
  version.Step();
  if (version.Integer(0) == 0) return 0;
  Statement stored(connection_, "SELECT version FROM run_tables");
  return stored.Step() ? stored.Integer(0) : 0;
}

void RunTables::Create() {
  connection_.Execute(kDropRunTables);
  connection_.Execute(
      "CREATE TABLE run_tables(version INTEGER);"
      "CREATE TABLE runs(number INTEGER PRIMARY KEY, id TEXT UNIQUE, stamp INTEGER,"
      " created TEXT, state TEXT, model TEXT, source TEXT, source_sha256 TEXT,"
      " data_version TEXT, recipe_digest TEXT, headline TEXT, value REAL, low REAL, high REAL,"
      " tags TEXT, settings TEXT);"
      "CREATE TABLE paths(number INTEGER PRIMARY KEY, text TEXT UNIQUE);"
      "CREATE TABLE scores(path INTEGER, run INTEGER, value REAL, low REAL, high REAL,"
      " PRIMARY KEY(path, run)) WITHOUT ROWID;"
      "CREATE INDEX scores_of_run ON scores(run);"
      "CREATE TABLE named(path INTEGER, run INTEGER, value TEXT, PRIMARY KEY(path, run))"
      " WITHOUT ROWID;"
      "CREATE INDEX named_of_run ON named(run);");
  Statement insert(connection_, "INSERT INTO run_tables VALUES(?)");
  insert.Bind(1, int64_t{kVersion});
  insert.Step();
}

int64_t RunTables::NumberOf(const std::string& path) {
  if (const auto known = numbers_.find(path); known != numbers_.end()) return known->second;
  Statement insert(connection_, "INSERT OR IGNORE INTO paths(text) VALUES(?)");
  insert.Bind(1, path);
  insert.Step();
  Statement select(connection_, "SELECT number FROM paths WHERE text=?");
  select.Bind(1, path);
  select.Step();
  return numbers_[path] = select.Integer(0);
}

void RunTables::AddScores(const RunRecord& record, int64_t number) {
  Statement insert(connection_, "INSERT OR REPLACE INTO scores VALUES(?,?,?,?,?)");
  for (const auto& [path, score] : record.scores) {
    insert.Bind(1, NumberOf(path));
    insert.Bind(2, number);
    insert.Bind(3, score.value);
    insert.Bind(4, score.low);
    insert.Bind(5, score.high);
    insert.Step();
  }
}

void RunTables::AddNamed(const RunRecord& record, int64_t number) {
  Statement insert(connection_, "INSERT OR REPLACE INTO named VALUES(?,?,?)");
  for (const std::string& path : record.named) {
    insert.Bind(1, NumberOf(path));
    insert.Bind(2, number);
    insert.Bind(3, ValueText(record.settings.at(path)));
    insert.Step();
  }
}

}  // namespace bottega
