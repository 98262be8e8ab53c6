// The inspectors of each family; inspect.cpp asks the one that fits.
#pragma once

#include "platform/files/bytes.hpp"
#include "platform/files/inspect.hpp"

namespace mandate::files {

// "image/png" and its like by the file's first bytes; "" for no picture.
std::string picture_type(Bytes& bytes);
Result<Inspection> inspect_picture(Bytes& bytes, const std::string& type, const InspectLimits& limits);
// ZIP, and office documents, which are ZIP inside.
Result<Inspection> inspect_archive(const std::filesystem::path& path, Bytes& bytes, const InspectLimits& limits);
Result<Inspection> inspect_pdf(const std::filesystem::path& path, Bytes& bytes, const InspectLimits& limits);
// No sign that a text does not hold. libmagic is asked only about what is not UTF-8: it takes some Chinese texts for programs by their first bytes.
Result<Inspection> inspect_text(Bytes& bytes, bool known_as_text);

// A refusal that names the file's fault.
inline Fault refused(std::string key, MessageArgs args = {}) { return fault(FaultKind::invalid, std::move(key), std::move(args)); }
inline Fault broken_file() { return refused("file.broken"); }
inline Fault polyglot() { return refused("file.polyglot"); }

}  // namespace mandate::files
