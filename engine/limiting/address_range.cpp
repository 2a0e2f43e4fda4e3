#include "limiting/address_range.hpp"

#include <algorithm>
#include <charconv>

namespace lab::limiting {
namespace {

constexpr int bitsMax = 128;
constexpr int mappedBits = 96; ///< What an IPv4 prefix is longer by in the mapped form.

std::optional<int> number(std::string_view text, int max)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isWhole = error == std::errc{} && end == text.data() + text.size();
    return isWhole && value >= 0 && value <= max ? std::optional(value) : std::nullopt;
}

bool parseIpv4(std::string_view text, std::uint8_t* bytes)
{
    for (int part = 0; part < 4; ++part) {
        const std::size_t dot = part < 3 ? text.find('.') : text.size();
        if (dot == std::string_view::npos || dot == 0 || dot > 3) {
            return false;
        }
        const auto value = number(text.substr(0, dot), 255);
        if (!value) {
            return false;
        }
        bytes[part] = static_cast<std::uint8_t>(*value);
        text.remove_prefix(std::min(text.size(), dot + 1));
    }
    return text.empty();
}

/// The groups of one side of "::", in order; false if it is malformed or too long.
bool parseGroups(std::string_view text, std::array<std::uint8_t, 16>& bytes, std::size_t& size)
{
    while (!text.empty()) {
        const std::size_t colon = text.find(':');
        const std::string_view group = text.substr(0, colon);
        if (colon == std::string_view::npos && group.find('.') != std::string_view::npos) {
            if (size + 4 > bytes.size() || !parseIpv4(group, bytes.data() + size)) {
                return false;
            }
            size += 4;
            return true;
        }
        unsigned value = 0;
        const auto [end, error] =
            std::from_chars(group.data(), group.data() + group.size(), value, 16);
        if (group.empty() || group.size() > 4 || error != std::errc{} ||
            end != group.data() + group.size() || size + 2 > bytes.size()) {
            return false;
        }
        bytes[size++] = static_cast<std::uint8_t>(value >> 8U);
        bytes[size++] = static_cast<std::uint8_t>(value & 0xffU);
        if (colon == std::string_view::npos) {
            return true;
        }
        text.remove_prefix(colon + 1);
        if (text.empty()) {
            return false; // ends in a single colon
        }
    }
    return true;
}

std::optional<AddressBytes> parseIpv6(std::string_view text)
{
    AddressBytes head{};
    std::size_t headSize = 0;
    const std::size_t gap = text.find("::");
    if (gap == std::string_view::npos) {
        const bool isWhole = parseGroups(text, head, headSize) && headSize == head.size();
        return isWhole ? std::optional(head) : std::nullopt;
    }
    AddressBytes tail{};
    std::size_t tailSize = 0;
    if (!parseGroups(text.substr(0, gap), head, headSize) ||
        !parseGroups(text.substr(gap + 2), tail, tailSize) || headSize + tailSize > 14) {
        return std::nullopt;
    }
    std::copy_n(tail.begin(), tailSize, head.end() - static_cast<std::ptrdiff_t>(tailSize));
    return head;
}

} // namespace

std::optional<AddressBytes> parseAddress(std::string_view text)
{
    if (text.size() > 1 && text.front() == '[' && text.back() == ']') {
        text = text.substr(1, text.size() - 2);
    }
    if (text.find(':') != std::string_view::npos) {
        return parseIpv6(text);
    }
    AddressBytes bytes{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    return parseIpv4(text, bytes.data() + 12) ? std::optional(bytes) : std::nullopt;
}

bool AddressRange::contains(const AddressBytes& client) const
{
    for (int bit = 0; bit < prefixBits; bit += 8) {
        const auto index = static_cast<std::size_t>(bit / 8);
        const int bits = std::min(8, prefixBits - bit);
        const unsigned differing = static_cast<unsigned>(address[index] ^ client[index]);
        if ((differing >> static_cast<unsigned>(8 - bits)) != 0) {
            return false;
        }
    }
    return true;
}

std::optional<AddressRange> parseAddressRange(std::string_view text)
{
    const std::size_t slash = text.find('/');
    const std::string_view host = text.substr(0, slash);
    const std::optional<AddressBytes> address = parseAddress(host);
    if (!address) {
        return std::nullopt;
    }
    if (slash == std::string_view::npos) {
        return AddressRange{*address, bitsMax};
    }
    const int offset = host.find(':') == std::string_view::npos ? mappedBits : 0;
    const std::optional<int> bits = number(text.substr(slash + 1), bitsMax - offset);
    return bits ? std::optional(AddressRange{*address, *bits + offset}) : std::nullopt;
}

bool isInAny(std::span<const AddressRange> ranges, std::string_view client)
{
    const std::optional<AddressBytes> address = parseAddress(client);
    return address && std::any_of(ranges.begin(), ranges.end(), [&](const AddressRange& range) {
               return range.contains(*address);
           });
}

} // namespace lab::limiting
