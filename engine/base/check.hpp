#pragma once

#include <boost/assert/source_location.hpp>

namespace lab {

/// Ends the program: prints which belief was wrong and where, and aborts.
[[noreturn]] void failCheck(const char* belief, boost::source_location where);

/// An invariant: what the code believes here. On in release too; a false one ends the program.
///
/// For mistakes of ours, never for the user's input or the network. Costs one branch. Boost's
/// source_location, because clang 14 has no std:: one.
inline void
check(bool condition, const char* belief, boost::source_location where = BOOST_CURRENT_LOCATION)
{
    if (!condition) [[unlikely]] {
        failCheck(belief, where);
    }
}

} // namespace lab
