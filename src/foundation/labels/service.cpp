#include "foundation/labels/api.hpp"
#include "platform/db/events.hpp"

MANDATE_EMBEDDED(foundation_labels)

namespace mandate::labels {
namespace {

struct Stamp {
  std::int64_t count = 0;
  std::int64_t last = 0;
};
BOOST_DESCRIBE_STRUCT(Stamp, (), (count, last))

std::string stamp_of(db::Session& s) {
  const auto stamp = s.value<Stamp>("SELECT COUNT(*), COALESCE(MAX(id), 0) FROM label_text");
  return std::to_string(stamp.count) + "-" + std::to_string(stamp.last);
}

bool known(const std::string& key) { return std::find(label_keys().begin(), label_keys().end(), key) != label_keys().end(); }

}  // namespace

db::MigrationSet label_migrations() { return db::migrations_of("foundation_labels", embedded::foundation_labels); }

void Labels::load() {
  auto next = std::make_shared<Loaded>();
  i18n::Wordings wordings;
  boost::json::object zh;
  boost::json::object en;
  database_.read([&](db::Session& s) {
    next->stamp = stamp_of(s);
    for (const auto& row : s.list<LabelRow>("SELECT id, label_key, language, wording, recorded_at, recorded_by, superseded_at FROM label_text WHERE superseded_at IS NULL AND wording IS NOT NULL ORDER BY label_key")) {
      if (!known(row.label_key)) continue;  // of a program that had more labels
      const bool english = row.language == "en";
      (english ? en : zh)[row.label_key] = *row.wording;
      wordings[{row.label_key, english ? Language::en : Language::zh_tw}] = *row.wording;
    }
    return 0;
  });
  next->json = boost::json::serialize(boost::json::object{{"zh-TW", std::move(zh)}, {"en", std::move(en)}});
  i18n::use_wordings(std::move(wordings));
  const std::lock_guard lock(mutex_);
  loaded_ = std::move(next);
}

// Another process may have changed them.
std::shared_ptr<const Labels::Loaded> Labels::current() {
  const auto stamp = database_.read([](db::Session& s) { return stamp_of(s); });
  {
    const std::lock_guard lock(mutex_);
    if (loaded_ && loaded_->stamp == stamp) return loaded_;
  }
  load();
  const std::lock_guard lock(mutex_);
  return loaded_;
}

Result<> Labels::write(const Actor& actor, const std::string& key, const std::string& language, const std::optional<std::string>& wording) {
  if (!known(key)) return fault(FaultKind::not_found, "label.not_found");
  if (language != "zh-TW" && language != "en") return field_fault("language", "input.expected_choice", {{"choices", "zh-TW, en"}});
  auto written = database_.write([&](db::Session& s) -> Result<> {
    const auto now = s.find<LabelRow>("SELECT id, label_key, language, wording, recorded_at, recorded_by, superseded_at FROM label_text WHERE label_key = ? AND language = ? AND superseded_at IS NULL", key, language);
    if ((now ? now->wording : std::nullopt) == wording) return fault(FaultKind::conflict, "label.unchanged");
    if (now) s.execute("UPDATE label_text SET superseded_at = ? WHERE id = ?", actor.now, now->id);
    s.execute("INSERT INTO label_text (id, label_key, language, wording, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?)", next_id(), key, language, wording, actor.now, actor.account_id);
    boost::json::object data{{"key", key}, {"language", language}};
    if (wording) data["wording"] = *wording;
    if (wording) {
      db::append_event(s, {actor.now, actor.account_id, "label.set", "label", 0, boost::json::serialize(data), {}});
    } else {
      db::append_event(s, {actor.now, actor.account_id, "label.reset", "label", 0, boost::json::serialize(data), {}});
    }
    return done();
  });
  return written;
}

Result<> Labels::set(const Actor& actor, const std::string& key, const std::string& language, std::string_view wording) {
  MANDATE_ASSIGN(const auto text, checked_wording(wording));
  MANDATE_TRY(write(actor, key, language, text));
  load();
  return done();
}

Result<> Labels::reset(const Actor& actor, const std::string& key, const std::string& language) {
  MANDATE_TRY(write(actor, key, language, std::nullopt));
  load();
  return done();
}

}  // namespace mandate::labels
