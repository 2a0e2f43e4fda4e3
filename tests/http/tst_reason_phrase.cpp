#include "support/test_main.hpp"

#include "http/readable.hpp"
#include "http/serialize.hpp"

using lab::http::reasonPhrase;
using lab::test::readable;

/// The phrases of the IANA registry.
class ReasonPhraseTest : public QObject {
    Q_OBJECT

private slots:
    void aStatusHasItsRegisteredPhrase_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("phrase");
        QTest::newRow("first") << 100 << QByteArray("Continue");
        QTest::newRow("200") << 200 << QByteArray("OK");
        QTest::newRow("308") << 308 << QByteArray("Permanent Redirect");
        QTest::newRow("404") << 404 << QByteArray("Not Found");
        QTest::newRow("413 of RFC 9110") << 413 << QByteArray("Content Too Large");
        QTest::newRow("429") << 429 << QByteArray("Too Many Requests");
        QTest::newRow("503") << 503 << QByteArray("Service Unavailable");
        QTest::newRow("last") << 511 << QByteArray("Network Authentication Required");
        QTest::newRow("below all") << 99 << QByteArray("Unknown");
        QTest::newRow("in a gap") << 418 << QByteArray("Unknown");
        QTest::newRow("above all") << 599 << QByteArray("Unknown");
    }

    void aStatusHasItsRegisteredPhrase()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, phrase);
        QCOMPARE(readable(reasonPhrase(static_cast<std::uint16_t>(status))), phrase);
    }

    void everyPhraseIsFoundByTheBinarySearch()
    {
        int registered = 0;
        for (std::uint16_t status = 100; status < 600; ++status) {
            registered += reasonPhrase(status) == "Unknown" ? 0 : 1;
        }
        QCOMPARE(registered, 61); // an unsorted table would lose some
    }
};

LAB_TEST(ReasonPhraseTest)
#include "tst_reason_phrase.moc"
