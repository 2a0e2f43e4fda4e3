#pragma once

#include "base/check.hpp"
#include "http/byte_class.hpp"
#include "http/message.hpp"

#include <charconv>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace lab::http {

/// More than all names, numbers and line ends of ours in one head together.
inline constexpr std::size_t ownBytesMax = 512;

/// What the fields take when they are written out.
[[nodiscard]] inline std::size_t bytesOf(const FieldList& fields)
{
    std::size_t bytes = 0;
    for (const Field& field : fields.all()) {
        bytes += field.name.size() + field.value.size() + 4;
    }
    return bytes;
}

/// Writes field lines to the end of a string that is made large enough once.
///
/// What is not used of `bytesMax` is given back when it goes out of scope; writing more is a bug.
class HeadWriter {
public:
    static constexpr std::size_t digitsMax = 20; ///< Of a 64-bit number.

    HeadWriter(std::string& out, std::size_t bytesMax)
        : out_(out)
        , used_(out.size())
    {
        out_.resize(used_ + bytesMax);
    }
    ~HeadWriter() { out_.resize(used_); }
    HeadWriter(const HeadWriter&) = delete;
    HeadWriter& operator=(const HeadWriter&) = delete;

    void text(std::string_view text)
    {
        check(text.size() <= out_.size() - used_, "a head was measured before it is written");
        text.copy(out_.data() + used_, text.size()); // memcpy may not be given an empty view
        used_ += text.size();
    }

    void byte(char byte) { text({&byte, 1}); }

    void number(std::uint64_t number)
    {
        char digits[digitsMax];
        const auto end = std::to_chars(digits, digits + digitsMax, number).ptr;
        text({digits, end});
    }

    /// A field as it was received, where its line needs no change.
    void received(const Field& field)
    {
        const char* const nameEnd = field.name.data() + field.name.size();
        if (field.value.data() == nameEnd + 2 && nameEnd[1] == ' ') {
            text({field.name.data(), field.name.size() + 2 + field.value.size()});
            text("\r\n");
        } else {
            this->field(field.name, field.value);
        }
    }

    void field(std::string_view name, std::string_view value)
    {
        text(name);
        text(": ");
        text(value);
        text("\r\n");
    }

    /// As field(), each control byte of the value as a space.
    void cleanedField(std::string_view name, std::string_view value)
    {
        text(name);
        text(": ");
        for (const char byte : value) {
            this->byte(isIn(ByteClass::Value, byte) ? byte : ' ');
        }
        text("\r\n");
    }

    /// The field that tells the reader where the body ends. RFC 9112 6.3
    void framing(BodyFraming framing, std::uint64_t contentLength)
    {
        if (framing == BodyFraming::Length) {
            text("Content-Length: ");
            number(contentLength);
            text("\r\n");
        } else if (framing == BodyFraming::Chunked) {
            text("Transfer-Encoding: chunked\r\n");
        }
    }

    /// \param protocols  empty: nothing is written
    void upgrade(std::string_view protocols)
    {
        if (!protocols.empty()) {
            text("Connection: upgrade\r\n");
            field("Upgrade", protocols);
        }
    }

private:
    std::string& out_;
    std::size_t used_;
};

} // namespace lab::http
