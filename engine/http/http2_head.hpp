#pragma once

#include "http/head_parser.hpp"
#include "http/message.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lab::http {

/// Which HTTP/1.1 head says the same as these HTTP/2 fields?  Filled field by field. RFC 9113 8
///
/// Strict, since another parser reads what it makes: names and values by the grammar, lower case,
/// nothing that belongs to a connection (8.2.2), pseudo-fields once each and first (8.3), one host
/// (8.3.1). Crumbs of cookies are joined (8.2.3). What a frame parser has checked is checked again.
class Http2HeadReader {
public:
    /// Of all fields, each counted with 32 more bytes (6.5.2). Beyond it nothing is kept: 431.
    static constexpr std::size_t listBytesMax = 64 * 1024;

    void add(std::string_view name, std::string_view value);

    /// Counted as listBytesMax is, whether kept or not.
    [[nodiscard]] std::size_t listBytes() const { return listBytes_; }

    /// Appends the request head: framing by Content-Length if there is one, else chunked.
    /// \param hasBody  the stream goes on after these fields
    /// \return what is wrong, and then nothing is appended
    [[nodiscard]] std::optional<HeadError> appendRequest(std::string& out, bool hasBody);

    /// Appends the answer head. \param mayHaveBody  false for HEAD: its length tells of no body
    /// \param hasBody  the stream goes on after these fields
    [[nodiscard]] std::optional<HeadError>
    appendAnswer(std::string& out, bool mayHaveBody, bool hasBody);

    /// Of an answer: 100–599, or 0 if there is no such status.
    [[nodiscard]] std::uint16_t status() const;
    [[nodiscard]] const std::string& method() const { return method_; }
    [[nodiscard]] bool hasLength() const { return hasLength_; }

    /// Appends the fields as trailers: lines, each ending in CRLF. Broken ones are left out whole.
    void appendTrailers(std::string& out) const;

private:
    bool addPseudo(std::string_view name, std::string_view value);
    void addField(std::string_view name, std::string_view value);
    void refuse(const char* rule, std::uint16_t status = 400);
    [[nodiscard]] const char* brokenRequest() const;

    std::string method_;
    std::string path_;
    std::string scheme_;
    std::string authority_;
    std::string status_;
    std::string host_;
    std::string cookie_;
    std::string lines_;
    std::size_t listBytes_ = 0;
    std::optional<HeadError> error_;
    bool hasFields_ = false;
    bool hasHost_ = false;
    bool hasLength_ = false;
};

/// One field of an HTTP/2 message.
struct Http2Field {
    std::string_view name; ///< Lower case; pseudo-fields with their colon.
    std::string_view value;
};

/// Which HTTP/2 fields say the same as this HTTP/1.1 head?  Owns their text until the next set….
class Http2FieldList {
public:
    /// \param scheme  "http" or "https"
    void setRequest(const RequestHead& head, std::string_view scheme);
    void setAnswer(const ResponseHead& head);
    /// \param lines  each ending in CRLF
    void setTrailers(std::string_view lines);

    [[nodiscard]] std::span<const Http2Field> all() const { return fields_; }

private:
    void begin(std::size_t bytes);
    void add(std::string_view name, std::string_view value);
    void addEndToEnd(const FieldList& fields);

    std::string text_; ///< Never grows while fields_ point into it.
    std::vector<Http2Field> fields_;
};

} // namespace lab::http
