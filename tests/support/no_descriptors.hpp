#pragma once

#include "live/unique_fd.hpp"

#include <fcntl.h>
#include <sys/resource.h>

namespace lab::test {

/// Lets this process, and so the engine in it, have no further descriptor, until its end.
class NoDescriptors {
public:
    NoDescriptors()
    {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const live::UniqueFd next(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        rlimit now = before_;
        now.rlim_cur = static_cast<rlim_t>(next.get()); // the lowest free one
        ::setrlimit(RLIMIT_NOFILE, &now);
    }
    ~NoDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    NoDescriptors(const NoDescriptors&) = delete;
    NoDescriptors& operator=(const NoDescriptors&) = delete;

private:
    rlimit before_{};
};

} // namespace lab::test
