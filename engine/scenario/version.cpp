#include "scenario/version.hpp"

namespace lab::scenario {

std::string version()
{
    return LAB_VERSION;
}

} // namespace lab::scenario
