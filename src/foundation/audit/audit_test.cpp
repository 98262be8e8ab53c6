#include "foundation/audit/api.hpp"
#include "foundation/audit/leaf.hpp"
#include "platform/db/store_test.hpp"

#include <fstream>

MANDATE_EMBEDDED(platform_db)

using namespace mandate;
using namespace mandate::audit;

namespace {

std::vector<db::MigrationSet> sets() { return {db::migrations_of("platform_db", embedded::platform_db), audit_migrations()}; }

struct Place {
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("mandate-audit-" + std::to_string(next_id()));
  ~Place() { std::filesystem::remove_all(folder); }
};

struct Fixture {
  db::Database& database;
  Place place;
  FakeClock clock{*Instant::parse("2023-03-07T01:00:00Z")};
  Audit audit{database, clock, place.folder / "keys", place.folder / "outside" / "checkpoints.txt"};

  explicit Fixture(db::Database& d) : database(d) { db::set_personal_vault(&audit); }
  ~Fixture() { db::set_personal_vault(nullptr); }
  void add(int count, const std::string& person_name = "") {
    for (int i = 0; i < count; ++i) {
      REQUIRE(database.write([&](db::Session& s) -> Result<> {
        db::NewEvent event{clock.now(), 1, "thing.made", "thing", i, "{\"n\":" + std::to_string(i) + "}", {}};
        if (!person_name.empty()) event.personal.push_back({77, "name", person_name});
        db::append_event(s, event);
        return done();
      }).ok());
    }
  }
  void tamper(const std::string& sql) {
    REQUIRE(database.write([&](db::Session& s) -> Result<> {
      s.script(sql);
      return done();
    }).ok());
  }
  bool complains(const std::string& words) {
    const auto report = audit.verify();
    for (const auto& one : report.faults) {
      if (one.find(words) != std::string::npos) return true;
    }
    for (const auto& one : report.faults) MESSAGE(one);
    return false;
  }
};

std::vector<Hash> leaves(int n) {
  std::vector<Hash> out;
  for (int i = 0; i < n; ++i) out.push_back(leaf_hash("entry " + std::to_string(i)));
  return out;
}

}  // namespace

TEST_CASE("roots, and proofs of inclusion and consistency for every size up to 40") {
  // RFC 9162's own values: the empty tree, and one leaf of no bytes.
  CHECK(digest::hex(MerkleRange().root()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(digest::hex(leaf_hash("")) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  std::vector<Hash> roots;
  MerkleRange range;
  const auto all = leaves(40);
  for (int n = 1; n <= 40; ++n) {
    range.append(all[static_cast<std::size_t>(n - 1)]);
    roots.push_back(range.root());
    const std::vector<Hash> some(all.begin(), all.begin() + n);
    for (int i = 0; i < n; ++i) {
      const auto at = static_cast<std::uint64_t>(i);
      auto proof = inclusion_proof(some, at);
      CHECK(verify_inclusion(some[at], at, some.size(), proof, range.root()));
      CHECK_FALSE(verify_inclusion(leaf_hash("other"), at, some.size(), proof, range.root()));
      if (!proof.empty()) {
        proof[0][0] ^= 1;
        CHECK_FALSE(verify_inclusion(some[at], at, some.size(), proof, range.root()));
      }
    }
    for (int old = 1; old <= n; ++old) {
      const auto proof = consistency_proof(some, static_cast<std::uint64_t>(old));
      CHECK(verify_consistency(static_cast<std::uint64_t>(old), some.size(), proof, roots[static_cast<std::size_t>(old - 1)], range.root()));
      if (old < n) CHECK_FALSE(verify_consistency(static_cast<std::uint64_t>(old), some.size(), proof, leaf_hash("x"), range.root()));
    }
  }
  MerkleRange again;
  REQUIRE(MerkleRange::from_text(range.size(), range.peaks_text(), again));
  CHECK(again.root() == range.root());
  CHECK_FALSE(MerkleRange::from_text(39, range.peaks_text(), again));
}

TEST_CASE("an untouched log verifies, sealed in several steps") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    f.add(5);
    f.audit.seal();
    f.add(12);
    f.audit.seal();
    f.audit.seal();
    const auto report = f.audit.verify();
    CHECK(report.good());
    CHECK(report.size == 17);
    CHECK(report.checkpoints == 4);  // two sizes, each in both places
  });
}

TEST_CASE("every kind of tampering is found") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    f.add(5);
    f.audit.seal();
    f.add(5);
    f.audit.seal();
    REQUIRE(f.audit.verify().good());
    SUBCASE("edit of the data") {
      f.tamper("UPDATE event SET data = '{\"n\":99}' WHERE position = 8");
      CHECK(f.complains("events 6 to 10"));
    }
    SUBCASE("edit of who and when") {
      f.tamper("UPDATE event SET actor_id = 2 WHERE position = 3");
      CHECK(f.complains("events 1 to 5"));
    }
    SUBCASE("delete in the middle") {
      f.tamper("DELETE FROM event WHERE position = 4");
      CHECK(f.complains("position 4: the event is missing"));
    }
    SUBCASE("delete and close the gap") {
      f.tamper("DELETE FROM event WHERE position = 4");
      for (int p = 5; p <= 10; ++p) f.tamper("UPDATE event SET position = " + std::to_string(p - 1) + " WHERE position = " + std::to_string(p));
      CHECK(f.complains("events 1 to 5"));
    }
    SUBCASE("reorder") {
      f.tamper("UPDATE event SET position = 1000 WHERE position = 7");
      f.tamper("UPDATE event SET position = 7 WHERE position = 8");
      f.tamper("UPDATE event SET position = 8 WHERE position = 1000");
      CHECK(f.complains("events 6 to 10"));
    }
    SUBCASE("truncation, with the checkpoints in the database cut to fit") {
      f.tamper("DELETE FROM event WHERE position > 5");
      f.tamper("DELETE FROM audit_checkpoint WHERE size > 5");
      CHECK(f.complains("the log has 5 events"));
    }
    SUBCASE("rollback to an older state, and life goes on from there") {
      f.tamper("DELETE FROM event WHERE position > 5");
      f.tamper("DELETE FROM audit_checkpoint WHERE size > 5");
      f.add(8);
      f.audit.seal();
      CHECK(f.complains("since the checkpoint outside"));
    }
    SUBCASE("insertion") {
      f.tamper("UPDATE event SET position = position + 1000 WHERE position > 3");
      f.tamper("UPDATE event SET position = position - 999 WHERE position > 1000");
      f.tamper("INSERT INTO event (id, position, at, actor_id, kind, record_kind, record_id, data, salt, commitments) VALUES (5, 4, 1, 1, 'thing.made', 'thing', 1, '{}', '', '')");
      CHECK(f.complains("events 1 to 5"));
    }
    SUBCASE("a checkpoint rewritten without the key") {
      f.tamper("UPDATE audit_checkpoint SET root = '00' WHERE size = 5");
      CHECK(f.complains("not by a trusted key"));
    }
    SUBCASE("the outside file rewritten without the key") {
      std::ofstream(f.place.folder / "outside" / "checkpoints.txt") << "{\"size\":10,\"root\":\"00\",\"at\":1,\"key\":\"" << f.audit.key_id() << "\",\"signature\":\"00\"}\n";
      CHECK(f.complains("not by a trusted key"));
    }
  });
}

TEST_CASE("erasing a person's key erases the values everywhere and the log still verifies") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    f.add(3, "王小明");
    f.audit.seal();
    const auto id = database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT id FROM event WHERE position = 2"); });
    CHECK(database.read([&](db::Session& s) { return f.audit.open_value(s, id, "name"); }) == "王小明");
    // Nowhere in the clear.
    CHECK(database.read([](db::Session& s) { return s.value<std::string>("SELECT data || salt || commitments FROM event WHERE position = 2"); }).find("王小明") == std::string::npos);
    CHECK(database.read([](db::Session& s) { return s.value<std::string>("SELECT sealed FROM personal_value LIMIT 1"); }).find("王小明") == std::string::npos);
    Actor actor;
    actor.account_id = 5;
    actor.now = f.clock.now();
    CHECK_FALSE(f.audit.erase_person(actor, 77, "").ok());
    REQUIRE(f.audit.erase_person(actor, 77, "當事人請求刪除").ok());
    CHECK_FALSE(database.read([&](db::Session& s) { return f.audit.open_value(s, id, "name"); }));
    f.audit.seal();
    const auto report = f.audit.verify();
    CHECK(report.good());
    CHECK(report.erased == 3);
    CHECK_FALSE(f.audit.erase_person(actor, 77, "again").ok());
  });
}

TEST_CASE("a changed personal value is found, and so is a key that vanished without an erasure") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    f.add(2, "王小明");
    f.audit.seal();
    SUBCASE("value exchanged") {
      f.tamper("UPDATE personal_value SET sealed = (SELECT MAX(sealed) FROM personal_value)");
      CHECK(f.complains("was changed"));
    }
    SUBCASE("key deleted") {
      f.tamper("DELETE FROM person_key");
      CHECK(f.complains("gone without an erasure"));
    }
  });
}
