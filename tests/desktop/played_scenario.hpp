#pragma once

#include <QString>

#include "desktop/player.hpp"

#include <string>

namespace lab::test {

/// A scenario of the program's own, ready to be played.
inline desktop::Player playerOf(const std::string& name)
{
    auto run = scenario::TrailRun::open(LAB_SOURCE_DIR "/scenarios/" + name);
    if (!run) {
        qFatal("%s cannot be played: %s", name.c_str(), run.error().message().c_str());
    }
    return desktop::Player(std::move(*run));
}

} // namespace lab::test
