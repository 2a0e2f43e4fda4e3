#pragma once

#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace lab::report {

/// A number for JSON in at most that many decimals, so that the same value is the same bytes.
/// What is no number (0 ÷ 0) is null.
[[nodiscard]] boost::json::value toJsonNumber(double value, int decimals);

/// A text for JSON, whatever bytes it had.
[[nodiscard]] boost::json::value toJsonString(std::string_view text);

/// The value as JSON text for people and diffs: two spaces, keys in their order, small objects on
/// one line, long lists of numbers in lines of up to 100 columns. Ends in a newline.
///
/// The same value gives the same bytes: numbers in their shortest decimal form, never 1e9.
[[nodiscard]] std::string toJsonText(const boost::json::value& value);

} // namespace lab::report
