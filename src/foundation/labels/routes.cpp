#include "foundation/labels/api.hpp"

namespace mandate::labels {

struct WordingHistory {
  std::optional<std::string> wording;
  Instant recorded_at;
  std::string changed_by_name;
  std::optional<Instant> superseded_at;
};
BOOST_DESCRIBE_STRUCT(WordingHistory, (), (wording, recorded_at, changed_by_name, superseded_at))

struct WordingView {
  std::string language;
  std::optional<std::string> wording;
  std::vector<WordingHistory> history;  // newest first, the present one among them
};
BOOST_DESCRIBE_STRUCT(WordingView, (), (language, wording, history))

struct LabelView {
  std::string key;
  std::vector<WordingView> wordings;
};
BOOST_DESCRIBE_STRUCT(LabelView, (), (key, wordings))

struct LabelList {
  std::vector<LabelView> rows;
};
BOOST_DESCRIBE_STRUCT(LabelList, (), (rows))

struct SetWording {
  std::string key;
  std::string language;
  std::string wording;
};
BOOST_DESCRIBE_STRUCT(SetWording, (), (key, language, wording))

struct WordingPlace {
  std::string key;
  std::string language;
};
BOOST_DESCRIBE_STRUCT(WordingPlace, (), (key, language))

void Labels::add_routes(http::Router& router) {
  const std::string tag = "labels";
  const auto view = [this](const std::vector<std::string>& keys) {
    // All rows in one statement: there are as many as people ever made changes.
    std::map<std::pair<std::string, std::string>, std::vector<LabelRow>> rows;
    for (auto& row : database_.read([](db::Session& s) { return s.list<LabelRow>("SELECT id, label_key, language, wording, recorded_at, recorded_by, superseded_at FROM label_text ORDER BY recorded_at DESC, id DESC"); })) {
      auto& of = rows[{row.label_key, row.language}];
      of.push_back(std::move(row));
    }
    std::vector<LabelView> out;
    for (const auto& key : keys) {
      LabelView label{key, {}};
      for (const char* language : {"zh-TW", "en"}) {
        WordingView one{language, std::nullopt, {}};
        for (const auto& row : rows[{key, language}]) {
          if (!row.superseded_at) one.wording = row.wording;
          one.history.push_back({row.wording, row.recorded_at, account_name_(row.recorded_by), row.superseded_at});
        }
        label.wordings.push_back(std::move(one));
      }
      out.push_back(std::move(label));
    }
    return out;
  };
  router.file<http::Nothing>("/api/labels", {.permission = "signed_in", .summary = "Other wordings of labels, by language; kept by its ETag", .tag = tag}, [this](const http::Call& call, const http::Nothing&) -> Result<http::Response> {
    const auto now = current();
    http::Response response;
    const std::string etag = "\"" + now->stamp + "\"";
    response.headers.emplace_back("ETag", etag);
    response.headers.emplace_back("Cache-Control", "private, no-cache");
    if (call.request.header("if-none-match") == etag) {
      response.status = 304;
    } else {
      response.body = now->json;
    }
    return response;
  });
  router.get<http::Nothing, LabelList>("/api/label-texts", {.permission = "label.read", .summary = "Every label with its wordings and who gave them when", .tag = tag},
                                       [view](const Actor&, const http::Nothing&) -> Result<LabelList> { return LabelList{view(label_keys())}; });
  router.put<SetWording, LabelView>("/api/label-texts/{key}/{language}", {.permission = "label.edit", .summary = "Gives a label another wording in one language", .tag = tag}, [this, view](const Actor& actor, const SetWording& in) -> Result<LabelView> {
    MANDATE_TRY(set(actor, in.key, in.language, in.wording));
    return view({in.key}).front();
  });
  router.remove<WordingPlace, LabelView>("/api/label-texts/{key}/{language}", {.permission = "label.edit", .summary = "Puts a label's original wording back", .tag = tag}, [this, view](const Actor& actor, const WordingPlace& in) -> Result<LabelView> {
    MANDATE_TRY(reset(actor, in.key, in.language));
    return view({in.key}).front();
  });
}

}  // namespace mandate::labels
