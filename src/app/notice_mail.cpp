#include "app/notice_mail.hpp"

#include "app/city.hpp"

namespace mandate::app {

void set_notice_mail(City& city) {
  const notices::Mailer mailer = [&city](db::Session& session, const std::vector<notices::MailDraft>& drafts, Instant) {
    std::vector<mail::NewMail> mails;
    for (const auto& draft : drafts) {
      mail::NewMail out;
      out.kind = draft.chase ? "notice.chase" : "notice.digest";
      out.account_id = draft.account_id;
      out.language = draft.language;
      out.notice = !draft.chase;
      out.letter.subject = draft.subject;
      for (const auto& line : draft.lines) out.letter.paragraphs.push_back(line.text);
      if (!draft.closing.empty()) out.letter.paragraphs.push_back(draft.closing);
      out.letter.action_label = i18n::text("notice.mail_action", draft.language);
      out.letter.action_path = "/console" + (draft.lines.size() == 1 && !draft.lines.front().place.empty() ? draft.lines.front().place : std::string("/notices"));
      mails.push_back(std::move(out));
    }
    city.mail.queue(session, mails);
  };
  city.notices.set_mailer(mailer);
  city.chasing.set_mailer(mailer);
  city.notices.on_mail_wanted([&city](db::Session& session, std::int64_t account) { city.mail.allow_notices(session, account); });
}

}  // namespace mandate::app
