#include "platform/mail/post_office.hpp"

#include "platform/db/store_test.hpp"
#include "platform/digest/digest.hpp"

#include <fstream>
#include <sstream>

MANDATE_EMBEDDED(platform_db)

using namespace mandate;
using namespace mandate::mail;

namespace {

std::vector<db::MigrationSet> sets() { return {db::migrations_of("platform_db", embedded::platform_db), mail_migrations()}; }

struct Office {
  explicit Office(db::Database& d) : database(d), keys(std::filesystem::temp_directory_path() / ("mandate-mail-keys-" + std::to_string(next_id()))), office(d, clock, keys, settings()) {
    Surroundings around;
    around.addresses_of = [this](const std::vector<std::int64_t>& accounts) {
      Addresses out;
      for (const auto account : accounts) {
        if (addresses.count(account) == 1) out[account] = addresses.at(account);
      }
      return out;
    };
    office.set_surroundings(around);
    actor.account_id = 5;
    actor.now = clock.now();
  }
  ~Office() { std::filesystem::remove_all(keys); }
  static MailSettings settings() {
    MailSettings s;
    // A port that nothing listens on.
    s.smtp = SmtpSettings{"smtp://127.0.0.1:9", Tls::none, {}, "", "", 2, 2};
    s.from = {"", "duties@example.gov.tw"};
    s.domain = "example.gov.tw";
    s.public_url = "https://x.example";
    return s;
  }
  NewMail to(std::int64_t account, bool notice = false) const {
    NewMail mail;
    mail.kind = "duty.reminder";
    mail.account_id = account;
    mail.notice = notice;
    mail.letter.subject = "王小明的事項即將到期";
    mail.record_kind = "duty";
    mail.record_id = 7;
    return mail;
  }
  std::int64_t queue(const NewMail& mail) {
    std::int64_t id = 0;
    REQUIRE(database.write([&](db::Session& s) -> Result<> {
      id = office.queue(s, mail);
      return done();
    }).ok());
    return id;
  }
  StoredMail find(std::int64_t id) {
    return *database.read([&](db::Session& s) { return MailStore::find(s, id); });
  }
  std::vector<MailStep> steps(std::int64_t id) {
    return database.read([&](db::Session& s) { return MailStore::history(s, id); });
  }
  // As a process that took the mail and lets the server's answer decide.
  bool settle(std::int64_t owner, std::int64_t id, MailState state, MailEvent what, const MailError& error) {
    bool mine = false;
    REQUIRE(database.write([&](db::Session& s) -> Result<> {
      mine = MailStore::settle(s, find(id), owner, state, what, error, clock.now(), clock.now(), "key-of-" + std::to_string(id));
      return done();
    }).ok());
    return mine;
  }
  std::vector<StoredMail> lease(std::int64_t owner, int limit = 20) {
    std::vector<StoredMail> rows;
    REQUIRE(database.write([&](db::Session& s) -> Result<> {
      rows = MailStore::lease(s, owner, clock.now(), clock.now().plus_seconds(600), limit);
      return done();
    }).ok());
    return rows;
  }

  db::Database& database;
  FakeClock clock{Instant{1'000'000'000'000'000}};
  std::filesystem::path keys;
  std::map<std::int64_t, std::string> addresses{{1, "one@example.org"}, {2, "two@example.org"}};
  PostOffice office;
  Actor actor;
};

}  // namespace

TEST_CASE("a mail is queued with what it is about or not at all, and nothing personal can be read in the table") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Office o(database);
    const auto refused = database.write([&](db::Session& s) -> Result<> {
      o.office.queue(s, o.to(1));
      return fault(FaultKind::conflict, "duty.not_open");
    });
    CHECK(!refused.ok());
    CHECK(database.read([](db::Session& s) { return MailStore::count(s).waiting; }) == 0);
    auto mail = o.to(0);
    mail.address = "wang@example.org";
    const auto id = o.queue(mail);
    const auto stored = o.find(id);
    CHECK(stored.recipient->find("wang") == std::string::npos);
    CHECK(stored.content.find("王小明") == std::string::npos);
    CHECK(digest::from_hex(stored.content).find("王小明") == std::string::npos);
    CHECK(o.office.address_of(stored) == "wang@example.org");
    CHECK(o.office.open(o.actor, id)->letter.subject == "王小明的事項即將到期");
    CHECK_THROWS_AS((void)database.write([&](db::Session& s) -> Result<> {
      o.office.queue(s, o.to(0));
      return done();
    }),
                    std::invalid_argument);
  });
}

TEST_CASE("ten thousand mails are queued in one transaction, each once") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Office o(database);
    std::vector<NewMail> mails(10'003, o.to(1));
    const auto before = database.counts().statements;
    REQUIRE(database.write([&](db::Session& s) -> Result<> {
      CHECK(o.office.queue(s, mails).size() == mails.size());
      return done();
    }).ok());
    CHECK(database.counts().statements - before < 300);  // 200 of fifty rows and 3 of one
    CHECK(database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(DISTINCT id) FROM mail WHERE state = 'waiting'"); }) == 10'003);
    CHECK(database.read([](db::Session& s) { return MailStore::count(s).waiting; }) == counted_max);
  });
}

TEST_CASE("one process at a time has a mail, and what a process left behind is taken over after its lease") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Office o(database);
    for (int i = 0; i < 60; ++i) o.queue(o.to(1));
    std::vector<std::vector<StoredMail>> taken(3);
    std::vector<std::thread> processes;
    for (int p = 0; p < 3; ++p) {
      processes.emplace_back([&, p] {
        (void)database.write([&](db::Session& s) -> Result<> {
          taken[p] = MailStore::lease(s, 100 + p, o.clock.now(), o.clock.now().plus_seconds(600), 20);
          return done();
        }).ok();
      });
    }
    for (auto& p : processes) p.join();
    std::set<std::int64_t> ids;
    for (const auto& rows : taken) {
      CHECK(rows.size() == 20);
      for (const auto& row : rows) ids.insert(row.id);
    }
    CHECK(ids.size() == 60);
    CHECK(o.lease(200).empty());
    o.clock.set(o.clock.now().plus_seconds(599));
    CHECK(o.lease(200).empty());
    o.clock.set(o.clock.now().plus_seconds(1));
    const auto again = o.lease(200);
    REQUIRE(again.size() == 20);
    CHECK(o.steps(again[0].id).at(0).what == MailEvent::interrupted);
    // The first owner comes back too late: the mail is no longer its own.
    CHECK(!o.settle(100, again[0].id, MailState::sent, MailEvent::sent, {}));
    CHECK(o.find(again[0].id).state == MailState::sending);
    CHECK(o.settle(200, again[0].id, MailState::sent, MailEvent::sent, {}));
    CHECK(o.find(again[0].id).state == MailState::sent);
  });
}

TEST_CASE("a server that is away costs one connection, not one for each mail, and nothing is lost") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Office o(database);
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 50; ++i) ids.push_back(o.queue(o.to(1)));
    CHECK(o.office.send_due() == 0);
    const auto tried = [&] {
      std::int64_t count = 0;
      for (const auto id : ids) count += o.find(id).attempts;
      return count;
    };
    CHECK(tried() == 1);
    CHECK(o.office.send_due() == 0);
    CHECK(tried() == 1);
    const auto server = database.read([](db::Session& s) { return MailStore::server(s); });
    CHECK(server.error_key == "unreachable");
    CHECK(server.down_since == o.clock.now());
    // A day at the longest pace: a try each quarter of an hour, all mails still waiting.
    for (int minute = 0; minute < 24 * 60; minute += 5) {
      o.clock.set(o.clock.now().plus_seconds(300));
      o.office.send_due();
    }
    CHECK(tried() >= 90);
    CHECK(tried() <= 100);
    CHECK(database.read([](db::Session& s) { return MailStore::count(s).waiting; }) == 50);
  });
}

TEST_CASE("a mail without an address, to a wrong one, or to one that came back waits for a person") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Office o(database);
    const auto nobody = o.queue(o.to(9));
    o.addresses[3] = "not an address";
    const auto wrong = o.queue(o.to(3));
    o.office.send_due();
    CHECK(o.find(nobody).state == MailState::failed);
    CHECK(o.find(nobody).error_key == "no_address");
    CHECK(o.find(wrong).error_key == "bad_address");
    CHECK(o.office.mend(o.actor, wrong, "still not one").fault().fields.at(0).key == "mail.not_an_address");
    CHECK(o.office.mend(o.actor, wrong, "").fault().fields.at(0).key == "input.required");
    REQUIRE(o.office.mend(o.actor, wrong, "right@example.org").ok());
    CHECK(o.find(wrong).state == MailState::waiting);
    CHECK(o.office.address_of(o.find(wrong)) == "right@example.org");
    CHECK(o.office.resend(o.actor, 12345).fault().key == "mail.not_found");
    REQUIRE(o.office.resend(o.actor, nobody).ok());
    CHECK(o.office.give_up(o.actor, nobody, "").fault().fields.at(0).path == "reason");
    REQUIRE(o.office.give_up(o.actor, nobody, "離職").ok());
    CHECK(o.find(nobody).state == MailState::cancelled);
    CHECK(o.office.give_up(o.actor, nobody, "離職").fault().key == "mail.ended_already");
    CHECK(database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM event WHERE record_kind = 'mail'"); }) == 3);
  });
}

TEST_CASE("a bounce is believed only under a Message-ID of ours, makes a dead letter, and the address is doubted until a person resends") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Office o(database);
    const auto id = o.queue(o.to(1));
    const auto message_id = o.office.message_id(id);
    CHECK(o.office.message_id(id) == message_id);
    CHECK(o.office.mail_of_message_id(message_id) == id);
    CHECK(!o.office.mail_of_message_id(std::to_string(id) + ".00112233445566778899aabbccddeeff@example.gov.tw"));
    CHECK(!o.office.mail_of_message_id(std::to_string(id)));
    CHECK(!o.office.mail_of_message_id(""));
    const auto note = [&](bool permanent, std::int64_t code) {
      return *database.write([&](db::Session& s) -> Result<bool> { return MailStore::note_bounce(s, id, permanent, {"bounced", Step::end, code}, o.clock.now()); });
    };
    CHECK(!note(true, 511));  // it has not left yet
    REQUIRE(o.lease(100).size() == 1);
    REQUIRE(o.settle(100, id, MailState::sent, MailEvent::sent, {}));
    CHECK(note(false, 447));
    CHECK(o.find(id).state == MailState::sent);
    CHECK(note(true, 511));
    CHECK(!note(true, 511));
    CHECK(o.find(id).state == MailState::failed);
    CHECK(o.find(id).bounced_at == o.clock.now());
    const auto doubted = [&] { return database.read([&](db::Session& s) { return MailStore::doubtful(s, "key-of-" + std::to_string(id)); }); };
    CHECK(doubted());
    CHECK(database.read([](db::Session& s) { return MailStore::count(s).bounced; }) == 1);
    REQUIRE(o.office.resend(o.actor, id).ok());
    CHECK(!doubted());
    CHECK(o.find(id).state == MailState::waiting);
    std::vector<MailEvent> what;
    for (const auto& step : o.steps(id)) what.push_back(step.what);
    CHECK(what == std::vector<MailEvent>{MailEvent::sent, MailEvent::delayed, MailEvent::bounced, MailEvent::resent});
  });
}

TEST_CASE("all mails of a filter are sent again at once, and no others") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Office o(database);
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 6; ++i) ids.push_back(o.queue(o.to(1)));
    o.lease(100);
    for (int i = 0; i < 6; ++i) o.settle(100, ids[i], MailState::failed, MailEvent::failed, {i < 4 ? "recipient_refused" : "content_refused", Step::recipient, 550});
    CHECK(*o.office.resend_all(o.actor, MailFilter::failed, "content_refused") == 2);
    CHECK(database.read([](db::Session& s) { return MailStore::list(s, MailFilter::failed, "recipient_refused", std::numeric_limits<std::int64_t>::max(), 10); }).size() == 4);
    CHECK(o.find(ids[5]).attempts == 0);
    CHECK(o.steps(ids[5]).back().actor_id == 5);
    CHECK(*o.office.resend_all(o.actor, MailFilter::failed, "") == 4);
    CHECK(o.office.resend_all(o.actor, MailFilter::failed, "").fault().key == "mail.none_to_resend");
    CHECK(o.office.resend_all(o.actor, MailFilter::sent, "").fault().fields.at(0).path == "state");
  });
}

TEST_CASE("who stopped notices gets none, but everything else; the mark in the link is ours alone") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Office o(database);
    const auto token = o.office.unsubscribe_token(1);
    CHECK(o.office.account_of_token(token) == 1);
    CHECK(!o.office.account_of_token("2" + token.substr(1)));
    CHECK(!o.office.account_of_token(token.substr(0, token.size() - 1)));
    REQUIRE(database.write([&](db::Session& s) -> Result<> {
      o.office.stop_notices(s, 1);
      o.office.stop_notices(s, 1);
      return done();
    }).ok());
    const auto notice = o.queue(o.to(1, true));
    const auto other = o.queue(o.to(1, false));
    o.office.send_due();
    CHECK(o.find(notice).state == MailState::cancelled);
    CHECK(o.find(notice).error_key == "unsubscribed");
    CHECK(o.find(other).error_key == "unreachable");
    REQUIRE(database.write([&](db::Session& s) -> Result<> {
      o.office.allow_notices(s, 1);
      return done();
    }).ok());
    CHECK(!database.read([&](db::Session& s) { return o.office.notices_stopped(s, 1); }));
  });
}

TEST_CASE("what has left is forgotten after its days, what failed is kept") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Office o(database);
    const auto sent = o.queue(o.to(1));
    const auto failed = o.queue(o.to(1));
    o.lease(100);
    o.settle(100, sent, MailState::sent, MailEvent::sent, {});
    o.settle(100, failed, MailState::failed, MailEvent::failed, {"recipient_refused", Step::recipient, 550});
    o.clock.set(o.clock.now().plus_seconds(180 * 86'400));
    CHECK(o.office.forget_old() == 0);
    o.clock.set(o.clock.now().plus_seconds(1));
    CHECK(o.office.forget_old() == 1);
    CHECK(o.steps(sent).empty());
    CHECK(o.find(failed).state == MailState::failed);
  });
}

TEST_CASE("with another key no mail is opened and none leaves") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Office o(database);
    const auto id = o.queue(o.to(1));
    const auto other_keys = o.keys / "other";
    PostOffice other(database, o.clock, other_keys, Office::settings());
    other.send_due();
    CHECK(o.find(id).error_key == "unreadable");
    CHECK(other.open(o.actor, id).fault().key == "mail.unreadable");
  });
}
