// The part of the post office that talks to the mail server and to the bounce mailbox.
#include "platform/log/log.hpp"
#include "platform/mail/bounce.hpp"
#include "platform/mail/post_office.hpp"

#include <random>

namespace mandate::mail {
namespace {

constexpr int batch_max = 20;
// Longer than a batch's one mail can take; renewed before each mail.
constexpr std::int64_t lease_seconds = 600;
constexpr std::int64_t bounces_every_seconds = 300;

double fraction() {
  thread_local std::mt19937_64 generator{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(generator);
}

}  // namespace

void PostOffice::start() {
  thread_ = std::thread([this] {
    while (!stopping_) {
      try {
        work();
      } catch (const std::exception& e) {
        log::error("mail_fault", {{"reason", e.what()}});
      }
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, std::chrono::seconds(1), [&] { return stopping_.load(); });
    }
  });
}

void PostOffice::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void PostOffice::work() {
  send_due();
  if (!settings_.imap) return;
  const Instant now = clock_.now();
  if (!database_.read([&](db::Session& s) { return MailStore::bounces_due(s, now); })) return;
  const auto mine = database_.write([&](db::Session& s) -> Result<bool> { return MailStore::claim_bounces(s, now, now.plus_seconds(bounces_every_seconds)); });
  if (mine.ok() && *mine) read_bounces();
}

int PostOffice::send_due() {
  if (!settings_.smtp) return 0;
  const std::lock_guard one_burst(sending_);
  int sent = 0;
  std::unique_ptr<SmtpClient> client;
  while (!stopping_) {
    const Instant now = clock_.now();
    const bool due = database_.read([&](db::Session& s) {
      const auto server = MailStore::server(s);
      return (!server.down_until || *server.down_until <= now) && MailStore::any_due(s, now);
    });
    if (!due) break;
    std::vector<StoredMail> batch;
    (void)database_.write([&](db::Session& s) -> Result<> {
      batch = MailStore::lease(s, owner_, now, now.plus_seconds(lease_seconds), batch_max);
      return done();
    }).ok();
    surroundings_.at_step("leased");
    if (!client) client = std::make_unique<SmtpClient>(*settings_.smtp, settings_.domain, stopping_);
    bool go_on = true;
    for (const auto& mail : batch) {
      go_on = !stopping_ && send_one(*client, mail, sent);
      if (!go_on) break;
    }
    if (go_on) continue;
    (void)database_.write([&](db::Session& s) -> Result<> {
      MailStore::give_back(s, owner_, clock_.now());
      return done();
    }).ok();
    break;
  }
  return sent;
}

bool PostOffice::send_one(SmtpClient& client, const StoredMail& mail, int& sent) {
  const Instant now = clock_.now();
  const auto renewed = database_.write([&](db::Session& s) -> Result<bool> { return MailStore::renew(s, mail.id, owner_, now.plus_seconds(lease_seconds)); });
  if (!renewed.ok() || !*renewed) return true;  // another process has it by now
  const auto ready = prepare(mail);
  Outcome outcome;
  if (ready.stopped) {
    (void)database_.write([&](db::Session& s) -> Result<> {
      MailStore::settle(s, mail, owner_, MailState::cancelled, MailEvent::cancelled, {"unsubscribed", Step::none, 0}, now, now, ready.recipient_key);
      return done();
    }).ok();
    return true;
  }
  if (ready.refusal) {
    outcome = {Verdict::dead, *ready.refusal};
  } else {
    outcome = client.send(settings_.from.address, ready.to, ready.wire);
  }
  if (outcome.verdict == Verdict::sent) surroundings_.at_step("accepted");
  // What the server has taken must be written down, or it leaves again: the database may be away for a while.
  for (;;) {
    try {
      if (settle(mail, outcome, ready.recipient_key) && outcome.verdict == Verdict::sent) ++sent;
      break;
    } catch (const db::DbError& e) {
      log::error("mail_not_recorded", {{"mail", static_cast<long>(mail.id)}, {"reason", e.what()}});
      if (stopping_ || clock_.now() > now.plus_seconds(lease_seconds / 2)) throw;
      std::this_thread::sleep_for(std::chrono::seconds(1));
    }
  }
  if (outcome.verdict == Verdict::sent) surroundings_.at_step("recorded");
  return outcome.verdict != Verdict::server && outcome.verdict != Verdict::again;
}

bool PostOffice::settle(const StoredMail& mail, const Outcome& outcome, const std::string& recipient_key) {
  const Instant now = clock_.now();
  const auto policy = surroundings_.policy();
  const auto again_at = now.plus_seconds(back_off_seconds(mail.attempts + 1, fraction()));
  bool mine = false;
  bool news = false;  // one line when the server goes away, not one a probe
  (void)database_.write([&](db::Session& s) -> Result<> {
    switch (outcome.verdict) {
      case Verdict::again:
        return done();  // given back with the rest of the batch
      case Verdict::sent:
        mine = MailStore::settle(s, mail, owner_, MailState::sent, MailEvent::sent, {}, now, now, recipient_key);
        MailStore::server_up(s, now);
        return done();
      case Verdict::dead:
        mine = MailStore::settle(s, mail, owner_, MailState::failed, MailEvent::failed, outcome.error, now, now, recipient_key);
        return done();
      case Verdict::later:
      case Verdict::server: {
        const bool late = too_old(mail.queued_at, now, policy.give_up_hours);
        mine = MailStore::settle(s, mail, owner_, late ? MailState::failed : MailState::waiting, late ? MailEvent::failed : MailEvent::later, outcome.error, now, late ? now : again_at, recipient_key);
        if (outcome.verdict == Verdict::server) {
          const auto known = MailStore::server(s);
          news = known.error_key != outcome.error.key;
          MailStore::server_down(s, outcome.error, now, now.plus_seconds(probe_seconds(known.failures + 1)));
        }
        return done();
      }
    }
    return done();
  }).ok();
  if (news) log::warning("mail_server", {{"error", outcome.error.key}, {"step", boost::describe::enum_to_string(outcome.error.step, "")}, {"code", static_cast<long>(outcome.error.code)}});
  return mine;
}

int PostOffice::read_bounces() {
  if (!settings_.imap) return 0;
  ImapClient mailbox(*settings_.imap);
  const Instant now = clock_.now();
  const auto leave = [&](const std::string& error) {
    (void)database_.write([&](db::Session& s) -> Result<> {
      MailStore::bounces_read(s, now, error);
      return done();
    }).ok();
  };
  const auto uids = mailbox.list_new();
  if (!uids) {
    leave("mailbox_away");
    log::warning("bounce_mailbox", {{"error", "mailbox_away"}});
    return 0;
  }
  int came_back = 0;
  for (const auto& uid : *uids) {
    if (stopping_) break;
    const auto raw = mailbox.fetch(uid);
    if (!raw) {
      leave("mailbox_away");
      return came_back;
    }
    if (const auto bounce = read_bounce(*raw)) {
      for (const auto& one : bounce->message_ids) {
        const auto id = mail_of_message_id(one);
        if (!id) continue;
        const auto noted = database_.write([&](db::Session& s) -> Result<bool> { return MailStore::note_bounce(s, *id, bounce->permanent, {"bounced", Step::end, bounce->code}, now); });
        if (noted.ok() && *noted && bounce->permanent) ++came_back;
        break;
      }
    }
    // Marked after the commit: a bounce that is read twice changes nothing the second time.
    if (!mailbox.mark_read(uid)) {
      leave("mailbox_away");
      return came_back;
    }
  }
  leave("");
  return came_back;
}

std::int64_t PostOffice::forget_old() {
  const auto before = clock_.now().plus_seconds(-surroundings_.policy().keep_days * 86'400);
  std::int64_t count = 0;
  while (!stopping_) {
    const auto some = database_.write([&](db::Session& s) -> Result<std::int64_t> { return MailStore::forget(s, before, 500); });
    if (!some.ok() || *some == 0) break;
    count += *some;
  }
  return count;
}

}  // namespace mandate::mail
