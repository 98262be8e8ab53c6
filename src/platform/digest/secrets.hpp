// What is kept sealed and what is signed: keys in files of the data's `keys` folder, values in a secret box, and marks that only the key's owner
// can make.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace mandate::digest {

// The file's bytes, made with `make` when there is none yet; written so that a crash leaves a whole file or none. Throws std::runtime_error that
// says what is wrong with the file.
std::string key_file(const std::filesystem::path& path, const std::function<std::string()>& make);
std::string random_key();  // for seal and keyed_hash

// In hexadecimal. The same value sealed twice looks different.
std::string seal(std::string_view plain, const std::string& key);
std::optional<std::string> unseal(std::string_view sealed, const std::string& key);

// 32 hexadecimal digits that nobody makes without the key. The purpose keeps a mark made for one thing from counting for another.
std::string keyed_hash(std::string_view purpose, std::string_view text, const std::string& key);
bool same_text(std::string_view a, std::string_view b);  // in a time that does not tell where they differ

}  // namespace mandate::digest
