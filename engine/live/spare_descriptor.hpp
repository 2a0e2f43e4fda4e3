#pragma once

#include "live/unique_fd.hpp"

namespace lab::live {

/// A descriptor kept in hand for when there are no more: with it the newest connection can be
/// accepted and closed, where it would else wake its listener again and again.
///
/// One for all listeners of a thread, since they take turns.
class SpareDescriptor {
public:
    SpareDescriptor();

    /// Accepts the next connection of that listening socket and closes it.
    /// \return false if even that was not possible: another thread took the room
    [[nodiscard]] bool dropNextOf(int listeningFd);
    /// Takes a descriptor again, if it was lost to another thread and there are some.
    void renew();

private:
    UniqueFd fd_;
};

} // namespace lab::live
