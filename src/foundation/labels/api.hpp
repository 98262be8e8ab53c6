// Other wordings for a fixed list of labels (用語): roles, origins, states, lateness, severities and names of the menu. An administrator gives them in
// either language; the console and what the server says follow at once, and the original can be put back.
#pragma once

#include "kernel/actor.hpp"
#include "kernel/result.hpp"
#include "platform/clock/clock.hpp"
#include "platform/db/database.hpp"
#include "platform/db/migrations.hpp"
#include "platform/http/router.hpp"
#include "platform/i18n/messages.hpp"

#include <functional>

namespace mandate::labels {

inline constexpr std::size_t wording_max = 40;  // characters: a label stands in a menu, a table's cell or a button

// In the order of the screen: "role.handler", "nav.duties" ...
const std::vector<std::string>& label_keys();
// The wording as it is kept: one line of plain text. Markup is not refused, because nothing that shows a label takes it for markup; braces are, because
// sentences fill them.
Result<std::string> checked_wording(std::string_view input);

struct LabelRow {
  std::int64_t id = 0;
  std::string label_key;
  std::string language;  // "zh-TW" or "en"
  std::optional<std::string> wording;  // none: the original
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::optional<Instant> superseded_at;
};
BOOST_DESCRIBE_STRUCT(LabelRow, (), (id, label_key, language, wording, recorded_at, recorded_by, superseded_at))

class Labels {
 public:
  explicit Labels(db::Database& database) : database_(database) {}
  void set_account_name(std::function<std::string(std::int64_t)> name) { account_name_ = std::move(name); }
  // Reads the wordings and hands them to whatever the server says (i18n). At start, and whenever the stored ones are newer.
  void load();
  Result<> set(const Actor& actor, const std::string& key, const std::string& language, std::string_view wording);
  Result<> reset(const Actor& actor, const std::string& key, const std::string& language);
  void add_routes(http::Router& router);

 private:
  struct Loaded {
    std::string stamp;  // of the rows: any change has another
    std::string json;   // what the console asks for
  };
  std::shared_ptr<const Loaded> current();
  Result<> write(const Actor& actor, const std::string& key, const std::string& language, const std::optional<std::string>& wording);

  db::Database& database_;
  std::function<std::string(std::int64_t)> account_name_ = [](std::int64_t id) { return std::to_string(id); };
  std::mutex mutex_;
  std::shared_ptr<const Loaded> loaded_;
};

db::MigrationSet label_migrations();
const std::vector<i18n::Message>& label_messages();

}  // namespace mandate::labels
