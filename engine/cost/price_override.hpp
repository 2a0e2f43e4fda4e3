#pragma once

#include "base/result.hpp"
#include "cost/price_book.hpp"

#include <string_view>

namespace lab::cost {

/// What if this price were another?  Puts the user's number in place of the book's.
///
/// `aws.nlb.hourly_fixed=0.02`: product, fact, and a finite number of at least 0; a fact that is
/// words takes any text. The fact may be shortened to its beginning, up to an underscore, where
/// only one begins so: `aws.nlb.hourly=0.02`. The fact counts as confirmed, its source is the user.
/// \return WrongUse, with the nearest known name, where there is no such price
[[nodiscard]] Result<void> overridePrice(PriceBook& book, std::string_view assignment);

/// The source that overridden facts name.
inline constexpr std::string_view overrideSource = "user";

} // namespace lab::cost
