#include "support/test_main.hpp"

#include "yaml/scalar_type.hpp"

using namespace lab::yaml;

/// Norway is a country, not a bool: but only in quotes.
class ScalarTypeTest : public QObject {
    Q_OBJECT

private slots:
    void unquotedScalarsAreJudgedAsKubernetesReadsThem_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("verdict");
        const auto row = [](const char* text, TextVerdict verdict) {
            QTest::newRow(text) << QString::fromUtf8(text) << static_cast<int>(verdict);
        };
        for (const char* text : {"web",
                                 "1.2.3",
                                 "10.0.0.1",
                                 "12:30:45",
                                 "2024-01-01",
                                 "0x",
                                 "1e",
                                 "-",
                                 ".",
                                 "e5",
                                 "1_a",
                                 "nope",
                                 "0b2",
                                 "0o9",
                                 "+",
                                 "-x",
                                 "x1"}) {
            row(text, TextVerdict::Text);
        }
        for (const char* text : {"no",  "Yes", "on", "y",     "true",  "FALSE", "null", "~",
                                 "5",   "-5",  "+5", "0777",  "1_000", "0x1F",  "0o17", "0b101",
                                 "1.5", ".5",  "5.", "1.5e3", "1e+3",  ".inf",  ".NaN"}) {
            row(text, TextVerdict::NoText);
        }
        row("162138e2", TextVerdict::Doubtful);
        row("1E5", TextVerdict::Doubtful);
    }

    void unquotedScalarsAreJudgedAsKubernetesReadsThem()
    {
        QFETCH(QString, text);
        QFETCH(int, verdict);
        Node node;
        node.kind = NodeKind::Scalar;
        node.scalar = text.toStdString();
        QCOMPARE(static_cast<int>(judgeText(node)), verdict);
        node.isQuoted = true;
        QVERIFY(judgeText(node) == TextVerdict::Text);
    }

    void boolsHaveTheirWords()
    {
        QCOMPARE(coreBool("True"), std::optional(true));
        QCOMPARE(coreBool("FALSE"), std::optional(false));
        QVERIFY(!coreBool("yes"));
        QCOMPARE(kubernetesBool("yes"), std::optional(true));
        QCOMPARE(kubernetesBool("Off"), std::optional(false));
        QCOMPARE(kubernetesBool("true"), std::optional(true));
        QVERIFY(!kubernetesBool("maybe"));
    }

    void emptyIsNoText()
    {
        Node node;
        node.kind = NodeKind::Scalar;
        QVERIFY(judgeText(node) == TextVerdict::NoText);
    }
};

LAB_TEST(ScalarTypeTest)
#include "tst_scalar_type.moc"
