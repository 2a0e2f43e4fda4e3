#pragma once

namespace lab::http {

/// Where does a run of allowed bytes end?  Sixteen bytes a step where the machine has SSE2.
///
/// Each returns the first byte in [first, last) that does not belong, or `last`; none reads beyond
/// `last`. The twins in `scalar` give the same answers a byte at a time: the portable path, and
/// what tests and fuzzer hold the fast ones against.
[[nodiscard]] const char* tokenEnd(const char* first, const char* last); ///< Class Token.
[[nodiscard]] const char* pathEnd(const char* first, const char* last);  ///< Class Path.
[[nodiscard]] const char* valueEnd(const char* first, const char* last); ///< Class Value.

namespace scalar {

[[nodiscard]] const char* tokenEnd(const char* first, const char* last);
[[nodiscard]] const char* pathEnd(const char* first, const char* last);
[[nodiscard]] const char* valueEnd(const char* first, const char* last);

} // namespace scalar
} // namespace lab::http
