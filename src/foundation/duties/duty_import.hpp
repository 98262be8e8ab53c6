// Duties out of files, as a kind of foundation/imports.
#pragma once

#include "foundation/duties/api.hpp"
#include "foundation/imports/api.hpp"

namespace mandate::duties {

imports::Kind duty_import(Duties& duties);

}  // namespace mandate::duties
