#include "live/live_engine.hpp"

namespace lab::live {

std::string ReadyState::addressOf(plan::Style style, DoorId door, bool isTls) const
{
    for (const BoundDoor& bound : doors) {
        if (bound.style == style && bound.door == door) {
            for (const BoundPort& port : bound.ports) {
                if (port.isTls == isTls) {
                    return port.address;
                }
            }
        }
    }
    return {};
}

} // namespace lab::live
