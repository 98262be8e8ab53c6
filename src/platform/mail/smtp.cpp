#include "platform/mail/smtp.hpp"

#include <curl/curl.h>

namespace mandate::mail {

// What is known of one transfer. The step and the code are taken from the conversation itself: libcurl's own last code may be that of its QUIT.
struct SmtpClient::Talk {
  CURL* handle = nullptr;
  const std::atomic<bool>* stopping = nullptr;
  std::optional<std::chrono::steady_clock::time_point> asked_to_stop;
  std::string_view rest;  // of the message
  bool all_sent = false;
  bool leaving = false;
  Step step = Step::connect;
  std::int64_t code = 0;
};

namespace {

constexpr auto grace = std::chrono::seconds(5);  // for the mail in hand when the program stops

std::size_t read_message(char* to, std::size_t size, std::size_t count, void* talk_pointer) {
  auto& talk = *static_cast<SmtpClient::Talk*>(talk_pointer);
  const auto length = std::min(size * count, talk.rest.size());
  std::copy_n(talk.rest.data(), length, to);
  talk.rest.remove_prefix(length);
  if (length == 0) talk.all_sent = true;
  return length;
}

int follow(CURL*, curl_infotype type, char* data, std::size_t size, void* talk_pointer) {
  auto& talk = *static_cast<SmtpClient::Talk*>(talk_pointer);
  const std::string_view line(data, size);
  if (talk.leaving) return 0;
  if (type == CURLINFO_HEADER_OUT) {
    const auto begins = [&](std::string_view word) { return line.substr(0, word.size()) == word; };
    if (begins("QUIT")) {
      talk.leaving = true;
      return 0;
    }
    talk.code = 0;
    if (begins("EHLO") || begins("HELO")) talk.step = Step::hello;
    if (begins("STARTTLS")) talk.step = Step::starttls;
    if (begins("AUTH")) talk.step = Step::sign_in;
    if (begins("MAIL ")) talk.step = Step::sender;
    if (begins("RCPT ")) talk.step = Step::recipient;
    if (begins("DATA")) talk.step = Step::content;
  } else if (type == CURLINFO_DATA_OUT) {
    talk.code = 0;
  } else if (type == CURLINFO_HEADER_IN && size >= 3 && std::all_of(data, data + 3, [](char c) { return c >= '0' && c <= '9'; })) {
    talk.code = (data[0] - '0') * 100 + (data[1] - '0') * 10 + (data[2] - '0');
  }
  return 0;
}

int may_go_on(void* talk_pointer, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& talk = *static_cast<SmtpClient::Talk*>(talk_pointer);
  if (!*talk.stopping) return 0;
  if (!talk.asked_to_stop) talk.asked_to_stop = std::chrono::steady_clock::now();
  return std::chrono::steady_clock::now() - *talk.asked_to_stop > grace ? 1 : 0;
}

Outcome outcome_of(CURLcode result, const SmtpClient::Talk& talk) {
  switch (result) {
    case CURLE_OK: return judge(Step::end, 250, Trouble::answered);
    case CURLE_ABORTED_BY_CALLBACK: return judge(talk.step, 0, Trouble::stopped);
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT: return judge(talk.step, 0, Trouble::unreachable);
    case CURLE_OPERATION_TIMEDOUT: return judge(talk.step, 0, Trouble::time_out);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CONNECT_ERROR: return judge(talk.step, 0, Trouble::certificate);
    case CURLE_USE_SSL_FAILED: return judge(talk.step, talk.code, Trouble::no_tls);
    // The server may also offer no way to sign in at all.
    case CURLE_LOGIN_DENIED: return judge(Step::sign_in, talk.code >= 400 ? talk.code : 535, Trouble::answered);
    default: return talk.code >= 400 ? judge(talk.step, talk.code, Trouble::answered) : judge(talk.step, 0, Trouble::dropped);
  }
}

}  // namespace

SmtpClient::SmtpClient(const SmtpSettings& settings, std::string domain, const std::atomic<bool>& stopping) : settings_(settings), domain_(std::move(domain)), stopping_(stopping) {
  static const auto started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) throw std::runtime_error("libcurl cannot start");
}
SmtpClient::~SmtpClient() { close(); }

void SmtpClient::close() {
  if (!talk_) return;
  talk_->leaving = true;
  curl_easy_cleanup(talk_->handle);  // says QUIT
  talk_.reset();
}

Outcome SmtpClient::send(const std::string& from, const std::string& to, const std::string& wire) {
  for (bool first = true;; first = false) {
    if (!talk_) {
      talk_ = std::make_unique<Talk>();
      talk_->handle = curl_easy_init();
      if (talk_->handle == nullptr) throw std::runtime_error("libcurl gives no handle");
      auto* h = talk_->handle;
      curl_easy_setopt(h, CURLOPT_URL, (settings_.url + "/" + domain_).c_str());
      curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
      curl_easy_setopt(h, CURLOPT_USE_SSL, settings_.tls == Tls::none ? CURLUSESSL_NONE : CURLUSESSL_ALL);
      curl_easy_setopt(h, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
      if (!settings_.ca_file.empty()) curl_easy_setopt(h, CURLOPT_CAINFO, settings_.ca_file.c_str());
      if (!settings_.user.empty()) {
        curl_easy_setopt(h, CURLOPT_USERNAME, settings_.user.c_str());
        curl_easy_setopt(h, CURLOPT_PASSWORD, settings_.password.c_str());
      }
      curl_easy_setopt(h, CURLOPT_PROXY, "");  // of the environment: made for the web
      curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
      curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, static_cast<long>(settings_.connect_seconds));
      curl_easy_setopt(h, CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(settings_.stall_seconds));
      curl_easy_setopt(h, CURLOPT_LOW_SPEED_LIMIT, 1L);
      curl_easy_setopt(h, CURLOPT_LOW_SPEED_TIME, static_cast<long>(settings_.stall_seconds));
      curl_easy_setopt(h, CURLOPT_UPLOAD, 1L);
      curl_easy_setopt(h, CURLOPT_READFUNCTION, read_message);
      curl_easy_setopt(h, CURLOPT_READDATA, talk_.get());
      curl_easy_setopt(h, CURLOPT_VERBOSE, 1L);
      curl_easy_setopt(h, CURLOPT_DEBUGFUNCTION, follow);
      curl_easy_setopt(h, CURLOPT_DEBUGDATA, talk_.get());
      curl_easy_setopt(h, CURLOPT_NOPROGRESS, 0L);
      curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, may_go_on);
      curl_easy_setopt(h, CURLOPT_XFERINFODATA, talk_.get());
      talk_->stopping = &stopping_;
    }
    talk_->rest = wire;
    talk_->all_sent = false;
    talk_->step = Step::connect;
    talk_->code = 0;
    talk_->asked_to_stop.reset();
    curl_slist* recipients = curl_slist_append(nullptr, to.c_str());
    curl_easy_setopt(talk_->handle, CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(talk_->handle, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(talk_->handle, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(wire.size()));
    const auto result = curl_easy_perform(talk_->handle);
    curl_slist_free_all(recipients);
    const auto outcome = outcome_of(result, *talk_);
    if (outcome.verdict == Verdict::sent) return outcome;
    long made = 0;
    curl_easy_getinfo(talk_->handle, CURLINFO_NUM_CONNECTS, &made);
    const bool all_sent = talk_->all_sent;
    close();
    // A connection kept open may have been closed by the server meanwhile, which says nothing of the server: once more on a new one. Not when the
    // whole message was on its way: it may have arrived.
    if (first && made == 0 && !all_sent && outcome.verdict == Verdict::server) continue;
    return outcome;
  }
}

}  // namespace mandate::mail
