#pragma once

#include "conformance/exchange.hpp"

#include <string>

namespace lab::conformance {

/// Field lines that end in CRLF as names and values.
[[nodiscard]] Fields fieldsOfLines(const std::string& lines);

/// The head of a case's request, byte for byte as it is sent.
/// \param target  of this repeat \param cookies  the Cookie field to add, or empty
[[nodiscard]] std::string
rawHead(const CaseRequest& request, const std::string& target, const std::string& cookies);

/// The path with "{n}" replaced by the number of the repeat.
[[nodiscard]] std::string numbered(std::string path, int number);

} // namespace lab::conformance
