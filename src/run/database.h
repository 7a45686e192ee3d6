// SQLite with errors as exceptions and statements that clean up after themselves.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bottega {

// What SQLite says went wrong. Caught where the database is used: it is only an index.
class DatabaseError : public std::runtime_error {
 public:
  explicit DatabaseError(int code) : std::runtime_error(sqlite3_errstr(code)), code_(code) {}
  int code() const { return code_; }

 private:
  int code_;
};

class Connection {
 public:
  // ":memory:" for one that is kept nowhere. Waits up to `patience_ms` for other processes.
  Connection(const std::string& path, int patience_ms);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void Execute(const char* sql);
  sqlite3* handle() { return handle_; }

 private:
  sqlite3* handle_ = nullptr;
};

class Statement {
 public:
  Statement(Connection& connection, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Parameters count from 1; texts need not outlive the call. NaN becomes NULL.
  void Bind(int at, std::string_view text);
  void Bind(int at, int64_t number);
  void Bind(int at, double number);
  // True while there is a row. Behind the last one the statement can be bound again.
  bool Step();

  // Columns count from 0.
  std::string Text(int column) const;
  int64_t Integer(int column) const { return sqlite3_column_int64(statement_, column); }
  double Number(int column) const;  // NaN for NULL

 private:
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace bottega
