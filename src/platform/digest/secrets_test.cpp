#include "platform/digest/digest.hpp"
#include "platform/digest/secrets.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <sys/stat.h>

using namespace mandate::digest;

TEST_CASE("a sealed value opens under its key alone, and a changed one not at all") {
  const auto folder = std::filesystem::temp_directory_path() / ("mandate-secrets-" + random_hex(8));
  const auto key = key_file(folder / "a.key", random_key);
  CHECK(key_file(folder / "a.key", random_key) == key);
  struct stat info{};
  REQUIRE(::stat((folder / "a.key").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  const auto sealed = seal("王小明", key);
  CHECK(unseal(sealed, key) == "王小明");
  CHECK(seal("王小明", key) != sealed);
  CHECK(!unseal(sealed, random_key()));
  auto changed = sealed;
  changed[60] = changed[60] == '0' ? '1' : '0';
  CHECK(!unseal(changed, key));
  CHECK(!unseal("", key));
  CHECK(unseal(seal("", key), key) == "");
  std::ofstream(folder / "a.key") << "no key\n";
  CHECK_THROWS_AS(key_file(folder / "a.key", random_key), std::runtime_error);
  std::filesystem::remove_all(folder);
}

TEST_CASE("a mark belongs to its purpose, its text and its key") {
  const auto key = random_key();
  const auto mark = keyed_hash("message", "7", key);
  CHECK(mark.size() == 32);
  CHECK(keyed_hash("message", "7", key) == mark);
  CHECK(keyed_hash("unsubscribe", "7", key) != mark);
  CHECK(keyed_hash("message", "8", key) != mark);
  CHECK(keyed_hash("message", "7", random_key()) != mark);
  CHECK(same_text(mark, mark));
  CHECK(!same_text(mark, mark.substr(1)));
}
