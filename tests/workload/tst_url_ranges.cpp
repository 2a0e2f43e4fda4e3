#include "support/test_main.hpp"

#include "workload/url_ranges.hpp"

using namespace lab::workload;

namespace {

MixEntry entry(const std::string& url)
{
    MixEntry made;
    made.url = url;
    return made;
}

QString urls(const std::vector<MixEntry>& entries)
{
    QStringList list;
    for (const MixEntry& entry : entries) {
        list << QString::fromStdString(entry.url);
    }
    return list.join(' ');
}

} // namespace

/// One line of a scenario may stand for many URLs.
class UrlRangesTest : public QObject {
    Q_OBJECT

private slots:
    void aRangeGivesItsUrls_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("expected");
        QTest::newRow("no range") << "http://a/x?y=1"
                                  << "http://a/x?y=1";
        QTest::newRow("a range") << "http://a/s{0..3}/"
                                 << "http://a/s0/ http://a/s1/ http://a/s2/ http://a/s3/";
        QTest::newRow("one number") << "/{7..7}"
                                    << "/7";
        QTest::newRow("two ranges, the last turns fastest") << "/{1..2}/{8..9}"
                                                            << "/1/8 /1/9 /2/8 /2/9";
        QTest::newRow("in the host") << "http://s{1..2}.lab/"
                                     << "http://s1.lab/ http://s2.lab/";
        QTest::newRow("leading zeros are kept") << "/{08..10}"
                                                << "/08 /09 /10";
        QTest::newRow("zero alone is no leading zero") << "/{0..10}"
                                                       << "/0 /1 /2 /3 /4 /5 /6 /7 /8 /9 /10";
    }

    void aRangeGivesItsUrls()
    {
        QFETCH(QString, url);
        QFETCH(QString, expected);
        const auto entries = withoutRanges(entry(url.toStdString()));
        QVERIFY(entries.has_value());
        QCOMPARE(urls(*entries), expected);
    }

    void weightIsDividedAndTheRestKept()
    {
        const auto entries = withoutRanges({.method = "POST",
                                            .url = "/{1..4}",
                                            .service = "shop/cart",
                                            .weight = 2.0,
                                            .bodyBytes = 9});
        QCOMPARE(entries->size(), std::size_t(4));
        for (const MixEntry& entry : *entries) {
            QCOMPARE(entry.weight, 0.5);
            QCOMPARE(entry.method, std::string("POST"));
            QCOMPARE(entry.service, std::string("shop/cart"));
            QCOMPARE(entry.bodyBytes, std::uint64_t(9));
        }
    }

    void whatIsNoRangeIsRefusedWithARemedy_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("message");
        QTest::newRow("a name") << "/{id}"
                                << "\"{id}\" in a URL is no range; write \"{0..10}\", or "
                                   "\"%7B\" for a brace";
        QTest::newRow("empty") << "/{}"
                               << "\"{}\" in a URL is no range";
        QTest::newRow("one bound") << "/{1..}"
                                   << "\"{1..}\" in a URL is no range";
        QTest::newRow("negative") << "/{-1..2}"
                                  << "\"{-1..2}\" in a URL is no range";
        QTest::newRow("three dots") << "/{1...2}"
                                    << "\"{1...2}\" in a URL is no range";
        QTest::newRow("ten digits") << "/{1..1000000000}"
                                    << "\"{1..1000000000}\" in a URL is no range";
        QTest::newRow("unclosed") << "/{1..2"
                                  << "\"{\" without \"}\" in the URL \"/{1..2\"; write";
        QTest::newRow("backwards") << "/{5..1}"
                                   << "the range \"{5..1}\" runs backwards; write the lower";
        QTest::newRow("too many")
            << "/{1..1001}"
            << "the ranges of \"/{1..1001}\" stand for more than 1000 URLs; use";
        QTest::newRow("too many together") << "/{1..40}/{1..40}"
                                           << "stand for more than 1000 URLs";
    }

    void whatIsNoRangeIsRefusedWithARemedy()
    {
        QFETCH(QString, url);
        QFETCH(QString, message);
        const auto entries = withoutRanges(entry(url.toStdString()));
        QVERIFY(entries.has_error());
        const QString said = QString::fromStdString(entries.error().message());
        QVERIFY2(said.contains(message), qPrintable(said));
        QVERIFY(entries.error().kind() == lab::ErrorKind::BadInput);
    }

    void asManyUrlsAsAllowedAreTaken()
    {
        QCOMPARE(withoutRanges(entry("/{1..1000}"))->size(), urlsPerEntryMax);
        QCOMPARE(withoutRanges(entry("/{0..9}/{0..9}/{0..9}"))->size(), urlsPerEntryMax);
    }
};

LAB_TEST(UrlRangesTest)
#include "tst_url_ranges.moc"
