#include "support/test_main.hpp"

#include "yaml/document_reader.hpp"
#include "yaml/map_reader.hpp"

using namespace lab::yaml;

namespace {

enum class Door { Tcp, Http };

/// Reads `v: TEXT` with one getter; the value as text, or what was said.
QString valueOf(const QString& getter, const QString& text, bool hasTypedTexts = false)
{
    const Document document = readDocuments("v: " + text.toStdString() + '\n', "t").documents.at(0);
    lab::Findings findings;
    Reading reading{document, findings};
    reading.hasTypedTexts = hasTypedTexts;
    MapReader root(reading, document.root, "");
    QString value = "none";
    const auto keep = [&](const auto& read) {
        if (read) {
            value = QString::number(static_cast<double>(*read));
        }
    };
    if (getter == "text") {
        if (const auto read = root.text("v")) {
            value = QString::fromStdString(*read);
        }
    } else if (getter == "boolean") {
        keep(root.boolean("v"));
    } else if (getter == "integer") {
        keep(root.integer("v", -5, 70'000));
    } else if (getter == "any integer") {
        keep(root.integer("v"));
    } else if (getter == "number") {
        keep(root.number("v", 0, 100));
    } else if (getter == "rate") {
        keep(root.rate("v"));
    } else if (getter == "milli") {
        keep(root.milliQuantity("v"));
    } else if (getter == "quantity") {
        keep(root.quantity("v"));
    } else if (getter == "duration") {
        if (const auto read = root.duration("v")) {
            value = QString::number(read->count());
        }
    } else if (getter == "door") {
        keep(root.choice<Door>("v", {{"tcp", Door::Tcp}, {"http", Door::Http}}));
    }
    for (const lab::Finding& finding : findings) {
        value += " | " + QString::fromStdString(toText(finding));
    }
    return value;
}

} // namespace

/// One typed value each, or a finding that says what was expected.
class MapValuesTest : public QObject {
    Q_OBJECT

private slots:
    void valuesAreReadOrRefused_data()
    {
        QTest::addColumn<QString>("getter");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* getter, const char* text, const char* value) {
            QTest::addRow("%s %s", getter, text) << getter << text << value;
        };
        const auto said = [](const char* message) {
            return "none | t:1:4: unreadable: v " + std::string(message);
        };
        row("text", "cart", "cart");
        row("text", "5", "5");
        row("text", "'5'", "5");
        row("text", "[a]", said("must be a text, not a list").c_str());
        row("text", "\"a\\0b\"", said("contains the control character U+0000").c_str());
        row("boolean", "true", "1");
        row("boolean", "false", "0");
        row("boolean", "yes", said("must be true or false, not \"yes\"").c_str());
        row("boolean",
            "'true'",
            said("must be true or false without quotes, not \"true\"").c_str());
        row("integer", "80", "80");
        row("integer", "-5", "-5");
        row("integer", "70000", "70000");
        for (const char* text :
             {"70001", "-6", "8.0", "0x50", "99999999999999999999999", ".nan", "http", "1e3"}) {
            row("integer",
                text,
                said(("must be a whole number from -5 to 70000, not \"" + std::string(text) + '"')
                         .c_str())
                    .c_str());
        }
        row("integer", "'80'", said("must be a whole number without quotes, not \"80\"").c_str());
        row("any integer", "x", said("must be a whole number, not \"x\"").c_str());
        row("number", "2.5", "2.5");
        row("number", "100", "100");
        for (const char* text : {"100.1", ".inf", "nan", "inf", "x", "-1"}) {
            row("number",
                text,
                said(("must be a number from 0 to 100, not \"" + std::string(text) + '"').c_str())
                    .c_str());
        }
        row("rate", "60/m", "1");
        row("rate",
            ".inf",
            "none | t:1:4: unreadable: v \".inf\" is no rate such as \"100/s\" or \"60/m\"");
        row("rate", "100", "none | t:1:4: unreadable: v \"100\" needs a unit, such as \"100/s\"");
        row("duration", "1.5s", "1500000000");
        row("duration", "-5s", "none | t:1:4: unreadable: v \"-5s\" must not be negative");
        row("duration", "5", "none | t:1:4: unreadable: v \"5\" needs a unit, such as \"5s\"");
        row("milli", "100m", "100");
        row("quantity", "1Ki", "1024");
        row("quantity",
            "lots",
            "none | t:1:4: unreadable: v \"lots\" is no quantity such as \"100m\", \"2\" or "
            "\"128Mi\"");
        row("door", "http", "1");
        row("door",
            "htpp",
            "none | t:1:4: unreadable: v must be tcp or http, not \"htpp\"; did you mean "
            "\"http\"?");
        row("door", "{a: b}", said("must be tcp or http, not a map").c_str());
        row("door", "~", "none");
    }

    void valuesAreReadOrRefused()
    {
        QFETCH(QString, getter);
        QFETCH(QString, text);
        QFETCH(QString, value);
        QCOMPARE(valueOf(getter, text), value);
    }

    void typedTextsNeedQuotes()
    {
        QCOMPARE(valueOf("text", "web", true), QString("web"));
        QCOMPARE(valueOf("text", "'5'", true), QString("5"));
        QCOMPARE(valueOf("text", "5", true),
                 QString("none | t:1:4: unreadable: v must be a text, not the number or bool "
                         "\"5\"; put it in quotes"));
        QVERIFY(valueOf("text", "12e3", true).startsWith("12e3 | t:1:4: warning: "));
    }
};

LAB_TEST(MapValuesTest)
#include "tst_map_values.moc"
