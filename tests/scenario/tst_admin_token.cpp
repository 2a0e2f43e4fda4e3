#include "support/test_main.hpp"

#include "scenario/admin_token.hpp"
#include "support/file_fixture.hpp"

using namespace lab;
using scenario::adminToken;

/// The token comes from a file or the environment, and appears in no message.
class AdminTokenTest : public QObject {
    Q_OBJECT

private slots:
    void theFilesFirstLineGoesFirst()
    {
        test::FileFixture files;
        files.file("token", "s3cret\r\nmore\n");
        QCOMPARE(*adminToken(files.path("token"), "other"), std::string("s3cret"));
        QCOMPARE(*adminToken(std::nullopt, "other"), std::string("other"));
        QCOMPARE(*adminToken(std::nullopt, std::nullopt), std::string());
    }

    void whatIsNoTokenIsRefused()
    {
        test::FileFixture files;
        files.file("empty", "\n");
        files.file("spaced", "s3cret word\n");
        for (const char* name : {"empty", "spaced"}) {
            const auto token = adminToken(files.path(name), std::nullopt);
            QVERIFY(!token.has_value());
            QCOMPARE(token.error().kind(), ErrorKind::WrongUse);
            QVERIFY(token.error().message().find("s3cret") == std::string::npos);
        }
        QVERIFY(!adminToken(std::nullopt, "").has_value());
        QCOMPARE(adminToken(files.path("none"), {}).error().kind(), ErrorKind::Environment);
    }
};

LAB_TEST(AdminTokenTest)
#include "tst_admin_token.moc"
