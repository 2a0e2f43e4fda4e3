#include "support/test_main.hpp"
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include "certificates/certificate_info.hpp"
#include "certificates/lab_authority.hpp"
#include "live/certificate_store.hpp"

#include <chrono>
#include <sys/stat.h>

using namespace lab::live;
using lab::certificates::readCertificate;
using lab::plan::FrontDoorPlan;
using lab::plan::PemPair;
using lab::plan::PlannedCertificate;
using Source = PlannedCertificate::Source;

namespace {

FrontDoorPlan planOf(std::vector<PlannedCertificate> certificates)
{
    FrontDoorPlan plan;
    plan.certificates = std::move(certificates);
    return plan;
}

PlannedCertificate
wanted(const std::string& name, Source source, const std::vector<std::string>& dnsNames)
{
    PlannedCertificate certificate;
    certificate.name = name;
    certificate.source = source;
    certificate.dnsNames = dnsNames;
    return certificate;
}

lab::certificates::CertificateInfo infoOf(const LazyCertificate& certificate)
{
    return *readCertificate(certificate.pem().certificate, certificate.pem().key);
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

unsigned modeOf(const QString& path)
{
    struct stat info {};
    return ::stat(path.toUtf8().constData(), &info) == 0 ? info.st_mode & 0777U : 0U;
}

} // namespace

/// Every certificate of a plan comes from where the plan says, and keys leave by one way only.
class CertificateStoreTest : public QObject {
    Q_OBJECT

private slots:
    void theUsersOwnIsServedAsItIs()
    {
        const auto authority = lab::certificates::LabAuthority::create();
        const auto issued = authority->issue({"shop.lab"}, std::chrono::hours(-1)); // expired, too
        PlannedCertificate secret = wanted("shop/web-tls", Source::Secret, {"shop.lab"});
        secret.pem =
            std::make_shared<const PemPair>(PemPair{issued->certificatePem, issued->keyPem});
        CertificateStore store;
        const auto loaded = store.load(planOf({secret}));
        QVERIFY(loaded.has_value());
        QCOMPARE((*loaded)[0]->pem().certificate, issued->certificatePem);
        QVERIFY(store.authorityPem().empty()); // nobody needed the lab's
    }

    void theLabIssuesForTheNamesAndTheirAliases()
    {
        CertificateStore store;
        const auto loaded =
            store.load(planOf({wanted("lab:a", Source::LabIssued, {"shop.lab", "*.wild.lab"})}));
        QVERIFY(loaded.has_value());
        const auto info = infoOf(*(*loaded)[0]);
        QVERIFY(info.hasMatchingKey);
        for (const char* host :
             {"shop.lab", "shop.lab.localhost", "a.wild.lab", "a.wild.lab.localhost"}) {
            QVERIFY2(info.covers(host), host);
        }
        QVERIFY(!info.covers("pay.lab"));
        const std::int64_t now =
            std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
        QVERIFY(info.notBeforeSeconds <= now && info.notAfterSeconds > now);
        QVERIFY(readCertificate(store.authorityPem(), "").has_value());
    }

    void allPlansShareOneAuthority()
    {
        CertificateStore store;
        QVERIFY(store.load(planOf({wanted("lab:a", Source::LabIssued, {"a.lab"})})).has_value());
        const std::string first = store.authorityPem();
        QVERIFY(store.load(planOf({wanted("lab:b", Source::LabIssued, {"b.lab"})})).has_value());
        QCOMPARE(store.authorityPem(), first);
    }

    void theDefaultIsTheControllersOwn()
    {
        CertificateStore store;
        const auto loaded = store.load(planOf({wanted("default", Source::SelfSigned, {})}));
        QVERIFY(loaded.has_value());
        QVERIFY(infoOf(*(*loaded)[0]).covers("ingress.local"));
        QVERIFY(store.authorityPem().empty());
    }

    void aBrokenSecretIsAnError()
    {
        PlannedCertificate secret = wanted("shop/web-tls", Source::Secret, {"shop.lab"});
        secret.pem = std::make_shared<const PemPair>(PemPair{"no certificate", ""});
        CertificateStore store;
        const auto loaded = store.load(planOf({secret}));
        QVERIFY(!loaded.has_value());
        QCOMPARE(loaded.error().kind(), lab::ErrorKind::BadInput);
    }

    void keepsWhatTheLabIssuedForItsOwnerOnly()
    {
        const QTemporaryDir folder;
        const QString kept = folder.path() + "/certificates";
        CertificateStore store;
        const auto loaded = store.load(planOf({wanted("lab:shop/web", Source::LabIssued, {"a.lab"}),
                                               wanted("default", Source::SelfSigned, {})}));
        QVERIFY(loaded.has_value());
        QCOMPARE(store.keepIn(kept.toStdString()).value(), kept.toStdString());
        QCOMPARE(modeOf(kept), 0700U);
        QCOMPARE(QDir(kept).entryList(QDir::Files),
                 (QStringList{"ca.pem", "lab_shop_web.key", "lab_shop_web.pem"}));
        for (const QString& name : QDir(kept).entryList(QDir::Files)) {
            QCOMPARE(modeOf(kept + '/' + name), 0600U);
        }
        const auto info = readCertificate(contentOf(kept + "/lab_shop_web.pem").toStdString(),
                                          contentOf(kept + "/lab_shop_web.key").toStdString());
        QVERIFY(info.has_value() && info->hasMatchingKey);
        QCOMPARE(contentOf(kept + "/ca.pem").toStdString(), store.authorityPem());
    }

    void neverWritesOverAnything_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("the authority's") << "ca.pem";
        QTest::newRow("a certificate") << "lab_a.pem";
        QTest::newRow("a key") << "lab_a.key";
    }
    void neverWritesOverAnything()
    {
        QFETCH(const QString, name);
        const QTemporaryDir folder;
        const QString path = folder.path() + '/' + name;
        {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("mine");
        }
        CertificateStore store;
        QVERIFY(store.load(planOf({wanted("lab:a", Source::LabIssued, {"a.lab"})})).has_value());
        const auto kept = store.keepIn(folder.path().toStdString());
        QVERIFY(!kept.has_value());
        QCOMPARE(kept.error().kind(), lab::ErrorKind::Environment);
        QVERIFY(QString::fromStdString(kept.error().message()).contains(path));
        QCOMPARE(contentOf(path), QByteArray("mine"));
    }

    void whatIsTheSameIsIssuedOnce()
    {
        const QTemporaryDir folder;
        const std::string kept = folder.path().toStdString() + "/kept";
        CertificateStore store;
        const auto first = store.load(planOf({wanted("lab:a", Source::LabIssued, {"a.lab"})}));
        QVERIFY(store.keepIn(kept).has_value());
        const QByteArray file = contentOf(QString::fromStdString(kept) + "/lab_a.pem");
        const auto again = store.load(planOf({wanted("lab:a", Source::LabIssued, {"a.lab"})}));
        QCOMPARE((*again)[0], (*first)[0]);
        QVERIFY(store.keepIn(kept).has_value());
        QCOMPARE(contentOf(QString::fromStdString(kept) + "/lab_a.pem"), file);
        const auto other = store.load(planOf({wanted("lab:a", Source::LabIssued, {"b.lab"})}));
        QVERIFY((*other)[0] != (*first)[0]);
        QVERIFY(store.keepIn(kept).has_value()); // its own file goes on with the new one
        QVERIFY(contentOf(QString::fromStdString(kept) + "/lab_a.pem") != file);
    }

    void doesNotFollowALinkThatIsThere()
    {
        const QTemporaryDir folder;
        const QString target = folder.path() + "/elsewhere";
        QVERIFY(QFile::link(target, folder.path() + "/ca.pem"));
        CertificateStore store;
        QVERIFY(store.load(planOf({wanted("lab:a", Source::LabIssued, {"a.lab"})})).has_value());
        QVERIFY(!store.keepIn(folder.path().toStdString()).has_value());
        QVERIFY(!QFile::exists(target));
    }

    void aFolderThatCannotBeMadeIsTold()
    {
        const QTemporaryDir folder;
        CertificateStore store;
        const auto kept = store.keepIn(folder.path().toStdString() + "/not/here");
        QVERIFY(!kept.has_value());
        QVERIFY(QString::fromStdString(kept.error().message()).contains("/not/here"));
    }
};

LAB_TEST(CertificateStoreTest)
#include "tst_certificate_store.moc"
