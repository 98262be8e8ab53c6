// What a mail says, before it is text, HTML or MIME: other modules write letters and never a line of any of these.
#pragma once

#include "kernel/actor.hpp"
#include "platform/http/json.hpp"

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

namespace mandate::mail {

struct LetterRow {
  std::string label;
  std::string value;
};
BOOST_DESCRIBE_STRUCT(LetterRow, (), (label, value))

// A file that goes along; kept elsewhere and asked for when the mail leaves (Surroundings::file).
struct LetterFile {
  std::string key;   // what the keeper knows it by
  std::string name;  // may be Chinese
  std::string type;  // MIME
};
BOOST_DESCRIBE_STRUCT(LetterFile, (), (key, name, type))

struct Letter {
  std::string subject;
  std::vector<std::string> paragraphs;
  std::vector<LetterRow> rows;  // "期限：112/03/07", shown as a short table
  std::string action_label;     // "" for no button
  std::string action_path;      // below the public address: "/console/duties/7"
  std::vector<LetterFile> files = {};
};
BOOST_DESCRIBE_STRUCT(Letter, (), (subject, paragraphs, rows, action_label, action_path, files))

// One mail to be queued: to an account, whose address is asked for when the mail leaves, or to an address.
struct NewMail {
  std::string kind;  // "duty.reminder": which sort of mail, in the list of unsent mail
  std::int64_t account_id = 0;
  std::optional<std::string> address;
  Language language = Language::zh_tw;
  Letter letter;
  bool notice = false;  // one that its reader may stop: it carries List-Unsubscribe
  std::string record_kind;  // what it is about: "duty" and its id, or "" and 0
  std::int64_t record_id = 0;
};

std::string letter_text(const Letter& letter);  // as it is stored
std::optional<Letter> letter_from_text(const std::string& text);

// What stands around every letter.
struct LetterFrame {
  Language language = Language::zh_tw;
  std::string public_url;       // "" leaves the button out
  std::string unsubscribe_url;  // "" for a mail that cannot be stopped
};
std::string text_of(const Letter& letter, const LetterFrame& frame);
std::string html_of(const Letter& letter, const LetterFrame& frame);

}  // namespace mandate::mail
