// Where the readers of notices stop them: one page with one button, and the one-click request that a mail reader sends for them (RFC 8058). No sign-in:
// the mark in the address is made by us alone and can do nothing but this.
#include "platform/mail/post_office.hpp"

MANDATE_EMBEDDED(platform_mail)

namespace mandate::mail {
namespace {

std::string token_of(const http::Call& call) {
  const auto found = call.request.query.find("t");
  return found == call.request.query.end() ? "" : found->second;
}

}  // namespace

void PostOffice::add_pages(http::Router& router) {
  http::add_templates(embedded::platform_mail);
  router.page("/mail/unsubscribe", {.permission = "open", .summary = "Stops notices by mail, with a button", .tag = "mail"}, [this](const http::Call& call) -> Result<http::Page> {
    const auto token = token_of(call);
    if (!account_of_token(token)) return fault(FaultKind::not_found, "mail.unsubscribe_unknown");
    const auto t = [&](const char* key) { return i18n::text(key, call.actor.language); };
    return http::Page{surroundings_.page(call, t("mail.unsubscribe_title"), "unsubscribe.html", [&](http::Values& v) {
      v.set("HEADING", t("mail.unsubscribe_title")).set("DETAIL", t("mail.unsubscribe_detail"));
      v.section("FORM").set("ACTION", "/mail/unsubscribe?t=" + http::percent_encode(token)).set("BUTTON", t("mail.unsubscribe_button"));
    }), 200};
  });
  router.raw("POST", "/mail/unsubscribe", {.permission = "open", .summary = "Stops notices by mail", .tag = "mail", .body_max = 4096, .cross_origin = true}, [this](const http::Call& call) {
    const auto t = [&](const char* key) { return i18n::text(key, call.actor.language); };
    http::Response response;
    response.content_type = "text/html; charset=utf-8";
    const auto account = account_of_token(token_of(call));
    if (account) {
      (void)database_.write([&](db::Session& s) -> Result<> {
        stop_notices(s, *account);
        return done();
      }).ok();
    } else {
      response.status = 404;
    }
    const char* title = account ? "mail.unsubscribed_title" : "fault.not_found";
    response.body = surroundings_.page(call, t(title), "unsubscribe.html", [&](http::Values& v) {
      v.set("HEADING", t(title)).set("DETAIL", t(account ? "mail.unsubscribed_detail" : "mail.unsubscribe_unknown"));
    });
    return response;
  });
}

}  // namespace mandate::mail
