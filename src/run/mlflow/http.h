// One HTTP or HTTPS server that requests are sent to, with short patience: whoever asks has
// something better to do than to wait.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace bottega {

struct HttpReply {
  int status = 0;  // 0: there was none
  std::string body;
  std::string error;  // why there was none: "Connection refused"
};

struct HttpOptions {
  double connect_seconds = 2, answer_seconds = 10;
  std::map<std::string, std::string> headers;  // sent with every request
  bool check_certificate = true;
  std::string certificate_file;  // PEM of authorities to trust; "": the system's
};

// Not thread-safe but for Cancel(). Redirections are not followed: credentials go to the server
// that was named.
class HttpServer {
 public:
  // `url`: http://HOST[:PORT][/PREFIX] or https://. Error kUsage for anything else, and for one
  // that holds a password, which would be written down with the command.
  explicit HttpServer(const std::string& url, HttpOptions options = {});
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // `path` begins with '/' and is already encoded; it is appended to the URL's prefix. Never
  // throws.
  HttpReply Get(const std::string& path);
  HttpReply Post(const std::string& path, const std::string& body, const std::string& type);
  HttpReply Put(const std::string& path, const std::string& body, const std::string& type);
  // From any thread: the request under way ends without a reply.
  void Cancel();

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

// The URL without a slash at its end. Errors: those of the constructor.
std::string CheckedUrl(const std::string& url);

// Bytes but letters, digits and -_.~ (and '/', with `slashes`) as %XX.
std::string UrlEncode(std::string_view text, bool slashes = false);

}  // namespace bottega
