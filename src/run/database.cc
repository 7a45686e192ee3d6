#include "run/database.h"

#include <cmath>
#include <limits>

namespace bottega {

namespace {

void Check(int code) {
  if (code != SQLITE_OK) throw DatabaseError(code);
}

}  // namespace

Connection::Connection(const std::string& path, int patience_ms) {
  const int code = sqlite3_open(path.c_str(), &handle_);
  if (code != SQLITE_OK) {
    sqlite3_close(handle_);
    throw DatabaseError(code);
  }
  sqlite3_busy_timeout(handle_, patience_ms);
}

Connection::~Connection() { sqlite3_close(handle_); }

void Connection::Execute(const char* sql) {
  Check(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr));
}

Statement::Statement(Connection& connection, std::string_view sql) {
  Check(sqlite3_prepare_v2(connection.handle(), sql.data(), static_cast<int>(sql.size()),
                           &statement_, nullptr));
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::Bind(int at, std::string_view text) {
  Check(sqlite3_bind_text(statement_, at, text.data(), static_cast<int>(text.size()),
                          SQLITE_TRANSIENT));
}

void Statement::Bind(int at, int64_t number) { Check(sqlite3_bind_int64(statement_, at, number)); }

void Statement::Bind(int at, double number) {
  Check(std::isnan(number) ? sqlite3_bind_null(statement_, at)
                           : sqlite3_bind_double(statement_, at, number));
}

bool Statement::Step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  sqlite3_reset(statement_);
  if (code != SQLITE_DONE) throw DatabaseError(code);
  return false;
}

std::string Statement::Text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return text == nullptr
             ? ""
             : std::string(text, static_cast<size_t>(sqlite3_column_bytes(statement_, column)));
}

double Statement::Number(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL
             ? std::numeric_limits<double>::quiet_NaN()
             : sqlite3_column_double(statement_, column);
}

}  // namespace bottega
