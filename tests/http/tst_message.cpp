#include "support/test_main.hpp"

#include "http/message.hpp"
#include "http/readable.hpp"

using namespace lab::http;
using lab::test::readable;

namespace {

Field field(std::string_view name, std::string_view value)
{
    return {.name = name, .value = value, .known = knownFieldName(name)};
}

} // namespace

/// Field lines in order, in fixed memory.
class MessageTest : public QObject {
    Q_OBJECT

private slots:
    void keepsTheOrderAndFindsTheFirst()
    {
        FieldList fields;
        QVERIFY(fields.add(field("Via", "a")));
        QVERIFY(fields.add(field("X-A", "1")));
        QVERIFY(fields.add(field("via", "b")));
        QCOMPARE(fields.all().size(), std::size_t(3));
        QCOMPARE(readable(fields.all()[2].value), QByteArray("b"));
        QCOMPARE(readable(fields.find(FieldName::Via)->value), QByteArray("a"));
        QCOMPARE(readable(fields.find("x-a")->value), QByteArray("1"));
        QCOMPARE(fields.count(FieldName::Via), std::size_t(2));
        QCOMPARE(fields.count(FieldName::Host), std::size_t(0));
        QVERIFY(fields.find(FieldName::Host) == nullptr);
        QVERIFY(fields.find("x-b") == nullptr);
    }

    void refusesOneMoreThanItHolds()
    {
        FieldList fields;
        for (std::size_t i = 0; i < FieldList::fieldsMax; ++i) {
            QVERIFY(fields.add(field("X-A", "1")));
        }
        QVERIFY(!fields.add(field("Host", "a")));
        QCOMPARE(fields.all().size(), FieldList::fieldsMax);
        QVERIFY(fields.find(FieldName::Host) == nullptr);
    }

    void aClearedListKnowsNothing()
    {
        FieldList fields;
        QVERIFY(fields.add(field("Host", "a")));
        fields.clear();
        QVERIFY(fields.all().empty());
        QVERIFY(fields.find(FieldName::Host) == nullptr);
        QVERIFY(fields.find("Host") == nullptr);
    }

    void aCopyStandsAlone()
    {
        FieldList fields;
        QVERIFY(fields.add(field("Host", "a")));
        FieldList copy(fields);
        fields.clear();
        QCOMPARE(readable(copy.find(FieldName::Host)->value), QByteArray("a"));
        FieldList assigned;
        QVERIFY(assigned.add(field("Via", "x")));
        assigned = copy;
        QCOMPARE(assigned.all().size(), std::size_t(1));
        QVERIFY(assigned.find(FieldName::Via) == nullptr);
        QCOMPARE(readable(assigned.find("host")->value), QByteArray("a"));
    }
};

LAB_TEST(MessageTest)
#include "tst_message.moc"
