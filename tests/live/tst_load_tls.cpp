#include "support/test_main.hpp"

#include "certificates/lab_authority.hpp"
#include "live/load_tls.hpp"

using namespace lab::live;

/// How the load's clients ask for a host and whom they trust. The handshakes: tst_load_run.
class LoadTlsTest : public QObject {
    Q_OBJECT

private slots:
    void takesTheNameOutOfTheHostField_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("name") << QByteArray("shop.lab") << QByteArray("shop.lab");
        QTest::newRow("with port") << QByteArray("shop.lab:8443") << QByteArray("shop.lab");
        QTest::newRow("IPv4") << QByteArray("127.0.0.1:443") << QByteArray("127.0.0.1");
        QTest::newRow("IPv6") << QByteArray("[::1]:443") << QByteArray("::1");
        QTest::newRow("IPv6 without port") << QByteArray("[::1]") << QByteArray("::1");
        QTest::newRow("empty") << QByteArray() << QByteArray();
    }
    void takesTheNameOutOfTheHostField()
    {
        QFETCH(const QByteArray, field);
        QFETCH(const QByteArray, name);
        QCOMPARE(serverNameOf(field.toStdString()), name.toStdString());
    }

    void namesAreSentAddressesAreNot()
    {
        const auto tls = LoadTls::create("");
        QVERIFY(tls.has_value());
        LoadSession session;
        const auto named = tls->connect("shop.lab", session);
        QCOMPARE(SSL_get_servername(named.get(), TLSEXT_NAMETYPE_host_name), "shop.lab");
        const auto numbered = tls->connect("127.0.0.1", session);
        QVERIFY(SSL_get_servername(numbered.get(), TLSEXT_NAMETYPE_host_name) == nullptr);
        QCOMPARE(SSL_get_verify_mode(named.get()), SSL_VERIFY_NONE);
    }

    void verifiesWhereThereIsSomebodyToTrust()
    {
        const auto authority = lab::certificates::LabAuthority::create();
        const auto tls = LoadTls::create(authority->certificatePem());
        QVERIFY(tls.has_value());
        LoadSession session;
        const auto named = tls->connect("shop.lab", session);
        QCOMPARE(SSL_get_verify_mode(named.get()), SSL_VERIFY_PEER);
        QCOMPARE(X509_VERIFY_PARAM_get0_host(SSL_get0_param(named.get()), 0), "shop.lab");
    }

    void refusesWhatIsNoCertificate()
    {
        const auto tls = LoadTls::create("hello");
        QVERIFY(tls.has_error());
        QCOMPARE(tls.error().kind(), lab::ErrorKind::BadInput);
        QVERIFY(tls.error().message().starts_with("cannot read the trusted certificates"));
    }
};

LAB_TEST(LoadTlsTest)
#include "tst_load_tls.moc"
