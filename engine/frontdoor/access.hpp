#pragma once

#include "frontdoor/request_view.hpp"
#include "plan/route_policy.hpp"

#include <functional>
#include <string_view>

namespace lab::frontdoor {

/// Does this password belong to that hash (crypt, apr1, {SHA}, {SSHA}, {PLAIN})?  Given by the
/// border, since hashing is not this module's; called on the worker's thread.
using PasswordCheck = std::function<bool(std::string_view password, std::string_view hash)>;

/// May this client in?
enum class Access { Granted, Forbidden, Unauthorized };

/// Looks at the deny list, the allow list, then the password; `satisfy: any` needs only one of the
/// last two. \param client  the address that counts
[[nodiscard]] Access judgeAccess(const plan::RoutePolicy& policy,
                                 const RequestView& request,
                                 std::string_view client,
                                 const PasswordCheck& check);

} // namespace lab::frontdoor
