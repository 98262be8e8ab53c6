// What changed, as an Atom feed by RFC 4287. Pure.
#pragma once

#include "kernel/actor.hpp"
#include "kernel/date.hpp"

#include <string>
#include <vector>

namespace mandate::feeds {

struct PublicChange {
  std::int64_t id = 0;  // of the event: the same for ever
  Instant at;
  std::string title;
  std::string text;
  std::string path;  // of the public page
};

struct AtomHead {
  std::string title;
  std::string author;
  Language language = Language::zh_tw;
  std::string base;  // "https://host"
  std::string host;  // without its port: part of ids, which outlive addresses
  std::string self;  // path and query of the feed itself
};

std::string atom_text(const AtomHead& head, const std::vector<PublicChange>& changes);

}  // namespace mandate::feeds
