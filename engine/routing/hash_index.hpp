#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace lab::routing {

/// Where in somebody else's list is the thing with this hash?  Open addressing, 8 bytes a slot.
///
/// Keeps numbers only: who asks compares the things themselves. At most half of the slots are
/// taken, so that a look-up ends after two or three. Filled once; then immutable.
class HashIndex {
public:
    HashIndex() = default;
    /// \param entryCount  as many as will be added, at most
    explicit HashIndex(std::size_t entryCount)
    {
        std::size_t size = 2;
        while (size < 2 * entryCount) {
            size *= 2;
        }
        slots_.resize(size);
    }

    /// \param isIt  is it the entry with that number?
    template <typename IsIt>
    [[nodiscard]] std::optional<std::uint32_t> find(std::size_t hash, const IsIt& isIt) const
    {
        if (slots_.empty()) {
            return std::nullopt;
        }
        const std::uint32_t mark = markOf(hash);
        for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
            const Slot& slot = slots_[at];
            if (slot.mark == 0) {
                return std::nullopt;
            }
            if (slot.mark == mark && isIt(slot.number)) {
                return slot.number;
            }
        }
    }

    /// Adds it behind those of the same hash. \pre fewer than `entryCount` were added
    void add(std::size_t hash, std::uint32_t number)
    {
        std::size_t at = hash & (slots_.size() - 1);
        while (slots_[at].mark != 0) {
            at = (at + 1) & (slots_.size() - 1);
        }
        slots_[at] = {markOf(hash), number};
    }

private:
    struct Slot {
        std::uint32_t mark = 0; ///< Upper bits of the hash; 0: free.
        std::uint32_t number = 0;
    };
    static std::uint32_t markOf(std::size_t hash)
    {
        return static_cast<std::uint32_t>(hash >> 32U) | 1U;
    }

    std::vector<Slot> slots_;
};

} // namespace lab::routing
