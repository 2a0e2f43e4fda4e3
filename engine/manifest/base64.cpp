#include "manifest/base64.hpp"

#include <cstdint>

namespace lab::manifest {
namespace {

constexpr int digitBits = 6;
constexpr int byteBits = 8;

int valueOf(char c)
{
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t value = digits.find(c);
    return value == std::string_view::npos ? -1 : static_cast<int>(value);
}

} // namespace

std::optional<std::string> decodeBase64(std::string_view text)
{
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t pending = 0;
    int pendingBits = 0;
    std::size_t digits = 0;
    std::size_t padding = 0;
    for (const char c : text) {
        if (c == '\r' || c == '\n') {
            continue;
        }
        if (c == '=') {
            ++padding;
            continue;
        }
        const int value = valueOf(c);
        if (value < 0 || padding > 0) {
            return std::nullopt;
        }
        ++digits;
        pending = (pending << static_cast<unsigned>(digitBits)) | static_cast<unsigned>(value);
        pendingBits += digitBits;
        if (pendingBits >= byteBits) {
            pendingBits -= byteBits;
            bytes += static_cast<char>((pending >> static_cast<unsigned>(pendingBits)) & 0xFFU);
        }
    }
    const bool isWhole =
        (digits + padding) % 4 == 0 && padding <= 2 && (padding == 0 || digits > 0);
    return isWhole ? std::optional(std::move(bytes)) : std::nullopt;
}

} // namespace lab::manifest
