#pragma once

#include "live/address_numbers.hpp"

#include <cstdint>
#include <functional>

namespace lab::live {

/// Which tunnels run through one worker, by whose plan, and to which address?  So that those can be
/// cut for which there is no time left. Its worker's thread.
class TunnelBook {
public:
    /// Where a tunnel leads.
    struct Place {
        std::uint64_t generation = 0; ///< ServedPlan::generation; its plan lives as long as it.
        AddressId address;            ///< Of the pod; not valid where it leads to a controller.
    };

    /// A tunnel, for as long as it lives.
    class Entry {
    public:
        Entry(TunnelBook& book, const Place& place);
        Entry(const Entry&) = delete;
        Entry& operator=(const Entry&) = delete;
        virtual ~Entry(); ///< Leaves the book.

        [[nodiscard]] const Place& place() const { return place_; }

    protected:
        virtual void cut() = 0; ///< Ends it, most likely before it returns.

    private:
        friend class TunnelBook;
        Entry() = default; ///< A list's own end.
        void enter(Entry& before);
        void leave();

        Place place_;
        Entry* next_ = this;
        Entry* previous_ = this;
    };

    /// Cuts those for which that holds.
    void cutWhere(const std::function<bool(const Place& place)>& isTold);

private:
    /// Where a list begins and ends.
    class End final : public Entry {
    public:
        End() = default;

    private:
        void cut() override {}
    };
    End all_;
};

} // namespace lab::live
