#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace lab {

void check(bool condition, const char* belief, std::source_location where)
{
    if (condition) {
        return;
    }
    std::fprintf(stderr,
                 "ingresslab: internal fault at %s:%u: not true that %s\n",
                 where.file_name(),
                 where.line(),
                 belief);
    std::abort();
}

} // namespace lab
