#include "foundation/labels/api.hpp"

#include "platform/db/store_test.hpp"

MANDATE_EMBEDDED(platform_db)

using namespace mandate;
using namespace mandate::labels;

namespace {

std::vector<db::MigrationSet> sets() { return {db::migrations_of("platform_db", embedded::platform_db), label_migrations()}; }

void say_messages() {
  static const std::vector<i18n::Message> own = {{"role.handler", "承辦人", "Handler"}, {"test.sentence", "由{who}辦理", "Done by {who}"}};
  static const bool once = [] {
    i18n::add(own);
    return true;
  }();
  (void)once;
}

}  // namespace

TEST_CASE("a wording is one short line of plain text") {
  CHECK(*checked_wording("  承辦同仁　") == "承辦同仁");
  CHECK(*checked_wording("<b>R&D</b>") == "<b>R&D</b>");
  std::string longest;
  for (int i = 0; i < 40; ++i) longest += "字";
  CHECK(checked_wording(longest).ok());
  CHECK(checked_wording(longest + "字").fault().fields.at(0).key == "input.too_long");
  for (const char* bad : {"", "   ", "　"}) CHECK(checked_wording(bad).fault().fields.at(0).key == "input.required");
  for (const char* bad : {"a\nb", "a\tb", "{who}", "a}", "a\xE2\x80\x8B" "b", "\xE2\x80\xAE" "ab", "a\xE2\x80\xA8" "b", "\xFF"}) CHECK_MESSAGE(checked_wording(bad).fault().fields.at(0).key == "label.plain_text", bad);
}

TEST_CASE("a label reads as an administrator wrote it, in that language alone, until the original is put back") {
  say_messages();
  db::testing::on_both(sets(), [](db::Database& database) {
    Labels labels(database);
    labels.load();
    Actor actor;
    actor.account_id = 5;
    actor.now = Instant{1'000'000'000'000};
    CHECK(i18n::text("role.handler", Language::zh_tw) == "承辦人");
    REQUIRE(labels.set(actor, "role.handler", "zh-TW", "承辦同仁").ok());
    CHECK(i18n::text("role.handler", Language::zh_tw) == "承辦同仁");
    CHECK(i18n::text("role.handler", Language::en) == "Handler");
    CHECK(i18n::text("test.sentence", Language::zh_tw, {{"who", i18n::text("role.handler", Language::zh_tw)}}) == "由承辦同仁辦理");
    CHECK(labels.set(actor, "role.handler", "zh-TW", "承辦同仁 ").fault().key == "label.unchanged");
    CHECK(labels.set(actor, "input.required", "zh-TW", "隨便").fault().key == "label.not_found");
    CHECK(labels.set(actor, "role.handler", "fr", "x").fault().fields.at(0).path == "language");
    CHECK(labels.reset(actor, "role.handler", "en").fault().key == "label.unchanged");
    // A process that starts later knows it too.
    Labels other(database);
    i18n::use_wordings({});
    CHECK(i18n::text("role.handler", Language::zh_tw) == "承辦人");
    other.load();
    CHECK(i18n::text("role.handler", Language::zh_tw) == "承辦同仁");
    REQUIRE(labels.reset(actor, "role.handler", "zh-TW").ok());
    CHECK(i18n::text("role.handler", Language::zh_tw) == "承辦人");
    CHECK(database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM label_text"); }) == 2);
    CHECK(database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM event WHERE record_kind = 'label'"); }) == 2);
  });
}

TEST_CASE("two administrators who word one label at once leave one wording, and both in the history") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Labels labels(database);
    std::vector<std::thread> people;
    std::atomic<int> good{0};
    for (int i = 0; i < 6; ++i) {
      people.emplace_back([&, i] {
        Actor actor;
        actor.account_id = i + 1;
        actor.now = Instant{1'000'000'000'000 + i};
        if (labels.set(actor, "nav.duties", "en", "Work " + std::to_string(i)).ok()) ++good;
      });
    }
    for (auto& one : people) one.join();
    CHECK(good == 6);
    CHECK(database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM label_text WHERE superseded_at IS NULL"); }) == 1);
    CHECK(database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM label_text"); }) == 6);
  });
  i18n::use_wordings({});
}
