#include "certificates/password_hash.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <crypt.h>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace lab::certificates {

namespace {

constexpr std::string_view apr1Prefix = "$apr1$";
constexpr std::string_view shaPrefix = "{SHA}";
constexpr std::string_view saltedShaPrefix = "{SSHA}";
constexpr std::string_view plainPrefix = "{PLAIN}";
constexpr std::size_t md5Bytes = 16;
constexpr std::size_t sha1Bytes = 20;

bool isSame(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

/// Empty where this OpenSSL does not offer the digest.
std::string digestOf(std::string_view text, const EVP_MD* digest)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned int length = 0;
    if (EVP_Digest(text.data(), text.size(), bytes.data(), &length, digest, nullptr) != 1) {
        return {};
    }
    return {reinterpret_cast<const char*>(bytes.data()), length};
}

std::optional<std::string> fromBase64(std::string_view text)
{
    if (text.empty() || text.size() % 4 != 0) {
        return std::nullopt;
    }
    std::string bytes(text.size() / 4 * 3, '\0');
    const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                       reinterpret_cast<const unsigned char*>(text.data()),
                                       static_cast<int>(text.size()));
    if (length < 0) {
        return std::nullopt;
    }
    const auto padding = static_cast<std::size_t>(std::count(text.end() - 2, text.end(), '='));
    bytes.resize(static_cast<std::size_t>(length) - padding);
    return bytes;
}

/// `{SHA}` and `{SSHA}`: base64 of SHA-1(password, salt) and the salt.
bool matchesSha(std::string_view password, std::string_view encoded, bool isSalted)
{
    const auto bytes = fromBase64(encoded);
    if (!bytes || bytes->size() < sha1Bytes || (!isSalted && bytes->size() > sha1Bytes)) {
        return false;
    }
    const std::string salted = std::string(password) + bytes->substr(sha1Bytes);
    return isSame(digestOf(salted, EVP_sha1()), std::string_view(*bytes).substr(0, sha1Bytes));
}

/// The thousand rounds of Poul-Henning Kamp's md5crypt, with Apache's prefix.
std::string apr1Digest(std::string_view password, std::string_view salt)
{
    constexpr int rounds = 1000;
    const std::string key(password);
    const std::string alternate = digestOf(key + std::string(salt) + key, EVP_md5());
    std::string text = key + std::string(apr1Prefix) + std::string(salt);
    for (std::size_t left = key.size(); left > 0; left -= std::min(left, md5Bytes)) {
        text += alternate.substr(0, std::min(left, md5Bytes));
    }
    for (std::size_t bits = key.size(); bits > 0; bits >>= 1U) {
        text += (bits & 1U) != 0 ? '\0' : key.front();
    }
    std::string digest = digestOf(text, EVP_md5());
    for (int round = 0; round < rounds; ++round) {
        const bool isOdd = round % 2 == 1;
        std::string next = isOdd ? key : digest;
        next += round % 3 != 0 ? salt : std::string_view();
        next += round % 7 != 0 ? std::string_view(key) : std::string_view();
        next += isOdd ? digest : key;
        digest = digestOf(next, EVP_md5());
    }
    return digest;
}

/// crypt(3)'s own base 64, least significant bits first, bytes in md5crypt's order.
std::string cryptBase64(std::string_view digest)
{
    constexpr std::string_view letters =
        "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    constexpr int order[][3] = {{0, 6, 12}, {1, 7, 13}, {2, 8, 14}, {3, 9, 15}, {4, 10, 5}};
    const auto byte = [&digest](int i) {
        return std::uint32_t{static_cast<std::uint8_t>(digest[static_cast<std::size_t>(i)])};
    };
    std::string text;
    const auto append = [&](std::uint32_t bits, int count) {
        for (; count > 0; --count, bits >>= 6U) {
            text += letters[bits & 0x3fU];
        }
    };
    for (const auto& [high, middle, low] : order) {
        append(byte(high) << 16U | byte(middle) << 8U | byte(low), 4);
    }
    append(byte(11), 2);
    return text;
}

/// \param rest  behind the prefix: salt, dollar, hash
bool matchesApr1(std::string_view password, std::string_view rest)
{
    constexpr std::size_t saltBytesMax = 8;
    const std::size_t dollar = rest.find('$');
    if (dollar == std::string_view::npos) {
        return false;
    }
    const std::string_view salt = rest.substr(0, std::min(dollar, saltBytesMax));
    const std::string digest = apr1Digest(password, salt);
    return digest.size() == md5Bytes && isSame(cryptBase64(digest), rest.substr(dollar + 1));
}

bool matchesCrypt(std::string_view password, std::string_view hash)
{
    if (password.find('\0') != std::string_view::npos) {
        return false; // crypt would see the part before it only
    }
    const auto data = std::make_unique<crypt_data>(); // 32 kB: not for a worker's stack
    const char* made =
        ::crypt_r(std::string(password).c_str(), std::string(hash).c_str(), data.get());
    return made != nullptr && made[0] != '*' && isSame(made, hash);
}

} // namespace

bool matches(std::string_view password, std::string_view hash)
{
    if (hash.starts_with(apr1Prefix)) {
        return matchesApr1(password, hash.substr(apr1Prefix.size()));
    }
    if (hash.starts_with(plainPrefix)) {
        return isSame(password, hash.substr(plainPrefix.size()));
    }
    if (hash.starts_with(saltedShaPrefix)) {
        return matchesSha(password, hash.substr(saltedShaPrefix.size()), true);
    }
    if (hash.starts_with(shaPrefix)) {
        return matchesSha(password, hash.substr(shaPrefix.size()), false);
    }
    return matchesCrypt(password, hash);
}

} // namespace lab::certificates
