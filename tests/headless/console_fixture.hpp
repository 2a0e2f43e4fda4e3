#pragma once

#include <QString>

#include "headless/command_line.hpp"

#include <sstream>
#include <string>
#include <vector>

namespace lab::test {

/// A console that remembers, and the program run on it.
class ConsoleFixture {
public:
    /// Runs the program in this process; the exit code as a number.
    int run(const std::vector<std::string>& arguments)
    {
        return static_cast<int>(headless::runCommandLine(arguments, console));
    }

    [[nodiscard]] QString out() const { return QString::fromStdString(out_.str()); }
    [[nodiscard]] QString err() const { return QString::fromStdString(err_.str()); }

private:
    std::ostringstream out_;
    std::ostringstream err_;

public:
    headless::Console console{out_, err_};
};

} // namespace lab::test
