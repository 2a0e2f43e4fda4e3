#include "support/test_main.hpp"
#include <QRegularExpression>

#include "explain/explanation_text.hpp"
#include "report/text_layout.hpp"
#include "support/explain_bench.hpp"

using namespace lab;

/// The page for people: its headline, its width, its colours.
class ExplanationTextTest : public QObject {
    Q_OBJECT

private slots:
    void theHeadlineIsTheAnswer_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("headline");
        QTest::newRow("backend") << "http://shop.lab/x"
                                 << "→ default/web:80 (pod default/web-";
        QTest::newRow("broken") << "http://shop.lab/empty"
                                << "→ 503 Service Unavailable: ";
        QTest::newRow("no route") << "http://shpo.lab/"
                                  << "→ 404 Not Found: no rule takes it";
        QTest::newRow("bad request") << "http://shop.lab/%2e%2e/x"
                                     << "→ 400 Bad Request: the path";
    }
    void theHeadlineIsTheAnswer()
    {
        QFETCH(QString, url);
        QFETCH(QString, headline);
        test::ExplainBench bench(test::Annotations{{"limit-rps", "5"}});
        const auto said = bench.ask(url.toStdString());
        const QString text = QString::fromStdString(explain::explanationAsText(said, false));
        QVERIFY2(text.startsWith("GET " + url + ' ' + headline), qPrintable(text));
        for (const QString& line : text.split('\n')) {
            QVERIFY2(report::displayWidth(line.toStdString()) <= 100, qPrintable(line));
        }
    }

    void everyPartHasItsPlace()
    {
        test::ExplainBench bench(test::Annotations{{"limit-rps", "5"}});
        const QString text = QString::fromStdString(
            explain::explanationAsText(bench.ask("https://shop.lab/x"), false));
        qsizetype last = 0;
        for (const char* part : {"decided by   test.yaml:",
                                 "candidates, best first",
                                 "won",
                                 "certificate ",
                                 "endpoint ",
                                 "to the pod ",
                                 "+ X-Real-IP",
                                 "to client ",
                                 "limits\n",
                                 "phases\n",
                                 "taken by"}) {
            const qsizetype at = text.indexOf(part, last);
            QVERIFY2(at >= 0, qPrintable(QString(part) + " in\n" + text));
            last = at;
        }
    }

    void colourIsOnlyColour()
    {
        test::ExplainBench bench;
        const auto said = bench.ask("http://shpo.lab/");
        QString coloured = QString::fromStdString(explain::explanationAsText(said, true));
        QVERIFY(coloured.contains("\033["));
        coloured.remove(QRegularExpression("\033\\[[0-9;]*m"));
        QCOMPARE(coloured, QString::fromStdString(explain::explanationAsText(said, false)));
    }

    void theVerdictStandsAlone()
    {
        test::ExplainBench bench(test::Annotations{{"permanent-redirect", "https://new.lab"}});
        QCOMPARE(explain::verdictText(bench.ask("http://shop.lab/")), "→ 301 https://new.lab");
    }
};

LAB_TEST(ExplanationTextTest)
#include "tst_explanation_text.moc"
