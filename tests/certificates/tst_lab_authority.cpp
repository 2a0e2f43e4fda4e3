#include "support/test_main.hpp"

#include "certificates/lab_authority.hpp"
#include "certificates/openssl_handles.hpp"

#include <openssl/pem.h>
#include <openssl/x509_vfy.h>

#include <ctime>
#include <set>

using namespace lab::certificates;

namespace {

BioHandle bioOf(const std::string& pem)
{
    return BioHandle(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

CertificateHandle certificateOf(const std::string& pem)
{
    return CertificateHandle(PEM_read_bio_X509(bioOf(pem).get(), nullptr, nullptr, nullptr));
}

KeyHandle keyOf(const std::string& pem)
{
    return KeyHandle(PEM_read_bio_PrivateKey(bioOf(pem).get(), nullptr, nullptr, nullptr));
}

/// What a TLS client finds: X509_V_OK, or why it does not trust the certificate for that name.
int verdictOf(X509* leaf, X509* trusted, const char* host)
{
    using StoreHandle = std::unique_ptr<X509_STORE, OpensslDeleter<X509_STORE_free>>;
    using ContextHandle = std::unique_ptr<X509_STORE_CTX, OpensslDeleter<X509_STORE_CTX_free>>;
    const StoreHandle store(X509_STORE_new());
    X509_STORE_add_cert(store.get(), trusted);
    const ContextHandle context(X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), store.get(), leaf, nullptr);
    X509_VERIFY_PARAM* param = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_SSL_SERVER);
    X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_X509_STRICT);
    X509_VERIFY_PARAM_set1_host(param, host, 0);
    X509_verify_cert(context.get());
    return X509_STORE_CTX_get_error(context.get());
}

std::string serialOf(X509* certificate)
{
    const ASN1_INTEGER* serial = X509_get0_serialNumber(certificate);
    return {reinterpret_cast<const char*>(serial->data), static_cast<std::size_t>(serial->length)};
}

} // namespace

/// Certificates of the lab must be ones that a strict client accepts, and no other client.
class LabAuthorityTest : public QObject {
    Q_OBJECT

private slots:
    void aStrictClientTrustsAnIssuedCertificateForItsNames()
    {
        const auto authority = LabAuthority::create();
        QVERIFY(authority.has_value());
        const auto issued = authority->issue({"shop.lab", "*.cart.lab", "127.0.1.1"}, days(1));
        QVERIFY(issued.has_value());
        const auto leaf = certificateOf(issued->certificatePem);
        const auto root = certificateOf(authority->certificatePem());
        QCOMPARE(verdictOf(leaf.get(), root.get(), "shop.lab"), X509_V_OK);
        QCOMPARE(verdictOf(leaf.get(), root.get(), "a.cart.lab"), X509_V_OK);
        QCOMPARE(verdictOf(leaf.get(), root.get(), "other.lab"), X509_V_ERR_HOSTNAME_MISMATCH);
        QCOMPARE(X509_check_ip_asc(leaf.get(), "127.0.1.1", 0), 1);
        QCOMPARE(X509_check_ip_asc(leaf.get(), "127.0.1.2", 0), 0);
    }

    void anotherLabDoesNotTrustIt()
    {
        const auto authority = LabAuthority::create();
        const auto other = LabAuthority::create();
        const auto issued = authority->issue({"shop.lab"}, days(1));
        const auto leaf = certificateOf(issued->certificatePem);
        const auto root = certificateOf(other->certificatePem());
        QVERIFY(verdictOf(leaf.get(), root.get(), "shop.lab") != X509_V_OK);
    }

    void theKeyBelongsToTheCertificate()
    {
        const auto authority = LabAuthority::create();
        const auto issued = authority->issue({"shop.lab"}, days(1));
        const auto leaf = certificateOf(issued->certificatePem);
        const auto key = keyOf(issued->keyPem);
        QCOMPARE(X509_check_private_key(leaf.get(), key.get()), 1);
        QVERIFY(issued->keyPem.starts_with("-----BEGIN PRIVATE KEY-----"));
        QCOMPARE(EVP_PKEY_get_bits(key.get()), 256);
        QCOMPARE(EVP_PKEY_get_base_id(key.get()), EVP_PKEY_EC);
    }

    void theAuthorityMaySignLeavesOnlyAndALeafNothing()
    {
        const auto authority = LabAuthority::create();
        const auto issued = authority->issue({"shop.lab"}, days(1));
        const auto root = certificateOf(authority->certificatePem());
        const auto leaf = certificateOf(issued->certificatePem);
        QCOMPARE(X509_check_ca(root.get()), 1);
        QCOMPARE(X509_get_pathlen(root.get()), 0L);
        QCOMPARE(X509_get_key_usage(root.get()), std::uint32_t{KU_KEY_CERT_SIGN | KU_CRL_SIGN});
        QCOMPARE(X509_check_ca(leaf.get()), 0);
        QCOMPARE(X509_get_key_usage(leaf.get()), std::uint32_t{KU_DIGITAL_SIGNATURE});
        QCOMPARE(X509_get_extended_key_usage(leaf.get()), std::uint32_t{XKU_SSL_SERVER});
        QVERIFY(ASN1_OCTET_STRING_cmp(X509_get0_authority_key_id(leaf.get()),
                                      X509_get0_subject_key_id(root.get())) == 0);
    }

    void validityIsAsAsked_data()
    {
        QTest::addColumn<int>("hours");
        QTest::newRow("an hour") << 1;
        QTest::newRow("a year") << 8760;
        QTest::newRow("expired since yesterday") << -24;
    }
    void validityIsAsAsked()
    {
        QFETCH(const int, hours);
        const auto authority = LabAuthority::create();
        const auto before = std::time(nullptr);
        const auto issued = authority->issue({"shop.lab"}, std::chrono::hours(hours));
        const auto after = std::time(nullptr);
        const auto leaf = certificateOf(issued->certificatePem);
        std::time_t bounds[] = {before + hours * 3600, after + hours * 3600};
        QVERIFY(ASN1_TIME_cmp_time_t(X509_get0_notAfter(leaf.get()), bounds[0]) >= 0);
        QVERIFY(ASN1_TIME_cmp_time_t(X509_get0_notAfter(leaf.get()), bounds[1]) <= 0);
        QCOMPARE(ASN1_TIME_compare(X509_get0_notBefore(leaf.get()), X509_get0_notAfter(leaf.get())),
                 -1);
    }

    void serialsAreLongAndNeverTheSame()
    {
        const auto authority = LabAuthority::create();
        std::set<std::string> serials{serialOf(certificateOf(authority->certificatePem()).get())};
        for (int i = 0; i < 50; ++i) {
            const auto issued = authority->issue({"shop.lab"}, days(1));
            const auto serial = serialOf(certificateOf(issued->certificatePem).get());
            QCOMPARE(serial.size(), std::size_t{16});
            QVERIFY(serials.insert(serial).second);
        }
    }

    void aNameTooLongForTheSubjectIsInTheExtensionAlone()
    {
        const auto authority = LabAuthority::create();
        const std::string name = std::string(60, 'a') + ".shop.lab";
        const auto issued = authority->issue({name}, days(1));
        QVERIFY(issued.has_value());
        const auto leaf = certificateOf(issued->certificatePem);
        const auto root = certificateOf(authority->certificatePem());
        QCOMPARE(verdictOf(leaf.get(), root.get(), name.c_str()), X509_V_OK);
        QCOMPARE(X509_NAME_get_index_by_NID(X509_get_subject_name(leaf.get()), NID_commonName, -1),
                 -1);
    }

    void refusesWhatIsNoName_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("star alone") << QByteArray("*.");
        QTest::newRow("star inside") << QByteArray("a.*.lab");
        QTest::newRow("newline") << QByteArray("a\nb");
        QTest::newRow("comma") << QByteArray("a,DNS:b");
        QTest::newRow("not ASCII") << QByteArray("k\xc3\xa4se.lab");
        QTest::newRow("too long") << QByteArray(254, 'a');
    }
    void refusesWhatIsNoName()
    {
        QFETCH(const QByteArray, name);
        const auto authority = LabAuthority::create();
        const auto issued = authority->issue({"good.lab", name.toStdString()}, days(1));
        QVERIFY(issued.has_error());
        QCOMPARE(issued.error().kind(), lab::ErrorKind::BadInput);
    }

    void theDefaultIsTheFakeCertificateOfTheController()
    {
        const auto made = selfSignedDefault();
        QVERIFY(made.has_value());
        const auto leaf = certificateOf(made->certificatePem);
        char name[128] = {};
        X509_NAME_get_text_by_NID(
            X509_get_subject_name(leaf.get()), NID_commonName, name, sizeof name);
        QCOMPARE(name, "Kubernetes Ingress Controller Fake Certificate");
        QCOMPARE(X509_check_host(leaf.get(), "ingress.local", 0, 0, nullptr), 1);
        QCOMPARE(X509_verify(leaf.get(), X509_get0_pubkey(leaf.get())), 1);
        QCOMPARE(X509_check_private_key(leaf.get(), keyOf(made->keyPem).get()), 1);
    }

private:
    static std::chrono::hours days(int count) { return std::chrono::hours(24 * count); }
};

LAB_TEST(LabAuthorityTest)
#include "tst_lab_authority.moc"
