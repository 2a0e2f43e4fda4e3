#include "certificates/private_key.hpp"

#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include <array>
#include <cstdint>
#include <optional>

namespace lab::certificates {

namespace {

using namespace std::string_view_literals;

/// The tags that an EC key is made of. X.690 8.1.2
enum class Tag : std::uint8_t {
    Integer = 0x02,
    BitString = 0x03,
    OctetString = 0x04,
    ObjectId = 0x06,
    Sequence = 0x30,
    Context1 = 0xa1,
};

/// Walks over DER elements: takes the next one if it has that tag, else says nothing.
class DerReader {
public:
    explicit DerReader(std::string_view bytes)
        : rest_(bytes)
    {
    }

    std::optional<std::string_view> take(Tag tag)
    {
        if (rest_.size() < 2 || byteAt(0) != static_cast<std::uint8_t>(tag)) {
            return std::nullopt;
        }
        std::size_t headBytes = 2;
        std::size_t length = byteAt(1);
        if (length >= 0x80) {
            const std::size_t lengthBytes = length & 0x7fU;
            if (lengthBytes == 0 || lengthBytes > 2 || rest_.size() < 2 + lengthBytes) {
                return std::nullopt; // indefinite, or longer than any key
            }
            headBytes += lengthBytes;
            length = 0;
            for (std::size_t i = 0; i < lengthBytes; ++i) {
                length = length << 8U | byteAt(2 + i);
            }
        }
        if (rest_.size() - headBytes < length) {
            return std::nullopt;
        }
        const std::string_view content = rest_.substr(headBytes, length);
        rest_.remove_prefix(headBytes + length);
        return content;
    }

private:
    [[nodiscard]] std::uint8_t byteAt(std::size_t i) const
    {
        return static_cast<std::uint8_t>(rest_[i]);
    }

    std::string_view rest_;
};

struct EcCurve {
    std::string_view objectId;
    const char* groupName;
};

constexpr auto ecPublicKeyId = "\x2a\x86\x48\xce\x3d\x02\x01"sv; // 1.2.840.10045.2.1
constexpr std::array<EcCurve, 2> curves{{
    {"\x2a\x86\x48\xce\x3d\x03\x01\x07"sv, "prime256v1"}, // 1.2.840.10045.3.1.7
    {"\x2b\x81\x04\x00\x22"sv, "secp384r1"},              // 1.3.132.0.34
}};

/// The two halves of an EC key, as views into its DER.
struct EcKeyParts {
    const char* groupName = nullptr;
    std::string_view scalar;
    std::string_view point;
};

/// PKCS #8 (RFC 5958 2) around an ECPrivateKey (RFC 5915 3).
std::optional<EcKeyParts> ecKeyParts(std::string_view pkcs8Der)
{
    DerReader outer(pkcs8Der);
    DerReader info(outer.take(Tag::Sequence).value_or(""sv));
    const auto version = info.take(Tag::Integer);
    DerReader algorithm(info.take(Tag::Sequence).value_or(""sv));
    const auto algorithmId = algorithm.take(Tag::ObjectId);
    const auto curveId = algorithm.take(Tag::ObjectId);
    DerReader keyOctets(info.take(Tag::OctetString).value_or(""sv));
    DerReader key(keyOctets.take(Tag::Sequence).value_or(""sv));
    const auto keyVersion = key.take(Tag::Integer);
    const auto scalar = key.take(Tag::OctetString);
    DerReader publicKey(key.take(Tag::Context1).value_or(""sv));
    const auto pointBits = publicKey.take(Tag::BitString);
    if (!version || algorithmId != ecPublicKeyId || !keyVersion || !scalar || !pointBits ||
        pointBits->size() < 2 || pointBits->front() != '\0') {
        return std::nullopt;
    }
    for (const EcCurve& curve : curves) {
        if (curveId == curve.objectId) {
            return EcKeyParts{curve.groupName, *scalar, pointBits->substr(1)};
        }
    }
    return std::nullopt;
}

KeyHandle buildEcKey(const EcKeyParts& parts)
{
    using BuilderHandle = std::unique_ptr<OSSL_PARAM_BLD, OpensslDeleter<OSSL_PARAM_BLD_free>>;
    using ParamsHandle = std::unique_ptr<OSSL_PARAM, OpensslDeleter<OSSL_PARAM_free>>;
    using BignumHandle = std::unique_ptr<BIGNUM, OpensslDeleter<BN_clear_free>>;
    const auto* scalarBytes = reinterpret_cast<const unsigned char*>(parts.scalar.data());
    const BignumHandle scalar(BN_secure_new());
    const BuilderHandle builder(OSSL_PARAM_BLD_new());
    if (!scalar || !builder ||
        BN_bin2bn(scalarBytes, static_cast<int>(parts.scalar.size()), scalar.get()) == nullptr ||
        OSSL_PARAM_BLD_push_utf8_string(
            builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, parts.groupName, 0) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, scalar.get()) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(
            builder.get(), OSSL_PKEY_PARAM_PUB_KEY, parts.point.data(), parts.point.size()) != 1) {
        return nullptr;
    }
    const ParamsHandle params(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContextHandle context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, params.get()) != 1) {
        return nullptr;
    }
    return KeyHandle(key);
}

} // namespace

KeyHandle loadPrivateKey(std::string_view pkcs8Der)
{
    if (const auto parts = ecKeyParts(pkcs8Der)) {
        return buildEcKey(*parts);
    }
    const auto* bytes = reinterpret_cast<const unsigned char*>(pkcs8Der.data());
    return KeyHandle(d2i_AutoPrivateKey(nullptr, &bytes, static_cast<long>(pkcs8Der.size())));
}

} // namespace lab::certificates
