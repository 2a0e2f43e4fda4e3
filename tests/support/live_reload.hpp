#pragma once

#include <QTest>

#include "support/raw_client.hpp"

namespace lab::test {

/// Where the door "shop/NAME" listens now; empty if there is none.
inline std::string addressOf(const LiveWorld& world, const std::string& door)
{
    const live::ReadyState ready = world.engine->ready();
    for (const live::BoundDoor& bound : ready.doors) {
        if (bound.name == "shop/" + door) {
            return bound.ports.at(0).address;
        }
    }
    return {};
}

/// A reload that must work.
inline void replace(const LiveWorld& world, const std::shared_ptr<const plan::FrontDoorPlan>& plan)
{
    const auto replaced = world.engine->replace({plan});
    QVERIFY2(replaced.has_value(), replaced ? "" : replaced.error().message().c_str());
}

} // namespace lab::test
