#include "support/test_main.hpp"

#include "explain/question.hpp"

using namespace lab;

/// What a user asks, taken apart or turned down with a reason.
class QuestionTest : public QObject {
    Q_OBJECT

private slots:
    void urlsAreTakenApart()
    {
        const auto read = explain::readQuestion({"https://Shop.Lab:8443?x=%20", "PUT", {}, "::1"});
        QCOMPARE(read->method, "PUT");
        QVERIFY(read->isTls);
        QCOMPARE(read->host, "Shop.Lab:8443");
        QCOMPARE(int{*read->port}, 8443);
        QCOMPARE(read->target, "/?x=%20");
        QCOMPARE(read->url(), "https://Shop.Lab:8443/?x=%20");
    }

    void aHostFieldTakesTheUrlsPlace()
    {
        const auto read = explain::readQuestion(
            {"http://127.0.0.1/", "GET", {"hOST: shop.lab", "Cookie:  beta=1 "}, "127.0.0.1"});
        QCOMPARE(read->host, "shop.lab");
        QCOMPARE(read->fields.size(), std::size_t{1});
        QCOMPARE(read->fields[0].second, "beta=1");
    }

    void whatIsNoQuestionIsSaid_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("client");
        QTest::addColumn<QString>("says");
        const auto row =
            [](const char* name, const char* url, const char* field, const char* says) {
                QTest::newRow(name) << url << field << "127.0.0.1" << says;
            };
        row("no scheme", "shop.lab/cart", "", "write https://shop.lab/cart");
        row("path only", "/cart", "", "write https://shop.example.com/cart");
        row("other scheme", "ftp://shop.lab/", "", "its scheme is ftp");
        row("space", "http://shop.lab/a b", "", "percent-encoded");
        row("no host", "http:///cart", "", "names no host");
        row("password", "http://ann:x@shop.lab/", "", "Authorization");
        row("port 0", "http://shop.lab:0/", "", "1–65535");
        row("port too high", "http://shop.lab:70000/", "", "1–65535");
        row("no field", "http://shop.lab/", "Cookie", "write 'Name: value'");
        row("bad name", "http://shop.lab/", "Coo kie: x", "write 'Name: value'");
        row("two lines", "http://shop.lab/", "Cookie: a\r\nX: b", "control characters");
        QTest::newRow("client") << "http://shop.lab/"
                                << ""
                                << "home"
                                << "no IP address";
    }
    void whatIsNoQuestionIsSaid()
    {
        QFETCH(QString, url);
        QFETCH(QString, field);
        QFETCH(QString, client);
        QFETCH(QString, says);
        explain::AskedRequest asked{url.toStdString(), "GET", {}, client.toStdString()};
        if (!field.isEmpty()) {
            asked.fields.push_back(field.toStdString());
        }
        const auto read = explain::readQuestion(asked);
        QVERIFY(!read.has_value());
        QCOMPARE(read.error().kind(), ErrorKind::WrongUse);
        const QString said = QString::fromStdString(read.error().message());
        QVERIFY2(said.contains(says), qPrintable(said));
    }

    void aMethodIsAToken()
    {
        QVERIFY(!explain::readQuestion({"http://a/", "GET X", {}, "::1"}).has_value());
    }
};

LAB_TEST(QuestionTest)
#include "tst_question.moc"
