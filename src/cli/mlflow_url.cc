#include "cli/mlflow_url.h"

#include "run/mlflow/http.h"

namespace bottega {

std::string MlflowUrl(const Invocation& call) {
  const std::string url = call.Text("mlflow");
  return url.empty() ? "" : CheckedUrl(url);
}

}  // namespace bottega
