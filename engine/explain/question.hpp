#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lab::explain {

/// Which request is asked about?
struct Question {
    std::string method = "GET";
    bool isTls = false;
    std::string host;                  ///< As a client sends it, with the port the URL has.
    std::optional<std::uint16_t> port; ///< As written; none: the scheme's.
    std::string target = "/";          ///< Path and query, as sent.
    std::vector<std::pair<std::string, std::string>> fields; ///< Besides Host.
    std::string clientAddress = "127.0.0.1";

    /// "https://shop.example.com/cart?x=1"
    [[nodiscard]] std::string url() const;
};

/// What a user gives: not yet known to be well-formed.
struct AskedRequest {
    std::string url;
    std::string method = "GET";
    std::vector<std::string> fields; ///< "Name: value"; a Host takes the URL's place, as in curl.
    std::string clientAddress = "127.0.0.1";
};

/// The question, or WrongUse with what is wrong and what to write instead.
[[nodiscard]] Result<Question> readQuestion(const AskedRequest& asked);

} // namespace lab::explain
