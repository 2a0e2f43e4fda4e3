#pragma once

#include <cstdint>
#include <string_view>

namespace lab::frontdoor {

/// The header fields of a request, wherever the caller keeps them.
class RequestFields {
public:
    virtual ~RequestFields() = default;

    /// The value of the first field of that name, compared without case; empty if there is none.
    [[nodiscard]] virtual std::string_view value(std::string_view name) const = 0;
};

/// What deciding may look at of one request. Views into the caller's buffers, valid for the call.
struct RequestView {
    std::string_view method;
    std::string_view host;   ///< Normalised: lower case, no port, no trailing dot.
    std::string_view path;   ///< Normalised: decoded, no query.
    std::string_view target; ///< As received.
    std::string_view clientAddress;
    bool isTls = false;
    std::string_view hostField = {};       ///< Host as received, with its port; empty: `host`.
    const RequestFields* fields = nullptr; ///< None: no field is looked at.
    std::uint64_t bodyBytes = 0;           ///< Content-Length; 0 if there is none.
    std::int64_t wallSeconds = 0;          ///< Unix time, for dates in cookies.
    bool isRehearsed = false;     ///< Only asked about: no limit takes a token or counts it.
    bool endsWithRelease = false; ///< The caller promises to call FrontDoor::release(): only then
                                  ///< are requests under way counted (limit-connections).

    [[nodiscard]] std::string_view field(std::string_view name) const
    {
        return fields == nullptr ? std::string_view() : fields->value(name);
    }
    [[nodiscard]] std::string_view hostAsReceived() const
    {
        return hostField.empty() ? host : hostField;
    }
};

} // namespace lab::frontdoor
