#pragma once

#include "base/ids.hpp"
#include "plan/front_door_plan.hpp"

#include <memory>
#include <string>

namespace lab::live {

/// Which set of kept connections belongs to an address?  An index into each worker's pools.
using AddressId = Id<struct AddressTag>;

/// Gives numbers to the addresses that connections are kept to, for all plans ever served.
///
/// Services share pods, and plans follow each other: an address keeps its number, and so its warm
/// connections, as long as some plan holds it; then the number goes to another. The two styles have
/// numbers of their own, so that neither warms the other's connections. From any thread.
class AddressNumbers {
public:
    using Held = std::shared_ptr<const AddressId>;

    AddressNumbers();

    [[nodiscard]] Held numberOf(plan::Style style, const std::string& address);

private:
    struct Book;
    std::shared_ptr<Book> book_; ///< Outlived by nobody who holds a number.
};

} // namespace lab::live
