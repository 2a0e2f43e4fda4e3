#pragma once

#include <source_location>

namespace lab {

/// An invariant: what the code believes here. On in release too; prints the belief and aborts.
///
/// For mistakes of ours, never for the user's input or the network.
void check(bool condition,
           const char* belief,
           std::source_location where = std::source_location::current());

} // namespace lab
