#pragma once

#include <boost/assert/source_location.hpp>

namespace lab {

/// An invariant: what the code believes here. On in release too; prints the belief and aborts.
///
/// For mistakes of ours, never for the user's input or the network. Boost's source_location,
/// because clang 14 has no std:: one.
void check(bool condition,
           const char* belief,
           boost::source_location where = BOOST_CURRENT_LOCATION);

} // namespace lab
