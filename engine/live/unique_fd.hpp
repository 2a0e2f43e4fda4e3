#pragma once

#include <unistd.h>
#include <utility>

namespace lab::live {

/// A file descriptor that is closed unless it is given away.
class UniqueFd {
public:
    UniqueFd() = default;
    explicit UniqueFd(int fd)
        : fd_(fd)
    {
    }
    UniqueFd(UniqueFd&& other) noexcept
        : fd_(std::exchange(other.fd_, -1))
    {
    }
    UniqueFd& operator=(UniqueFd&& other) noexcept
    {
        if (this != &other) {
            reset();
            fd_ = std::exchange(other.fd_, -1);
        }
        return *this;
    }
    ~UniqueFd() { reset(); }

    [[nodiscard]] int get() const { return fd_; }
    [[nodiscard]] int release() { return std::exchange(fd_, -1); }
    /// Another descriptor for the same open file.
    [[nodiscard]] UniqueFd duplicate() const { return UniqueFd(::dup(fd_)); }

private:
    void reset()
    {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }
    int fd_ = -1;
};

} // namespace lab::live
