#include "train/choices.h"

#include "base/error.h"
#include "engine/precision.h"

namespace bottega {

namespace {

constexpr int kFormat = 1;

}  // namespace

Json ChoicesToJson(const Choices& choices) {
  Json json = {{"format", kFormat},
               {"precision", choices.precision},
               {"layout", choices.layout},
               {"threads", choices.threads},
               {"workers", choices.workers},
               {"micro_batch", choices.micro_batch},
               {"measured", choices.measured},
               {"recomputed", choices.recomputed},
               {"deviation", choices.deviation}};
  if (!choices.candidates.empty()) json["candidates"] = choices.candidates;
  return json;
}

Choices ChoicesFromJson(const Json& json, const std::string& file) {
  try {
    if (json.at("format").get<int>() != kFormat) {
      throw Error(ErrorKind::kData, "choices of a format that this version does not know",
                  {.file = file});
    }
    Choices choices;
    choices.precision = json.at("precision").get<std::string>();
    choices.layout = json.at("layout").get<std::string>();
    choices.threads = json.at("threads").get<int>();
    choices.workers = json.at("workers").get<int>();
    choices.micro_batch = json.at("micro_batch").get<int64_t>();
    choices.measured = json.value("measured", Json::object());
    choices.recomputed = json.value("recomputed", std::vector<std::string>());
    choices.deviation = json.value("deviation", Json::object());
    choices.candidates = json.value("candidates", Json::object());
    for (const auto& [name, of] : choices.candidates.items()) ChoicesFromJson(of, file);
    const bool known = PrecisionName(PrecisionOf(choices.precision)) == choices.precision &&
                       (choices.layout == "contiguous" || choices.layout == "channels_last");
    if (!known || choices.threads < 1 || choices.workers < 1 || choices.micro_batch < 1) {
      throw Error(ErrorKind::kData, "choices hold a value that makes no sense", {.file = file});
    }
    return choices;
  } catch (const Json::exception&) {
    throw Error(ErrorKind::kData, "not a choices.json", {.file = file});
  }
}

}  // namespace bottega
