#include "support/test_main.hpp"

#include "support/nginx_annotations.hpp"

using namespace lab;
using test::ClusterBuilder;

namespace {

ClusterBuilder withSecret()
{
    ClusterBuilder builder;
    builder.secret("users", {{"auth", "# staff\nann:hash1\r\nbob:hash2\nbroken\n"}});
    return builder;
}

} // namespace

/// Who may in.
class ReadAccessTest : public QObject {
    Q_OBJECT

private slots:
    void aPasswordFileIsReadLineByLine()
    {
        const auto read = test::readAnnotations({{"auth-type", "basic"},
                                                 {"auth-secret", "default/users"},
                                                 {"auth-realm", "Lab"},
                                                 {"satisfy", "any"}},
                                                withSecret());
        QVERIFY(read.policy.route.basicAuth.has_value());
        const auto& hashes = read.policy.route.basicAuth->hashes;
        QCOMPARE(hashes, (std::map<std::string, std::string>{{"ann", "hash1"}, {"bob", "hash2"}}));
        QCOMPARE(read.policy.route.basicAuth->realm, std::string("Lab"));
        QVERIFY(read.policy.route.isEitherEnough);
    }

    void aMapHasAUserAKey()
    {
        const auto read = test::readAnnotations(
            {{"auth-type", "basic"}, {"auth-secret", "users"}, {"auth-secret-type", "auth-map"}},
            withSecret());
        QVERIFY(read.policy.route.basicAuth->hashes.contains("auth"));
    }

    void whatIsMissingClosesThePaths_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("no secret") << "auth-secret"
                                   << "nobody";
        QTest::newRow("foreign secret") << "auth-secret"
                                        << "other/users";
        QTest::newRow("broken list") << "whitelist-source-range"
                                     << "everyone";
        QTest::newRow("broken deny list") << "denylist-source-range"
                                          << "10.0.0.0/99";
    }

    void whatIsMissingClosesThePaths()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        const auto read =
            test::readAnnotations({{"auth-type", name.startsWith("auth") ? "basic" : ""},
                                   {name.toStdString(), value.toStdString()}},
                                  withSecret());
        QVERIFY(read.policy.route.deniedBecause.starts_with(name.toStdString()));
        QVERIFY(read.policy.refusedBecause.empty());
    }

    void anUnknownTypeRefusesTheIngress()
    {
        QVERIFY(!test::readAnnotations({{"auth-type", "digest"}}).policy.refusedBecause.empty());
    }
};

LAB_TEST(ReadAccessTest)
#include "tst_read_access.moc"
