#include <algorithm>
#include <optional>

#include "clean/forget/take_out.h"

namespace bottega {

namespace {

constexpr const char* kLists[] = {"rows", "examples"};
constexpr const char* kSentences[] = {"message", "reason", "fix", "why"};

std::optional<int64_t> RowIn(const Json& object) {
  if (!object.is_object()) return std::nullopt;
  if (const auto row = object.find("row"); row != object.end() && row->is_number_integer()) {
    return row->get<int64_t>();
  }
  const auto place = object.find("place");
  return place != object.end() ? RowIn(*place) : std::nullopt;
}

bool IsRun(const Json& item) {
  return item.is_array() && item.size() == 2 && item[0].is_number_integer() &&
         item[1].is_number_integer();
}

bool ListsRecords(const Json& list) {
  if (!list.is_array() || list.empty()) return false;
  for (const Json& item : list) {
    if (!item.is_number_integer() && !IsRun(item)) return false;
  }
  return true;
}

// The list with runs of three and more as pairs where it had pairs.
Json WithoutGone(const Json& list, const RowChange& change, int64_t* gone) {
  bool runs = false;
  std::vector<int64_t> kept;
  for (const Json& item : list) {
    const int64_t first = IsRun(item) ? item[0].get<int64_t>() : item.get<int64_t>();
    const int64_t last = IsRun(item) ? item[1].get<int64_t>() : first;
    runs = runs || IsRun(item);
    for (int64_t row = first; row <= last; ++row) {
      if (change.Gone(row)) {
        ++*gone;
      } else {
        kept.push_back(change.Now(row));
      }
    }
  }
  Json out = Json::array();
  for (size_t i = 0; i < kept.size();) {
    size_t end = i + 1;
    while (runs && end < kept.size() && kept[end] == kept[end - 1] + 1) ++end;
    if (end - i >= 3) {
      out.push_back({kept[i], kept[end - 1]});
      i = end;
    } else {
      out.push_back(kept[i++]);
    }
  }
  return out;
}

class JsonEditor {
 public:
  JsonEditor(const RowChange& change, TakenOut* out) : change_(change), out_(out) {}

  // Whether all that `json` said was about records that are gone.
  bool Edit(Json* json) {
    if (json->is_array()) return EditArray(json);
    if (!json->is_object()) return false;
    const auto row = RowIn(*json);
    if ((row && change_.Gone(*row)) || SpeaksOfThem(*json)) {
      out_->taken.push_back(*json);
      ++out_->count;
      return true;
    }
    const Json before = Mentions(*json) ? *json : Json();
    bool emptied = false;
    for (auto& [key, value] : json->items()) emptied = EditMember(key, &value) || emptied;
    if (emptied) {
      out_->taken.push_back(before);
      ++out_->count;
    }
    return emptied;
  }

 private:
  // A finding about two rows is about neither when one is gone: it would tell what that one held.
  bool SpeaksOfThem(const Json& object) const {
    const auto message = object.find("message");
    return message != object.end() && message->is_string() &&
           NamesGoneRow(message->get_ref<const std::string&>(), change_);
  }

  // Whether a list of records of the object itself loses any.
  bool Mentions(const Json& object) const {
    for (const char* name : kLists) {
      const auto list = object.find(name);
      if (list == object.end() || !ListsRecords(*list)) continue;
      int64_t gone = 0;
      WithoutGone(*list, change_, &gone);
      if (gone > 0) return true;
    }
    return false;
  }

  bool EditArray(Json* list) {
    Json kept = Json::array();
    for (Json& item : *list) {
      if (Edit(&item)) {
        out_->changed = true;
      } else {
        kept.push_back(std::move(item));
      }
    }
    *list = std::move(kept);
    return false;
  }

  bool EditMember(const std::string& key, Json* value) {
    const bool is_list = key == kLists[0] || key == kLists[1];
    if (is_list && ListsRecords(*value)) {
      int64_t gone = 0;
      Json now = WithoutGone(*value, change_, &gone);
      out_->changed = out_->changed || now != *value;
      *value = std::move(now);
      out_->count += gone > 0 && !value->empty() ? 1 : 0;
      return gone > 0 && value->empty();
    }
    if (key == "row" && value->is_number_integer()) {
      const int64_t now = change_.Now(value->get<int64_t>());
      out_->changed = out_->changed || now != value->get<int64_t>();
      *value = now;
      return false;
    }
    if (value->is_string() && std::ranges::find(kSentences, key) != std::end(kSentences)) {
      std::string now = SentenceNow(value->get_ref<const std::string&>(), change_);
      out_->changed = out_->changed || now != value->get_ref<const std::string&>();
      *value = std::move(now);
      return false;
    }
    if (key == "line" && change_.cut && value->is_number_integer()) {
      *value = nullptr;  // the lines have moved
      out_->changed = true;
      return false;
    }
    if (!Edit(value)) return false;
    *value = nullptr;
    out_->changed = true;
    return false;
  }

  const RowChange& change_;
  TakenOut* out_;
};

// An audit counts the findings of each check.
void CountAgain(const Json& taken, Json* audit) {
  if (!audit->is_object() || !audit->value("format", Json()).is_string() ||
      !audit->at("format").get<std::string>().starts_with("bottega audit") ||
      !audit->contains("checks")) {
    return;
  }
  for (const Json& finding : taken) {
    for (Json& check : audit->at("checks")) {
      if (check.value("name", Json()) != finding.value("check", Json()) ||
          !check.value("count", Json()).is_number_integer()) {
        continue;
      }
      check["count"] = std::max<int64_t>(0, check["count"].get<int64_t>() - 1);
    }
  }
}

}  // namespace

void TakeOutOfJson(const RowChange& change, Json* json, TakenOut* out) {
  const auto row = RowIn(*json);
  const bool all = JsonEditor(change, out).Edit(json);
  CountAgain(out->taken, json);
  if (!all) return;
  out->changed = true;
  out->nothing_left = row && change.Gone(*row);
  if (out->nothing_left) *json = nullptr;
}

}  // namespace bottega
