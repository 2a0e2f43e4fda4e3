#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace lab::http {

/// Fields the proxy itself looks at; everything else is Other and goes through as it is.
enum class FieldName : std::uint8_t {
    Other,
    Connection,
    ContentLength,
    Expect,
    Host,
    KeepAlive,
    MaxForwards,
    ProxyConnection,
    Te,
    Trailer,
    TransferEncoding,
    Upgrade,
    Via,
    Date,
    Server,
    Location,
    RetryAfter,
    Forwarded,
    XForwardedFor,
    XForwardedHost,
    XForwardedPort,
    XForwardedProto,
    XRealIp,
    XRequestId,
    XLabExplain,
};

/// One field line: views into the buffer that was parsed.
struct Field {
    std::string_view name;  ///< As received.
    std::string_view value; ///< Without the whitespace around it.
    FieldName known = FieldName::Other;
    bool isHopByHop = false; ///< Ends here: one of RFC 9110 7.6.1's, or named in Connection.
};

/// Field lines in the order received, in fixed memory.
class FieldList {
public:
    static constexpr std::size_t fieldsMax = 128;

    [[nodiscard]] bool add(Field field)
    {
        if (size_ == fieldsMax) {
            return false;
        }
        fields_[size_++] = field;
        return true;
    }
    void clear() { size_ = 0; }

    [[nodiscard]] std::span<const Field> all() const { return {fields_.data(), size_}; }
    [[nodiscard]] std::span<Field> all() { return {fields_.data(), size_}; }
    /// The first field of that name, or nullptr.
    [[nodiscard]] const Field* find(FieldName name) const;
    /// The first field whose name is `name` without regard to case, or nullptr.
    [[nodiscard]] const Field* find(std::string_view name) const;

private:
    std::array<Field, fieldsMax> fields_;
    std::size_t size_ = 0;
};

/// How the end of a body is known. RFC 9112 6.3
enum class BodyFraming : std::uint8_t {
    None,       ///< No body.
    Length,     ///< Content-Length bytes.
    Chunked,    ///< Transfer-Encoding: chunked.
    UntilClose, ///< Answers only: till the connection ends.
};

/// A parsed request head. Views into the parsed buffer: valid as long as its bytes stay.
struct RequestHead {
    std::string_view method;
    std::string_view target;     ///< As received; origin, absolute, authority or asterisk form.
    std::string_view originForm; ///< Path and query of the target; "*" for the asterisk form.
    std::string_view authority;  ///< Host field, or the authority of an absolute target (RFC 9112 3.2.2).
    std::uint8_t minorVersion = 1;
    BodyFraming framing = BodyFraming::None;
    std::uint64_t contentLength = 0;
    bool isKeepAlive = true;      ///< The client wants to go on after this exchange.
    bool expectsContinue = false; ///< Expect: 100-continue of an HTTP/1.1 client.
    std::string_view upgrade;     ///< The Upgrade field when Connection lists "upgrade"; else empty.
    FieldList fields;
};

/// A parsed answer head. Its framing depends on the request's method too.
struct ResponseHead {
    std::uint16_t status = 0;
    std::string_view reason;
    std::uint8_t minorVersion = 1;
    BodyFraming framing = BodyFraming::None;
    std::uint64_t contentLength = 0;
    bool isKeepAlive = true;
    FieldList fields;
};

} // namespace lab::http
