// From notices to mails: one mail a person and a time, of all that waits then and was not read meanwhile.
#include "foundation/notices/service.hpp"

namespace mandate::notices {
namespace {

constexpr int people_at_once = 200;
constexpr std::size_t lines_max = 50;

}  // namespace

void Notices::stop_mail(db::Session& s, std::int64_t account_id, Instant now) {
  const auto stored = parts_->store.find_preferences(s, account_id);
  auto preferences = stored ? stored->rules() : Preferences{};
  preferences.task = preferences.mention = preferences.change = MailMode::none;
  parts_->store.set_preferences(s, account_id, preferences, now);
}

std::int64_t Notices::send_due(Instant now) {
  auto& p = *parts_;
  std::int64_t queued = 0;
  while (true) {
    // A look first: most of the time nothing is due, and a read costs no commit.
    if (p.database.read([&](db::Session& s) { return p.store.list_due(s, now, 1); }).empty()) return queued;
    std::int64_t mails = 0;
    std::size_t people = 0;
    const auto result = p.database.write([&](db::Session& s) -> Result<> {
      const auto due = p.store.list_due(s, now, people_at_once);
      people = due.size();
      if (due.empty()) return done();
      std::vector<WaitingMail> waiting;
      const auto rows = p.store.list_waiting(s, due, waiting);
      const auto lines = p.lines_of(s, rows);
      const auto book = p.identity.accounts(s);
      std::map<std::pair<std::int64_t, std::int64_t>, const StoredNotice*> by_number;
      for (const auto& row : rows) by_number[{row.account_id, row.seq}] = &row;
      std::map<std::pair<std::int64_t, MailMode>, std::vector<const StoredNotice*>> mails_of;
      for (const auto& one : waiting) {
        const auto found = by_number.find({one.account_id, one.seq});
        // What was read on the screen needs no mail; a chase does, it is a formal reminder.
        if (found != by_number.end() && (!found->second->read_at || found->second->category == Category::chase)) mails_of[{one.account_id, one.mode}].push_back(found->second);
      }
      std::vector<MailDraft> drafts;
      for (const auto& [who, some] : mails_of) {
        if (book->find(who.first) == nullptr) continue;  // the account was closed meanwhile
        const auto reader = p.identity.reader(*book, who.first, now);
        MailDraft draft;
        draft.account_id = who.first;
        draft.language = reader.language;
        for (const auto* row : some) {
          const auto words = p.in_words(s, reader, *row, lines);
          if (words.hidden) continue;
          if (draft.lines.size() == lines_max) {
            draft.closing = i18n::text("notice.mail_more", reader.language, {{"count", std::to_string(some.size() - lines_max)}});
            break;
          }
          std::string text = words.record ? words.record->number + " " + words.record->title + (reader.language == Language::en ? ": " : "：") + words.text : words.text;
          if (words.instead_of) text = i18n::text("notice.instead_of", reader.language, {{"name", *words.instead_of}}) + text;
          draft.lines.push_back({std::move(text), words.place});
        }
        if (draft.lines.empty()) continue;
        draft.chase = std::any_of(some.begin(), some.end(), [](const auto* row) { return row->category == Category::chase; });
        const auto count = std::to_string(some.size());
        if (some.size() == 1) {
          draft.subject = i18n::text(draft.chase ? "notice.mail_subject_chase_one" : "notice.mail_subject_one", reader.language);
        } else {
          draft.subject = i18n::text(who.second == MailMode::single ? (draft.chase ? "notice.mail_subject_chase" : "notice.mail_subject") : who.second == MailMode::daily ? "notice.mail_subject_daily" : "notice.mail_subject_weekly", reader.language,
                                     {{"count", count}});
        }
        drafts.push_back(std::move(draft));
      }
      if (mailer_ && !drafts.empty()) mailer_(s, drafts, now);
      p.store.remove_due(s, due);
      mails = static_cast<std::int64_t>(drafts.size());
      return done();
    });
    if (!result.ok()) throw std::runtime_error("notices could not be made into mails: " + result.fault().key);
    queued += mails;
    if (people < static_cast<std::size_t>(people_at_once)) return queued;
  }
}

}  // namespace mandate::notices
