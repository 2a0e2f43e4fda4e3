#include "support/test_main.hpp"
#include <QSet>

#include "explain/explanation.hpp"

using namespace lab::explain;

/// The words of an explanation.
class ExplanationTest : public QObject {
    Q_OBJECT

private slots:
    void everyWordIsItsOwn()
    {
        QSet<QString> words;
        for (int kind = 0; kind <= static_cast<int>(OutcomeKind::NotExpressible); ++kind) {
            const std::string_view word = toText(static_cast<OutcomeKind>(kind));
            words << QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
        }
        QCOMPARE(words.size(), 6);
        QVERIFY(!words.contains(""));
        QVERIFY(words.contains("notExpressible"));
    }

    void changesHaveWords()
    {
        QCOMPARE(toText(PodField::Change::Kept), "kept");
        QCOMPARE(toText(PodField::Change::Changed), "changed");
        QCOMPARE(toText(PodField::Change::Added), "added");
        QCOMPARE(toText(PodField::Change::Dropped), "dropped");
    }
};

LAB_TEST(ExplanationTest)
#include "tst_explanation.moc"
