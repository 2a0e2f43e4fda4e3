#include "support/test_main.hpp"

#include "certificates/certificate_info.hpp"
#include "certificates/lab_authority.hpp"
#include "certificates/openssl_handles.hpp"

#include <openssl/pem.h>

using namespace lab::certificates;

namespace {

/// A certificate made by OpenSSL's own hands, not by the lab's.
std::string madeBy(const char* commonName, const char* alternativeNames)
{
    const KeyHandle key(EVP_EC_gen("P-256"));
    const CertificateHandle certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_TIME_set_string(X509_getm_notBefore(certificate.get()), "20260101000000Z");
    ASN1_TIME_set_string(X509_getm_notAfter(certificate.get()), "20510203040506Z");
    X509_set_pubkey(certificate.get(), key.get());
    if (commonName != nullptr) {
        const auto* text = reinterpret_cast<const unsigned char*>(commonName);
        X509_NAME_add_entry_by_txt(
            X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8, text, -1, -1, 0);
    }
    if (alternativeNames != nullptr) {
        X509V3_CTX context;
        X509V3_set_ctx(&context, certificate.get(), certificate.get(), nullptr, nullptr, 0);
        X509_EXTENSION* extension =
            X509V3_EXT_conf_nid(nullptr, &context, NID_subject_alt_name, alternativeNames);
        X509_add_ext(certificate.get(), extension, -1);
        X509_EXTENSION_free(extension);
    }
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    const BioHandle bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate.get());
    char* data = nullptr;
    const auto length = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(length)};
}

} // namespace

/// What `plan` believes about a user's certificate comes from here.
class CertificateInfoTest : public QObject {
    Q_OBJECT

private slots:
    void readsNamesAndDates()
    {
        const auto pem = madeBy("Shop", "DNS:Shop.LAB,DNS:*.cart.lab,IP:127.0.0.1,email:a@b.lab");
        const auto info = readCertificate(pem, "");
        QVERIFY(info.has_value());
        QCOMPARE(info->dnsNames, (std::vector<std::string>{"shop.lab", "*.cart.lab"}));
        QCOMPARE(info->commonName, std::string("Shop"));
        QCOMPARE(info->notBeforeSeconds, std::int64_t{1767225600}); // date -ud 2026-01-01 +%s
        QCOMPARE(info->notAfterSeconds, std::int64_t{2559009906});  // beyond 2050: GeneralizedTime
        QVERIFY(!info->hasMatchingKey);
    }

    void readsWhatTheLabIssues()
    {
        const auto authority = LabAuthority::create();
        const auto issued = authority->issue({"shop.lab", "cart.lab"}, std::chrono::hours(24));
        const auto info = readCertificate(issued->certificatePem, issued->keyPem);
        QVERIFY(info.has_value());
        QCOMPARE(info->dnsNames, (std::vector<std::string>{"shop.lab", "cart.lab"}));
        QVERIFY(info->hasMatchingKey);
        QCOMPARE(info->notAfterSeconds - info->notBeforeSeconds, std::int64_t{24 * 3600 + 60});
    }

    void seesThatAKeyIsAnotherCertificates()
    {
        const auto authority = LabAuthority::create();
        const auto one = authority->issue({"shop.lab"}, std::chrono::hours(24));
        const auto other = authority->issue({"shop.lab"}, std::chrono::hours(24));
        const auto info = readCertificate(one->certificatePem, other->keyPem);
        QVERIFY(info.has_value());
        QVERIFY(!info->hasMatchingKey);
    }

    void covers_data()
    {
        QTest::addColumn<QByteArray>("names");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("isCovered");
        const auto row = [](const char* names, const char* host, bool isCovered) {
            QTest::addRow("%s for %s", names, host)
                << QByteArray(names) << QByteArray(host) << isCovered;
        };
        row("shop.lab", "shop.lab", true);
        row("shop.lab", "SHOP.Lab", true);
        row("shop.lab", "shop.lab.", true);
        row("shop.lab", "a.shop.lab", false);
        row("shop.lab", "lab", false);
        row("shop.lab", "", false);
        row("*.shop.lab", "a.shop.lab", true);
        row("*.shop.lab", "A.Shop.Lab", true);
        row("*.shop.lab", "shop.lab", false);
        row("*.shop.lab", "a.b.shop.lab", false);
        row("*.shop.lab", ".shop.lab", false);
        row("*.shop.lab", "ashop.lab", false);
        row("a.lab b.lab", "b.lab", true);
        row("a.lab b.lab", "c.lab", false);
    }
    void covers()
    {
        QFETCH(const QByteArray, names);
        QFETCH(const QByteArray, host);
        CertificateInfo info;
        for (const QByteArray& name : names.split(' ')) {
            info.dnsNames.push_back(name.toStdString());
        }
        QTEST(info.covers(host.toStdString()), "isCovered");
    }

    void theCommonNameCountsOnlyWithoutAlternativeNames()
    {
        const auto old = readCertificate(madeBy("*.shop.lab", nullptr), "");
        QVERIFY(old->covers("a.shop.lab"));
        const auto modern = readCertificate(madeBy("shop.lab", "DNS:cart.lab"), "");
        QVERIFY(!modern->covers("shop.lab"));
        const auto nameless = readCertificate(madeBy(nullptr, nullptr), "");
        QCOMPARE(nameless->commonName, std::string());
        QVERIFY(!nameless->covers(""));
    }

    void saysWhatIsNotReadable_data()
    {
        QTest::addColumn<QByteArray>("certificate");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("message");
        const auto pem = QByteArray::fromStdString(madeBy("shop.lab", nullptr));
        QTest::newRow("no certificate")
            << QByteArray("hello") << QByteArray() << QByteArray("cannot read the certificate");
        QTest::newRow("empty") << QByteArray() << QByteArray()
                               << QByteArray("cannot read the certificate");
        QTest::newRow("cut") << pem.left(200) << QByteArray()
                             << QByteArray("cannot read the certificate");
        QTest::newRow("no key") << pem << QByteArray("hello")
                                << QByteArray("there is no private key");
        QTest::newRow("broken key") << pem
                                    << QByteArray("-----BEGIN PRIVATE KEY-----\nMAA=\n"
                                                  "-----END PRIVATE KEY-----\n")
                                    << QByteArray("cannot read the private key");
    }
    void saysWhatIsNotReadable()
    {
        QFETCH(const QByteArray, certificate);
        QFETCH(const QByteArray, key);
        QFETCH(const QByteArray, message);
        const auto info = readCertificate(certificate.toStdString(), key.toStdString());
        QVERIFY(info.has_error());
        QCOMPARE(info.error().kind(), lab::ErrorKind::BadInput);
        QVERIFY2(info.error().message().starts_with(message.toStdString()),
                 info.error().message().c_str());
    }
};

LAB_TEST(CertificateInfoTest)
#include "tst_certificate_info.moc"
