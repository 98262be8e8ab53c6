#include "platform/mail/imap.hpp"

#include <curl/curl.h>
#include <stdexcept>

namespace mandate::mail {
namespace {

constexpr std::size_t mail_max = 256 * 1024;

std::size_t keep(char* data, std::size_t size, std::size_t count, void* out) {
  auto& text = *static_cast<std::string*>(out);
  if (text.size() + size * count > 2 * mail_max) return 0;
  text.append(data, size * count);
  return size * count;
}

}  // namespace

ImapClient::ImapClient(const ImapSettings& settings) : settings_(settings), handle_(curl_easy_init()) {
  if (handle_ == nullptr) throw std::runtime_error("libcurl gives no handle");
}
ImapClient::~ImapClient() { curl_easy_cleanup(handle_); }

std::optional<std::string> ImapClient::ask(const std::string& url, const std::string& request) {
  std::string answer;
  auto* h = handle_;
  curl_easy_reset(h);  // the connection stays
  curl_easy_setopt(h, CURLOPT_URL, url.c_str());
  curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "imap,imaps");
  curl_easy_setopt(h, CURLOPT_USE_SSL, CURLUSESSL_ALL);
  curl_easy_setopt(h, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  if (!settings_.ca_file.empty()) curl_easy_setopt(h, CURLOPT_CAINFO, settings_.ca_file.c_str());
  curl_easy_setopt(h, CURLOPT_USERNAME, settings_.user.c_str());
  curl_easy_setopt(h, CURLOPT_PASSWORD, settings_.password.c_str());
  curl_easy_setopt(h, CURLOPT_PROXY, "");
  curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, static_cast<long>(settings_.connect_seconds));
  curl_easy_setopt(h, CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(settings_.stall_seconds));
  curl_easy_setopt(h, CURLOPT_TIMEOUT, static_cast<long>(settings_.connect_seconds + 2 * settings_.stall_seconds));
  curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, keep);
  curl_easy_setopt(h, CURLOPT_WRITEDATA, &answer);
  if (!request.empty()) curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, request.c_str());
  if (curl_easy_perform(h) != CURLE_OK) return std::nullopt;
  return answer;
}

std::optional<std::vector<std::string>> ImapClient::list_new() {
  const auto answer = ask(settings_.url, "UID SEARCH UNANSWERED");
  if (!answer) return std::nullopt;
  std::vector<std::string> uids;
  constexpr std::size_t at_once = 100;
  auto at = answer->find("* SEARCH");
  if (at == std::string::npos) return uids;
  at += 8;
  while (at < answer->size() && uids.size() < at_once) {
    const char c = (*answer)[at];
    if (c == ' ') {
      uids.emplace_back();
    } else if (c >= '0' && c <= '9' && !uids.empty()) {
      uids.back() += c;
    } else {
      break;
    }
    ++at;
  }
  std::erase(uids, "");
  return uids;
}

std::optional<std::string> ImapClient::fetch(const std::string& uid) { return ask(settings_.url + "/;UID=" + uid + "/;PARTIAL=0." + std::to_string(mail_max), ""); }
bool ImapClient::mark_read(const std::string& uid) { return ask(settings_.url, "UID STORE " + uid + " +FLAGS (\\Seen \\Answered)").has_value(); }

}  // namespace mandate::mail
