#pragma once

#include <array>
#include <cstdint>

namespace lab::http {

/// What may this byte be part of?  One look-up a byte; classes are bits of the table's entries.
///
/// Grammars: token RFC 9110 5.6.2, field-value 5.5, pchar and reg-name RFC 3986 3.3 and 3.2.2.
/// '%' is in Query only: in paths and hosts an escape is checked as a whole.
enum class ByteClass : std::uint8_t {
    Token = 1,  ///< Methods, field names, options.
    Path = 2,   ///< pchar and '/'.
    Query = 4,  ///< Path, '?', '%', and [ ] { } | ^ ` as browsers send them unescaped.
    Host = 8,   ///< reg-name.
    Value = 16, ///< Field values: no control but tab.
    Digit = 32,
    Hex = 64,
    PlainName = 128, ///< Letters, digits, '-': the names that nginx passes on.
};

namespace detail {

constexpr bool isOneOf(unsigned byte, const char* set)
{
    for (; *set != '\0'; ++set) {
        if (byte == static_cast<unsigned char>(*set)) {
            return true;
        }
    }
    return false;
}

constexpr unsigned bitIf(bool isMember, ByteClass byteClass)
{
    return isMember ? static_cast<unsigned>(byteClass) : 0U;
}

constexpr std::uint8_t classesOf(unsigned byte)
{
    const bool isDigit = byte >= '0' && byte <= '9';
    const unsigned lower = byte | 0x20U;
    const bool isLetter = lower >= 'a' && lower <= 'z' && byte < 0x80;
    const bool isAlnum = isDigit || isLetter;
    const bool isUnreserved = isAlnum || isOneOf(byte, "-._~");
    const bool isRegName = isUnreserved || isOneOf(byte, "!$&'()*+,;=");
    const bool isPath = isRegName || isOneOf(byte, ":@/");
    unsigned classes = 0;
    classes |= bitIf(isAlnum || isOneOf(byte, "!#$%&'*+-.^_`|~"), ByteClass::Token);
    classes |= bitIf(isPath, ByteClass::Path);
    classes |= bitIf(isPath || isOneOf(byte, "?%[]{}|^`"), ByteClass::Query);
    classes |= bitIf(isRegName, ByteClass::Host);
    classes |= bitIf((byte == '\t' || (byte >= 0x20 && byte != 0x7f)), ByteClass::Value);
    classes |= bitIf(isDigit, ByteClass::Digit);
    classes |= bitIf((isDigit || (lower >= 'a' && lower <= 'f' && byte < 0x80)), ByteClass::Hex);
    classes |= bitIf((isAlnum || byte == '-'), ByteClass::PlainName);
    return static_cast<std::uint8_t>(classes);
}

constexpr std::array<std::uint8_t, 256> makeByteClasses()
{
    std::array<std::uint8_t, 256> table{};
    for (unsigned byte = 0; byte < table.size(); ++byte) {
        table[byte] = classesOf(byte);
    }
    return table;
}

inline constexpr std::array<std::uint8_t, 256> byteClasses = makeByteClasses();

} // namespace detail

[[nodiscard]] constexpr bool isIn(ByteClass byteClass, char byte)
{
    return (detail::byteClasses[static_cast<unsigned char>(byte)] &
            static_cast<unsigned>(byteClass)) != 0;
}

[[nodiscard]] constexpr bool isBlank(char byte)
{
    return byte == ' ' || byte == '\t';
}

/// ASCII only, whatever the locale.
[[nodiscard]] constexpr char toLower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte | 0x20) : byte;
}

} // namespace lab::http
