#pragma once

#include <string_view>

namespace lab::certificates {

/// Does the password have this hash?  What a door asks for basic authentication.
///
/// The forms that nginx takes from an htpasswd file: `$apr1$` (htpasswd -m), `{SHA}`, `{SSHA}`,
/// `{PLAIN}`, and all of the system's crypt(3), bcrypt included. A hash of no known form matches
/// nothing. The comparison takes the same time wherever the difference is. bcrypt and SHA-crypt
/// take milliseconds by intention: callers remember whom they have let in. Any thread.
[[nodiscard]] bool matches(std::string_view password, std::string_view hash);

} // namespace lab::certificates
