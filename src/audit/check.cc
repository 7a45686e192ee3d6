#include "audit/check.h"

#include <utility>

namespace bottega {

Finding& Findings::Add(Severity severity, Place place, std::string message, std::string fix) {
  items_.push_back({.check = check_,
                    .severity = severity,
                    .place = std::move(place),
                    .message = std::move(message),
                    .fix = std::move(fix),
                    .detail = Json::object()});
  return items_.back();
}

void Findings::Skip(std::string reason) { skipped_ = std::move(reason); }

}  // namespace bottega
