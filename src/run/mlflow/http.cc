// As the system's library was built.
#define CPPHTTPLIB_OPENSSL_SUPPORT
#define CPPHTTPLIB_ZLIB_SUPPORT
#define CPPHTTPLIB_BROTLI_SUPPORT
#include "run/mlflow/http.h"

#include <httplib.h>
#include <pthread.h>
#include <signal.h>

#include "base/error.h"
#include "base/text.h"

namespace bottega {

namespace {

struct UrlParts {
  std::string origin;  // scheme://host:port
  std::string prefix;  // "" or "/path"
};

UrlParts Parse(const std::string& url) {
  const auto wrong = [&](const std::string& why) {
    return Error(ErrorKind::kUsage, "'" + Shorten(url, 80) + "' is no address of a server: " + why,
                 {}, "write it as http://127.0.0.1:5000");
  };
  const size_t scheme = url.find("://");
  if (!url.starts_with("http://") && !url.starts_with("https://")) {
    throw wrong("it does not begin with http:// or https://");
  }
  if (url.find_first_of(" \t\r\n?#") != std::string::npos) {
    throw wrong("it holds a space, ? or #");
  }
  const size_t slash = url.find('/', scheme + 3);
  UrlParts parts{url.substr(0, slash), slash == std::string::npos ? "" : url.substr(slash)};
  if (parts.origin.size() == scheme + 3) throw wrong("the host is missing");
  if (parts.origin.find('@') != std::string::npos) {
    throw Error(
        ErrorKind::kUsage, "a password in an address would be written down with the command", {},
        "set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN");
  }
  while (parts.prefix.ends_with('/')) parts.prefix.pop_back();
  return parts;
}

// A server that hangs up while it is written to must not end the process.
class PipeSignalBlocked {
 public:
  PipeSignalBlocked() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~PipeSignalBlocked() {
    const timespec now{};
    if (sigismember(&before_, SIGPIPE) == 0) {
      while (sigtimedwait(&pipe_, nullptr, &now) > 0) {
      }
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  PipeSignalBlocked(const PipeSignalBlocked&) = delete;
  PipeSignalBlocked& operator=(const PipeSignalBlocked&) = delete;

 private:
  sigset_t pipe_, before_;
};

std::string ErrorText(httplib::Error error) {
  switch (error) {
    case httplib::Error::Connection:
    case httplib::Error::ConnectionTimeout:
      return "no connection";
    case httplib::Error::SSLConnection:
    case httplib::Error::SSLLoadingCerts:
    case httplib::Error::SSLServerVerification:
      return "its certificate is not trusted";
    case httplib::Error::Read:
      return "no answer in time";
    default:
      return "the connection broke";
  }
}

}  // namespace

struct HttpServer::Connection {
  Connection(const UrlParts& url, const HttpOptions& options)
      : prefix(url.prefix), client(url.origin) {
    const auto seconds = [](double s) {
      return std::chrono::milliseconds(static_cast<int64_t>(s * 1000));
    };
    client.set_connection_timeout(seconds(options.connect_seconds));
    client.set_read_timeout(seconds(options.answer_seconds));
    client.set_write_timeout(seconds(options.answer_seconds));
    client.set_keep_alive(true);
    client.set_url_encode(false);
    client.set_follow_location(false);
    client.enable_server_certificate_verification(options.check_certificate);
    if (!options.certificate_file.empty()) {
      client.set_ca_cert_path(options.certificate_file.c_str());
    }
    httplib::Headers headers;
    for (const auto& [name, value] : options.headers) headers.emplace(name, value);
    client.set_default_headers(headers);
  }

  template <class Ask>
  HttpReply Answer(const Ask& ask) {
    const PipeSignalBlocked blocked;
    const httplib::Result result = ask();
    if (!result) return {.error = ErrorText(result.error())};
    return {.status = result->status, .body = result->body};
  }

  std::string prefix;
  httplib::Client client;
};

HttpServer::HttpServer(const std::string& url, HttpOptions options)
    : connection_(std::make_unique<Connection>(Parse(url), options)) {}

HttpServer::~HttpServer() = default;

HttpReply HttpServer::Get(const std::string& path) {
  return connection_->Answer([&] { return connection_->client.Get(connection_->prefix + path); });
}

HttpReply HttpServer::Post(const std::string& path, const std::string& body,
                           const std::string& type) {
  return connection_->Answer(
      [&] { return connection_->client.Post(connection_->prefix + path, body, type); });
}

HttpReply HttpServer::Put(const std::string& path, const std::string& body,
                          const std::string& type) {
  return connection_->Answer(
      [&] { return connection_->client.Put(connection_->prefix + path, body, type); });
}

void HttpServer::Cancel() { connection_->client.stop(); }

std::string CheckedUrl(const std::string& url) {
  const UrlParts parts = Parse(url);
  return parts.origin + parts.prefix;
}

std::string UrlEncode(std::string_view text, bool slashes) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte < 128 && (std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.' ||
                                      c == '~' || (slashes && c == '/'));
    if (plain) {
      encoded += c;
    } else {
      encoded += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return encoded;
}

}  // namespace bottega
