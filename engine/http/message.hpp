#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <string_view>

namespace lab::http {

/// Fields the proxy itself looks at; everything else is Other and goes through as it is.
enum class FieldName : std::uint8_t {
    Other,
    Authorization,
    Connection,
    ContentLength,
    Expect,
    Host,
    Http2Settings,
    KeepAlive,
    MaxForwards,
    Proxy,
    ProxyAuthenticate,
    ProxyAuthorization,
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
    XForwardedScheme,
    XOriginalForwardedFor,
    XOriginalForwardedHost,
    XRealIp,
    XRequestId,
    XScheme,
    XLabExplain,
};
inline constexpr std::size_t fieldNameCount = static_cast<std::size_t>(FieldName::XLabExplain) + 1;

/// The field of that name, without regard to case; Other if the proxy does not look at it.
/// \pre `name` is a token (RFC 9110 5.6.2)
[[nodiscard]] FieldName knownFieldName(std::string_view name);

/// Does a field of that name end at this hop, even if Connection does not name it?  RFC 9110 7.6.1,
/// and those of RFC 2616 13.5.1, Trailer since trailers are not passed on, and "Proxy" (CGI's
/// HTTP_PROXY, CVE-2016-5385).
[[nodiscard]] bool isHopByHopName(FieldName name);

/// One field line: views into the buffer that was parsed.
struct Field {
    std::string_view name;  ///< As received.
    std::string_view value; ///< Without the whitespace around it.
    FieldName known = FieldName::Other;
    bool isHopByHop = false; ///< Ends here: isHopByHopName(), or named in Connection.
    /// Answers only: the value holds CR, LF or other controls (a folded line, a careless pod). Who
    /// sends it on writes each of them as a space, as appendReturnedHead() does. RFC 9112 2.2, 5.2
    bool hasControls = false;
};

/// Field lines in the order received, in fixed memory.
///
/// Its slots are not initialised, and only those in use are copied: a list costs nothing to make.
class FieldList {
public:
    static constexpr std::size_t fieldsMax = 128;

    FieldList() { clear(); } // NOLINT: the slots stay as they are
    FieldList(const FieldList& other);
    FieldList& operator=(const FieldList& other);
    ~FieldList() = default;

    /// \return false, and nothing is added, when it is full
    [[nodiscard]] bool add(const Field& field)
    {
        if (size_ == fieldsMax) {
            return false;
        }
        std::uint8_t& first = firsts_[static_cast<std::size_t>(field.known)];
        first = first == none ? static_cast<std::uint8_t>(size_) : first;
        entries()[size_++] = field;
        return true;
    }
    void clear()
    {
        size_ = 0;
        firsts_.fill(none);
    }

    [[nodiscard]] std::span<const Field> all() const { return {entries(), size_}; }
    [[nodiscard]] std::span<Field> all() { return {entries(), size_}; }
    /// The first field of that name, or nullptr.
    [[nodiscard]] const Field* find(FieldName name) const
    {
        const std::uint8_t first = firsts_[static_cast<std::size_t>(name)];
        return first == none ? nullptr : entries() + first;
    }
    /// The first field whose name is `name` without regard to case, or nullptr.
    [[nodiscard]] const Field* find(std::string_view name) const;
    [[nodiscard]] std::size_t count(FieldName name) const;

private:
    static constexpr std::uint8_t none = 0xff;

    [[nodiscard]] Field* entries() { return std::launder(reinterpret_cast<Field*>(storage_)); }
    [[nodiscard]] const Field* entries() const
    {
        return std::launder(reinterpret_cast<const Field*>(storage_));
    }

    alignas(Field) std::byte storage_[fieldsMax * sizeof(Field)]; ///< Fields live in it unasked.
    std::size_t size_;
    std::array<std::uint8_t, fieldNameCount> firsts_; ///< By FieldName: index of the first.
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
    std::string_view target; ///< As received: origin, absolute or asterisk form.
    /// Path and query of the target; "*" for the asterisk form, and for OPTIONS of an absolute
    /// target without a path (RFC 9112 3.2.4). It starts with '?' where an absolute target has a
    /// query and no path: read it as "/?…", as appendForwardedHead() writes it.
    std::string_view originForm;
    /// Host field, or the authority of an absolute target (RFC 9112 3.2.2), with its port. Empty
    /// only in HTTP/1.0.
    std::string_view authority;
    std::uint8_t majorVersion = 1; ///< 2: it came in HTTP/2; set by who translated it, not read.
    std::uint8_t minorVersion = 1; ///< 0 or 1; higher ones count as 1 (RFC 9110 2.5).
    BodyFraming framing = BodyFraming::None;
    std::uint64_t contentLength = 0;
    bool isKeepAlive = true;      ///< The client wants to go on after this exchange.
    bool expectsContinue = false; ///< Expect: 100-continue of an HTTP/1.1 client.
    /// No: OPTIONS or TRACE with "Max-Forwards: 0", to be answered here. RFC 9110 7.6.2
    bool mayBeForwarded = true;
    /// The Upgrade field of an HTTP/1.1 client if Connection lists "upgrade"; else empty. Offers of
    /// h2c and offers on several lines are passed over. Until the pod's 101, bytes after the
    /// request are the next request (RFC 9110 7.8).
    std::string_view upgrade;
    FieldList fields;
};

/// A parsed answer head. Its framing depends on the request's method too.
///
/// Statuses below 200 are not the answer: drop them (100), pass them on to an HTTP/1.1 client
/// (103), or, if the request had an upgrade(), switch (101). An unasked 101 is a broken answer.
struct ResponseHead {
    std::uint16_t status = 0; ///< 100–599.
    std::string_view reason;  ///< Empty if it held a control byte.
    std::uint8_t minorVersion = 1;
    BodyFraming framing = BodyFraming::None;
    std::uint64_t contentLength = 0;
    bool hasContentLength = false; ///< Also where no body follows: HEAD, 304.
    bool isKeepAlive = true;  ///< False too where a body was announced that must not be (204, 1xx).
    std::string_view upgrade; ///< With 101: the protocol switched to; 426: the wanted ones.
    FieldList fields;
};

} // namespace lab::http
