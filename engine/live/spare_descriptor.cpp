#include "live/spare_descriptor.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>

namespace lab::live {
namespace {

UniqueFd openSpare()
{
    return UniqueFd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

} // namespace

SpareDescriptor::SpareDescriptor()
    : fd_(openSpare())
{
}

bool SpareDescriptor::dropNextOf(int listeningFd)
{
    fd_ = UniqueFd(); // makes room
    fd_ = UniqueFd(::accept4(listeningFd, nullptr, nullptr, SOCK_CLOEXEC));
    const bool hasRoom = fd_.get() >= 0 || (errno != EMFILE && errno != ENFILE);
    fd_ = UniqueFd();
    fd_ = openSpare();
    return hasRoom;
}

void SpareDescriptor::renew()
{
    if (fd_.get() < 0) {
        fd_ = openSpare();
    }
}

} // namespace lab::live
