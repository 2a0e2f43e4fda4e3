#include "live/spare_descriptor.hpp"

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

void SpareDescriptor::dropNextOf(int listeningFd)
{
    fd_ = UniqueFd(); // makes room
    fd_ = UniqueFd(::accept4(listeningFd, nullptr, nullptr, SOCK_CLOEXEC));
    fd_ = UniqueFd();
    fd_ = openSpare();
}

} // namespace lab::live
