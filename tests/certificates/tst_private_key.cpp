#include "support/test_main.hpp"

#include "certificates/private_key.hpp"

#include <openssl/err.h>
#include <openssl/rsa.h>

using namespace lab::certificates;

namespace {

std::string pkcs8Of(EVP_PKEY* key)
{
    PKCS8_PRIV_KEY_INFO* info = EVP_PKEY2PKCS8(key);
    unsigned char* out = nullptr;
    const int length = i2d_PKCS8_PRIV_KEY_INFO(info, &out);
    std::string der(reinterpret_cast<const char*>(out), static_cast<std::size_t>(length));
    OPENSSL_free(out);
    PKCS8_PRIV_KEY_INFO_free(info);
    return der;
}

/// Signs with one key, verifies with the other: the private halves are equal too.
bool isSameKey(EVP_PKEY* signing, EVP_PKEY* verifying)
{
    using DigestHandle = std::unique_ptr<EVP_MD_CTX, OpensslDeleter<EVP_MD_CTX_free>>;
    const unsigned char text[] = "lab";
    unsigned char signature[1024];
    std::size_t length = sizeof signature;
    const bool isEd = EVP_PKEY_get_base_id(signing) == EVP_PKEY_ED25519;
    const EVP_MD* digest = isEd ? nullptr : EVP_sha256();
    const DigestHandle sign(EVP_MD_CTX_new());
    const DigestHandle verify(EVP_MD_CTX_new());
    return EVP_DigestSignInit(sign.get(), nullptr, digest, nullptr, signing) == 1 &&
           EVP_DigestSign(sign.get(), signature, &length, text, sizeof text) == 1 &&
           EVP_DigestVerifyInit(verify.get(), nullptr, digest, nullptr, verifying) == 1 &&
           EVP_DigestVerify(verify.get(), signature, length, text, sizeof text) == 1;
}

KeyHandle keyNamed(const QByteArray& name)
{
    if (name == "RSA") {
        return KeyHandle(EVP_RSA_gen(2048));
    }
    if (name == "ED25519") {
        return KeyHandle(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    }
    return KeyHandle(EVP_EC_gen(name.constData()));
}

} // namespace

/// Keys taken apart by hand must be the keys that OpenSSL's decoder gives.
class PrivateKeyTest : public QObject {
    Q_OBJECT

private slots:
    void loadsTheKeyThatWasStored_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char* name : {"P-256", "P-384", "P-521", "RSA", "ED25519"}) {
            QTest::newRow(name) << QByteArray(name);
        }
    }
    void loadsTheKeyThatWasStored()
    {
        QFETCH(const QByteArray, name);
        const KeyHandle key = keyNamed(name);
        const KeyHandle loaded = loadPrivateKey(pkcs8Of(key.get()));
        QVERIFY(loaded != nullptr);
        QCOMPARE(EVP_PKEY_eq(loaded.get(), key.get()), 1);
        QVERIFY(isSameKey(loaded.get(), key.get()));
    }

    void neverTakesMoreThanThereIs()
    {
        // Every cut and every changed byte: refused or a key, but no read beyond the end (ASan).
        const std::string der = pkcs8Of(keyNamed("P-256").get());
        for (std::size_t i = 0; i < der.size(); ++i) {
            QVERIFY(loadPrivateKey(std::string(der, 0, i)) == nullptr);
            std::string changed = der;
            changed[i] = static_cast<char>(changed[i] ^ 0xff);
            static_cast<void>(loadPrivateKey(changed));
        }
        ERR_clear_error();
    }

    void saysInTheQueueWhyNot()
    {
        ERR_clear_error();
        QVERIFY(loadPrivateKey("no key") == nullptr);
        QVERIFY(ERR_peek_error() != 0);
        ERR_clear_error();
    }
};

LAB_TEST(PrivateKeyTest)
#include "tst_private_key.moc"
