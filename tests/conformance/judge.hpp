#pragma once

#include "conformance/exchange.hpp"
#include "yaml/node.hpp"

#include <map>
#include <string>
#include <vector>

namespace lab::conformance {

/// What a step may look back at.
struct Memory {
    std::map<std::string, std::string> cookies; ///< Name of the jar → Cookie field.
    std::map<std::string, std::string> pods;
};

/// Holds the exchanges of one step against its `expect`: one line for each check that failed, with
/// what was wanted and what came. A key that the judge does not know is a failure.
[[nodiscard]] std::vector<std::string>
judge(const yaml::Node& expect, const std::vector<Exchange>& exchanges, const Memory& memory);

} // namespace lab::conformance
