#pragma once

#include <arpa/inet.h>
#include <cstdint>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace lab::test {

/// A port of 127.0.0.1 that listens and is nobody else's, until release().
class HeldPort {
public:
    HeldPort()
        : fd_(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        ::bind(fd_, generic, length);
        ::listen(fd_, 1);
        ::getsockname(fd_, generic, &length);
        number_ = ntohs(address.sin_port);
    }
    ~HeldPort() { release(); }
    HeldPort(const HeldPort&) = delete;
    HeldPort& operator=(const HeldPort&) = delete;

    [[nodiscard]] std::uint16_t number() const { return number_; }

    void release()
    {
        if (fd_ >= 0) {
            ::close(fd_);
        }
        fd_ = -1;
    }

private:
    int fd_;
    std::uint16_t number_ = 0;
};

} // namespace lab::test
