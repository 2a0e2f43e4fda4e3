#pragma once

#include "plan/front_door_plan.hpp"

#include <string_view>

namespace lab::cost {

/// What one provider sells as a front door. Ids of products of the price book.
struct ProviderProducts {
    std::string_view provider;
    std::string_view layer4; ///< What `type: LoadBalancer` makes there.
    std::string_view
        layer7; ///< What terminates and routes HTTP; the same where one product does both.
};

/// The provider's products, or nullptr where nobody of that name can be priced.
[[nodiscard]] const ProviderProducts* productsOf(std::string_view provider);

/// The product that a door of that mode needs at this provider.
[[nodiscard]] std::string_view productFor(const ProviderProducts& products, plan::DoorMode mode);

} // namespace lab::cost
