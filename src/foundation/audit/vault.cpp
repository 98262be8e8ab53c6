// Keys, personal values and checkpoints: everything of the audit log that is secret or signed.
#include "foundation/audit/api.hpp"
#include "foundation/audit/leaf.hpp"
#include "platform/digest/secrets.hpp"
#include "platform/log/log.hpp"

#include <fcntl.h>
#include <fstream>
#include <sodium.h>
#include <sstream>
#include <unistd.h>

namespace mandate::audit {
namespace {

std::string commitment(const std::string& field, std::string_view salt_and_value) { return digest::sha256_hex(field + "\n" + std::string(salt_and_value)); }

Checkpoint read_line(const std::string& line) {
  Checkpoint c;
  try {
    const auto object = boost::json::parse(line).as_object();
    c.size = object.at("size").as_int64();
    c.root = object.at("root").as_string().c_str();
    c.at = Instant{object.at("at").as_int64()};
    c.key_id = object.at("key").as_string().c_str();
    c.signature = object.at("signature").as_string().c_str();
  } catch (const std::exception&) {
    c.size = -1;
  }
  return c;
}

std::vector<Checkpoint> read_outside(const std::filesystem::path& path) {
  std::vector<Checkpoint> out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) out.push_back(read_line(line));
  }
  return out;
}

constexpr std::size_t salt_size = 16;

}  // namespace

Audit::Audit(db::Database& database, const Clock& clock, std::filesystem::path keys, std::filesystem::path outside) : database_(database), clock_(clock), outside_(std::move(outside)), keys_(std::move(keys)) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
  master_key_ = digest::key_file(keys_ / "master.key", digest::random_key);
  signing_key_ = digest::key_file(keys_ / "signing.key", [] {
    std::string secret(crypto_sign_SECRETKEYBYTES, '\0');
    std::string open(crypto_sign_PUBLICKEYBYTES, '\0');
    crypto_sign_keypair(reinterpret_cast<unsigned char*>(open.data()), reinterpret_cast<unsigned char*>(secret.data()));
    return secret;
  });
  if (master_key_.size() != crypto_secretbox_KEYBYTES || signing_key_.size() != crypto_sign_SECRETKEYBYTES) throw std::runtime_error("a key file in " + keys_.string() + " has the wrong length");
  public_key_ = signing_key_.substr(crypto_sign_SEEDBYTES);  // libsodium keeps the public half behind the seed
  key_id_ = digest::sha256_hex(public_key_).substr(0, 16);
  // Every public key this place has trusted: a checkpoint signed by another is refused, whatever the database says.
  digest::key_file(keys_ / "trusted" / (key_id_ + ".pub"), [this] { return public_key_; });
  std::filesystem::create_directories(outside_.parent_path());
}

std::string Audit::person_key(db::Session& session, std::int64_t person_id, bool make) {
  const auto wrapped = session.find<std::string>("SELECT wrapped_key FROM person_key WHERE person_id = ?", person_id);
  if (wrapped) return digest::unseal(*wrapped, master_key_).value_or("");
  if (!make) return "";
  const std::string key = digest::random_key();
  session.execute("INSERT INTO person_key (person_id, wrapped_key, created_at) VALUES (?, ?, ?)", person_id, digest::seal(key, master_key_), clock_.now());
  return key;
}

std::string Audit::keep(db::Session& session, std::int64_t event_id, const db::PersonalValue& value) {
  const auto key = person_key(session, value.person_id, true);
  if (key.empty()) throw std::runtime_error("a person's key cannot be opened with this master key");
  std::string plain(salt_size, '\0');
  randombytes_buf(plain.data(), salt_size);
  plain += value.value;
  session.execute("INSERT INTO personal_value (event_id, field, person_id, sealed) VALUES (?, ?, ?, ?)", event_id, value.field, value.person_id, digest::seal(plain, key));
  return commitment(value.field, plain);
}

struct SealedRow {
  std::int64_t event_id = 0;
  std::string field;
  std::int64_t person_id = 0;
  std::string sealed;
};
BOOST_DESCRIBE_STRUCT(SealedRow, (), (event_id, field, person_id, sealed))

std::optional<std::string> Audit::open_value(db::Session& session, std::int64_t event_id, const std::string& field) {
  const auto row = session.find<SealedRow>("SELECT event_id, field, person_id, sealed FROM personal_value WHERE event_id = ? AND field = ?", event_id, field);
  if (!row) return std::nullopt;
  const auto key = person_key(session, row->person_id, false);
  if (key.empty()) return std::nullopt;
  const auto plain = digest::unseal(row->sealed, key);
  if (!plain) return std::nullopt;
  return plain->substr(salt_size);
}

Result<> Audit::erase_person(const Actor& actor, std::int64_t person_id, const std::string& reason) {
  if (reason.empty()) return field_fault("reason", "input.required");
  return database_.write([&](db::Session& s) -> Result<> {
    if (s.execute("DELETE FROM person_key WHERE person_id = ?", person_id) == 0) return fault(FaultKind::not_found, "audit.no_person");
    s.execute("INSERT INTO person_erasure (person_id, erased_at, erased_by, reason) VALUES (?, ?, ?, ?)", person_id, actor.now, actor.account_id, reason);
    db::append_event(s, {actor.now, actor.account_id, "person.erased", "person", person_id, "{}", {}});
    return done();
  });
}

void Audit::seal() {
  const std::lock_guard lock(sealing_);
  database_.sequence_events();
  const auto last_size = database_.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COALESCE(MAX(size), 0) FROM audit_checkpoint"); });
  MerkleRange range;
  if (last_size > 0) {
    const auto peaks = database_.read([&](db::Session& s) { return s.value<std::string>("SELECT peaks FROM audit_checkpoint WHERE size = ?", last_size); });
    if (!MerkleRange::from_text(static_cast<std::uint64_t>(last_size), peaks, range)) {
      log::error("audit_checkpoint_damaged", {{"size", static_cast<long>(last_size)}});
      return;
    }
  }
  while (true) {
    const auto events = database_.read([&](db::Session& s) { return db::list_events(s, static_cast<std::int64_t>(range.size()), 2000); });
    for (const auto& event : events) {
      if (event.position != static_cast<std::int64_t>(range.size()) + 1) {
        log::error("audit_gap", {{"position", static_cast<long>(event.position)}});
        return;
      }
      range.append(leaf_of(event));
    }
    if (events.size() < 2000) break;
  }
  if (static_cast<std::int64_t>(range.size()) > last_size) {
    Checkpoint c;
    c.size = static_cast<std::int64_t>(range.size());
    c.root = digest::hex(range.root());
    c.at = clock_.now();
    c.key_id = key_id_;
    std::string signature(crypto_sign_BYTES, '\0');
    const auto text = signed_text(c);
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, reinterpret_cast<const unsigned char*>(text.data()), text.size(), reinterpret_cast<const unsigned char*>(signing_key_.data()));
    c.signature = digest::hex(signature);
    (void)database_.write([&](db::Session& s) -> Result<> {
      // Another process may have sealed the same size; either is as good.
      s.execute("INSERT INTO audit_checkpoint (size, root, at, key_id, signature, peaks) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (size) DO NOTHING", c.size, c.root, c.at, c.key_id, c.signature, range.peaks_text());
      return done();
    }).ok();
  }
  copy_outside();
}

void Audit::copy_outside() {
  std::int64_t known = 0;
  for (const auto& c : read_outside(outside_)) known = std::max(known, c.size);
  const auto missing = database_.read([&](db::Session& s) { return s.list<Checkpoint>("SELECT size, root, at, key_id, signature FROM audit_checkpoint WHERE size > ? ORDER BY size", known); });
  if (missing.empty()) return;
  std::string lines;
  for (const auto& c : missing) {
    lines += boost::json::serialize(boost::json::object{{"size", c.size}, {"root", c.root}, {"at", c.at.micros}, {"key", c.key_id}, {"signature", c.signature}}) + "\n";
  }
  const int fd = ::open(outside_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const bool written = fd >= 0 && ::write(fd, lines.data(), lines.size()) == static_cast<ssize_t>(lines.size()) && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (!written) log::error("audit_outside_unwritable", {{"path", outside_.string()}});
}

VerifyReport Audit::verify() {
  VerifyReport report;
  database_.sequence_events();
  // Checkpoints from both places; a size may stand in both, and both must hold.
  struct Expected {
    Checkpoint checkpoint;
    const char* where;
  };
  std::multimap<std::int64_t, Expected> expected;
  for (auto& c : database_.read([](db::Session& s) { return s.list<Checkpoint>("SELECT size, root, at, key_id, signature FROM audit_checkpoint ORDER BY size"); })) expected.emplace(c.size, Expected{c, "in the database"});
  for (auto& c : read_outside(outside_)) {
    if (c.size < 0) {
      report.faults.push_back("a line of the outside file is not readable");
    } else {
      expected.emplace(c.size, Expected{c, "outside"});
    }
  }
  for (const auto& [size, e] : expected) {
    std::ifstream in(keys_ / "trusted" / (e.checkpoint.key_id + ".pub"));
    std::string key_hex;
    std::getline(in, key_hex);
    const auto key = digest::from_hex(key_hex);
    const auto signature = digest::from_hex(e.checkpoint.signature);
    const auto text = signed_text(e.checkpoint);
    if (key.size() != crypto_sign_PUBLICKEYBYTES || signature.size() != crypto_sign_BYTES ||
        crypto_sign_verify_detached(reinterpret_cast<const unsigned char*>(signature.data()), reinterpret_cast<const unsigned char*>(text.data()), text.size(), reinterpret_cast<const unsigned char*>(key.data())) != 0) {
      report.faults.push_back("checkpoint of " + std::to_string(size) + " events (" + e.where + "): the signature is not by a trusted key");
    }
  }
  MerkleRange range;
  std::int64_t good_up_to = 0;
  auto next = expected.begin();
  while (next != expected.end() && next->first == 0) ++next;
  bool gap_told = false;
  while (true) {
    const auto after = static_cast<std::int64_t>(range.size());
    const auto events = database_.read([&](db::Session& s) { return db::list_events(s, after, 2000); });
    for (const auto& event : events) {
      if (event.position != static_cast<std::int64_t>(range.size()) + 1 && !gap_told) {
        report.faults.push_back("position " + std::to_string(range.size() + 1) + ": the event is missing (the next one is " + std::to_string(event.position) + ")");
        gap_told = true;
      }
      range.append(leaf_of(event));
      for (; next != expected.end() && next->first == static_cast<std::int64_t>(range.size()); ++next) {
        ++report.checkpoints;
        if (next->second.checkpoint.root != digest::hex(range.root())) {
          report.faults.push_back("events " + std::to_string(good_up_to + 1) + " to " + std::to_string(next->first) + ": changed, removed or reordered since the checkpoint " + std::string(next->second.where) + " of " +
                                  taipei_time_text(next->second.checkpoint.at));
        } else if (report.faults.empty()) {
          good_up_to = next->first;
        }
      }
    }
    if (events.size() < 2000) break;
    if (gap_told) break;  // positions no longer tell where to read on
  }
  report.size = static_cast<std::int64_t>(range.size());
  report.root = digest::hex(range.root());
  if (!gap_told && next != expected.end()) {
    report.faults.push_back("the log has " + std::to_string(report.size) + " events, but the checkpoint " + std::string(next->second.where) + " of " + taipei_time_text(next->second.checkpoint.at) + " counted " +
                            std::to_string(expected.rbegin()->first) + ": events were cut off or an older state of the database was put back");
  }
  // Personal values against their commitments, where the key still exists.
  database_.read([&](db::Session& s) {
    std::map<std::int64_t, std::string> keys;
    std::int64_t last_event = 0;
    std::string last_field;
    while (true) {
      const auto rows = s.list<SealedRow>("SELECT event_id, field, person_id, sealed FROM personal_value WHERE event_id > ? OR (event_id = ? AND field > ?) ORDER BY event_id, field LIMIT 1000", last_event, last_event, last_field);
      for (const auto& row : rows) {
        last_event = row.event_id;
        last_field = row.field;
        if (keys.find(row.person_id) == keys.end()) keys[row.person_id] = person_key(s, row.person_id, false);
        const auto& key = keys[row.person_id];
        if (key.empty()) {
          if (s.value<std::int64_t>("SELECT COUNT(*) FROM person_erasure WHERE person_id = ?", row.person_id) == 0) report.faults.push_back("event " + std::to_string(row.event_id) + ": the key of a person is gone without an erasure");
          ++report.erased;
          continue;
        }
        const auto plain = digest::unseal(row.sealed, key);
        const auto commitments = s.value<std::string>("SELECT commitments FROM event WHERE id = ?", row.event_id);
        if (!plain || commitments.find(row.field + ":" + commitment(row.field, *plain)) == std::string::npos) report.faults.push_back("event " + std::to_string(row.event_id) + ": the personal value " + row.field + " was changed");
      }
      if (rows.size() < 1000) return 0;
    }
  });
  (void)database_.write([&](db::Session& s) -> Result<> {
    s.execute("INSERT INTO audit_verification (at, size, good, report) VALUES (?, ?, ?, ?) ON CONFLICT (at) DO NOTHING", clock_.now(), report.size, report.good() ? 1 : 0, report.good() ? std::string() : report.faults.front().substr(0, 400));
    return done();
  }).ok();
  return report;
}

}  // namespace mandate::audit
