#include "support/test_main.hpp"

#include "certificates/key_material.hpp"
#include "certificates/lab_authority.hpp"

using namespace lab::certificates;

namespace {

// Made with OpenSSL 3.0: ecparam -name prime256v1 -genkey; the same key in both forms.
constexpr const char* sec1Pem = R"(-----BEGIN EC PRIVATE KEY-----
MHcCAQEEICtosIWkFHAjMksyVK+AP0k1EVw9IiprsKgJtFbYdRE/oAoGCCqGSM49
AwEHoUQDQgAE9Q4CWb1znC6ORDQD+znkZKgr194FIe62nEJhMvai5gNj+RwhoRW4
wcpz0wNdvX3Z6lkOXawDogPGKKDV59/MjQ==
-----END EC PRIVATE KEY-----
)";
constexpr const char* pkcs8Pem = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgK2iwhaQUcCMySzJU
r4A/STURXD0iKmuwqAm0Vth1ET+hRANCAAT1DgJZvXOcLo5ENAP7OeRkqCvX3gUh
7racQmEy9qLmA2P5HCGhFbjBynPTA129fdnqWQ5drAOiA8YooNXn38yN
-----END PRIVATE KEY-----
)";
// openssl ec -aes256 of the same key, and its PKCS #8 form.
constexpr const char* encryptedSec1Pem = R"(-----BEGIN EC PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: AES-256-CBC,672A235EC4402C94FBF3B05F6811DE6C

kBOp++A42/NDsZi6zPB1eX2cC0RFm1LmEL79Tqz00YfHn94kO/dFVv8Ynv6jsxyT
ZeXGVQ0NZHu7b4wkg2Dlrc4FmNmQtAsY3m+iacnl8EudhMyiHpppm170yR9E3G0Z
zOCwO8DjfY/YPH6arw1QSRUppvHHV5xyarZwbRsjdAQ=
-----END EC PRIVATE KEY-----
)";
constexpr const char* encryptedPkcs8Pem = R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAih3fJDC0Z7JQICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEED2YytBjCOT3EbMnSUoVtAEEgZBK
ihKvzLGrt4IaGzP0HuppkJTDsz74MRbpthI+H8f+04p3q+MGK6pJpDQNOWyOJi9x
b1QpzPJcm4iUPNMU6As+4s3EmhFjIvMwZubV/+jErzdFjdsEgTveylRZV/NKEDNf
f/XiXKT8uArZTG3JqhmbLOwxULeq/+yugV99ExtRtJsP3kWhyYje9iz0WRMJAeY=
-----END ENCRYPTED PRIVATE KEY-----
)";

IssuedCertificate issued()
{
    const auto authority = LabAuthority::create();
    return *authority->issue({"shop.lab"}, std::chrono::hours(24));
}

/// Is that PKCS #8 text the pair's key?
bool isKey(const KeyPairDer& pair, const std::string& pem)
{
    const auto bytes = QByteArray(pem.c_str()).split('\n');
    return QByteArray::fromBase64(bytes.mid(1, bytes.size() - 3).join()) ==
           QByteArray::fromStdString(pair.key);
}

} // namespace

/// PEM text of Secrets becomes the bytes that handshakes need.
class KeyMaterialTest : public QObject {
    Q_OBJECT

private slots:
    void goesToBytes()
    {
        const auto authority = LabAuthority::create();
        const auto leaf = *authority->issue({"shop.lab"}, std::chrono::hours(24));
        const auto chainPem = leaf.certificatePem + authority->certificatePem();
        const auto pair = parseKeyPair(chainPem, leaf.keyPem);
        QVERIFY(pair.has_value());
        QCOMPARE(pair->chain.size(), std::size_t{2});
        QVERIFY(isKey(*pair, leaf.keyPem));
        QVERIFY(pair->chain[0].size() + pair->key.size() < 1024);
    }

    void takesOlderKeyFormsAsPkcs8()
    {
        const auto pair = parseKeyPair(issued().certificatePem, sec1Pem);
        QVERIFY(pair.has_value());
        QVERIFY(isKey(*pair, pkcs8Pem));
    }

    void takesBothFromOneText()
    {
        const auto made = issued();
        const auto both = "# the shop's\n" + made.keyPem + "\n" + made.certificatePem;
        const auto pair = parseKeyPair(both, both);
        QVERIFY(pair.has_value());
        QCOMPARE(pair->chain.size(), std::size_t{1});
        QVERIFY(isKey(*pair, made.keyPem));
    }

    void saysWhatIsMissing_data()
    {
        QTest::addColumn<QByteArray>("certificate");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("message");
        const auto made = issued();
        const QByteArray leaf(made.certificatePem.c_str());
        const QByteArray key(made.keyPem.c_str());
        QTest::newRow("nothing") << QByteArray() << key
                                 << QByteArray("there is no certificate in the PEM text");
        QTest::newRow("key for certificate")
            << key << key << QByteArray("there is no certificate in the PEM text");
        QTest::newRow("cut certificate")
            << leaf.left(100) << key << QByteArray("cannot read the certificate chain");
        QTest::newRow("bad base64 in the second")
            << leaf + "-----BEGIN CERTIFICATE-----\n====\n-----END CERTIFICATE-----\n"
            << key << QByteArray("cannot read the certificate chain");
        QTest::newRow("too many") << leaf.repeated(chainCertificatesMax + 1) << key
                                  << QByteArray("the certificate chain has more than 10");
        QTest::newRow("certificate for key")
            << leaf << leaf << QByteArray("there is no private key in the PEM text");
        QTest::newRow("cut key") << leaf << key.left(60)
                                 << QByteArray("cannot read the private key");
        QTest::newRow("encrypted, old form")
            << leaf << QByteArray(encryptedSec1Pem) << QByteArray("the private key is encrypted");
        QTest::newRow("encrypted, PKCS #8")
            << leaf << QByteArray(encryptedPkcs8Pem) << QByteArray("the private key is encrypted");
        QTest::newRow("no EC key in it")
            << leaf
            << QByteArray("-----BEGIN EC PRIVATE KEY-----\nMAA=\n-----END EC PRIVATE KEY-----\n")
            << QByteArray("cannot read the private key");
    }
    void saysWhatIsMissing()
    {
        QFETCH(const QByteArray, certificate);
        QFETCH(const QByteArray, key);
        QFETCH(const QByteArray, message);
        const auto pair = parseKeyPair(certificate.toStdString(), key.toStdString());
        QVERIFY(pair.has_error());
        QCOMPARE(pair.error().kind(), lab::ErrorKind::BadInput);
        QVERIFY2(pair.error().message().starts_with(message.toStdString()),
                 pair.error().message().c_str());
    }

    void chainOfTheLongestLengthIsTaken()
    {
        const auto made = issued();
        std::string chain;
        for (std::size_t i = 0; i < chainCertificatesMax; ++i) {
            chain += made.certificatePem;
        }
        QCOMPARE(parseKeyPair(chain, made.keyPem)->chain.size(), chainCertificatesMax);
    }
};

LAB_TEST(KeyMaterialTest)
#include "tst_key_material.moc"
