// What the city does by itself, and how often.
#include "app/city.hpp"
#include "app/storage.hpp"

namespace mandate::app {

void City::add_jobs() {
  constexpr std::int64_t day = 86'400;
  jobs.every("duties.extend_series", day, [this](Instant) -> Result<> {
    MANDATE_TRY(duties.extend_series(identity::system_actor(*clock), clock->today()));
    return done();
  });
  // An hour: a cycle opens in the night before its day. In slices of their own transactions.
  jobs.every("tracking.run_cycles", 3'600, [this](Instant) { return tracking.run_cycles(identity::system_actor(*clock)); }, true);
  jobs.every("http.forget_idempotency", day, [this](Instant now) -> Result<> {
    return database->write([&](db::Session& s) -> Result<> {
      s.execute("DELETE FROM idempotency WHERE at < ?", now.plus_seconds(-3 * day));  // kept for 72 hours
      return done();
    });
  });
  jobs.every("identity.forget_sessions", day, [this](Instant now) -> Result<> {
    return database->write([&](db::Session& s) -> Result<> {
      s.execute("DELETE FROM session WHERE expires_at < ?", now.plus_seconds(-30 * day));
      s.execute("DELETE FROM sign_in_failure WHERE since < ?", now.plus_seconds(-day));
      s.execute("DELETE FROM reset_request WHERE asked_at < ?", now.plus_seconds(-30 * day));
      return done();
    });
  });
  jobs.every("mail.forget", day, [this](Instant) -> Result<> {
    mail.forget_old();
    return done();
  }, true);
  jobs.every("identity.answer_reset_requests", 60, [this](Instant) { return identity.answer_reset_requests(identity::system_actor(*clock)); });
  attachments.add_jobs(jobs);
  imports.add_jobs(jobs);
  jobs.every("collaboration.forget_presence", day, [this](Instant now) { return collaboration.forget_old(now); });
  // Rungs are of days; an hour is soon enough for a duty that was made late. Each manages its own transactions.
  jobs.every("chasing.run", 3'600, [this](Instant now) -> Result<> {
    chasing.run(now);
    return done();
  }, true);
  jobs.every("notices.mail", 20, [this](Instant now) -> Result<> {
    notices.send_due(now);
    return done();
  }, true);
  jobs.every("notices.forget", day, [this](Instant now) -> Result<> {
    return database->write([&](db::Session& s) -> Result<> {
      notices.forget_read(s, now.plus_seconds(-400 * day));  // a year, and the time in which a year is closed
      return done();
    });
  });
  // Each reader's report is made and queued in a transaction of its own, once a period.
  jobs.every("reports.send", 600, [this](Instant now) -> Result<> {
    report_schedules.send_due(now);
    return done();
  }, true);
  jobs.every("jobs.forget_done", day, [this](Instant now) -> Result<> {
    while (*database->write([&](db::Session& s) -> Result<std::int64_t> { return jobs::Jobs::forget_done(s, now.plus_seconds(-90 * day), 500); }) > 0) {
    }
    return done();
  }, true);
  // Reads the whole database: outside of any transaction.
  jobs.every("system.measure", day, [this](Instant) { return measure_storage(*this); }, true);
  // Reads the whole log: outside of any transaction, and harmless when run twice.
  jobs.every("audit.verify", day, [this](Instant) -> Result<> {
    audit.verify();
    return done();
  }, true);
}

}  // namespace mandate::app
