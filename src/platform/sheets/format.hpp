// The kinds of files that tables come and go in.
#pragma once

#include <boost/describe.hpp>

namespace mandate::sheets {

enum class Format { csv, ods, xlsx };
BOOST_DESCRIBE_ENUM(Format, csv, ods, xlsx)

}  // namespace mandate::sheets
