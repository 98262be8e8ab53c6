#include "platform/digest/secrets.hpp"

#include "platform/digest/digest.hpp"

#include <fcntl.h>
#include <fstream>
#include <sodium.h>
#include <sstream>
#include <unistd.h>

namespace mandate::digest {
namespace {

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

std::string key_file(const std::filesystem::path& path, const std::function<std::string()>& make) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
  std::ifstream in(path);
  if (in) {
    std::ostringstream text;
    text << in.rdbuf();
    std::string hex_text = text.str();
    while (!hex_text.empty() && hex_text.back() == '\n') hex_text.pop_back();
    auto bytes = from_hex(hex_text);
    if (bytes.empty()) throw std::runtime_error("the key file " + path.string() + " is damaged: put it back from the backup");
    return bytes;
  }
  std::filesystem::create_directories(path.parent_path());
  const auto bytes = make();
  const std::string text = hex(bytes) + "\n";
  const auto part = path.string() + ".part";
  const int fd = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool written = fd >= 0 && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (!written) throw std::runtime_error("cannot write the key file " + path.string());
  std::filesystem::rename(part, path);
  return bytes;
}

std::string random_key() {
  std::string key(crypto_secretbox_KEYBYTES, '\0');
  randombytes_buf(key.data(), key.size());
  return key;
}

std::string seal(std::string_view plain, const std::string& key) {
  std::string out(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.size(), '\0');
  auto* at = bytes_of(out);
  randombytes_buf(at, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(at + crypto_secretbox_NONCEBYTES, bytes_of(plain), plain.size(), at, bytes_of(std::string_view(key)));
  return hex(out);
}

std::optional<std::string> unseal(std::string_view sealed, const std::string& key) {
  const auto box = from_hex(sealed);
  if (box.size() < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES) return std::nullopt;
  std::string plain(box.size() - crypto_secretbox_NONCEBYTES - crypto_secretbox_MACBYTES, '\0');
  const auto* at = bytes_of(std::string_view(box));
  if (crypto_secretbox_open_easy(bytes_of(plain), at + crypto_secretbox_NONCEBYTES, box.size() - crypto_secretbox_NONCEBYTES, at, bytes_of(std::string_view(key))) != 0) return std::nullopt;
  return plain;
}

std::string keyed_hash(std::string_view purpose, std::string_view text, const std::string& key) {
  std::string out(16, '\0');
  const std::string whole = std::string(purpose) + "\n" + std::string(text);
  crypto_generichash(bytes_of(out), out.size(), bytes_of(std::string_view(whole)), whole.size(), bytes_of(std::string_view(key)), key.size());
  return hex(out);
}

bool same_text(std::string_view a, std::string_view b) { return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0; }

}  // namespace mandate::digest
