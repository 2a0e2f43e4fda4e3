#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace lab {

void failCheck(const char* belief, boost::source_location where)
{
    std::fprintf(stderr,
                 "ingresslab: internal fault at %s:%u: not true that %s\n",
                 where.file_name(),
                 static_cast<unsigned>(where.line()),
                 belief);
    std::abort();
}

} // namespace lab
