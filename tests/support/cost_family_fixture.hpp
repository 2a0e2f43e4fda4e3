#pragma once

#include "cost/bill_writer.hpp"
#include "support/price_book_fixture.hpp"

#include <string_view>
#include <vector>

namespace lab::test {

/// The bill of one family of load balancers, by the function that knows its rules.
inline cost::Bill billOf(void (*charge)(cost::BillWriter&, const cost::BilledGroup&),
                         std::string_view product,
                         std::vector<cost::BilledDoor> doors,
                         const cost::PricingOptions& options = {})
{
    const cost::BilledGroup group{priceBook().product(product), std::move(doors)};
    cost::BillWriter writer(priceBook(), options, group.product->provider);
    charge(writer, group);
    return writer.takeBill();
}

/// The line at that price, or nullptr.
inline const cost::BillLine* lineOf(const cost::Bill& bill, std::string_view priceKey)
{
    for (const cost::BillLine& line : bill.lines) {
        if (line.priceKey == priceKey) {
            return &line;
        }
    }
    return nullptr;
}

} // namespace lab::test
