#include "support/test_main.hpp"

#include "yaml/node.hpp"

using namespace lab::yaml;

/// A value knows its keys and its place.
class NodeTest : public QObject {
    Q_OBJECT

private slots:
    void aKeyIsFoundByName()
    {
        Node map;
        map.kind = NodeKind::Map;
        map.entries.push_back({"port", 3, 5, {}});
        map.entries.push_back({"name", 4, 5, {}});
        QCOMPARE(map.find("name"), &map.entries[1].value);
        QVERIFY(map.find("Name") == nullptr);
    }

    void whatIsNoMapHasNoKeys()
    {
        Node scalar;
        scalar.kind = NodeKind::Scalar;
        QVERIFY(scalar.find("port") == nullptr);
        QVERIFY(Node().isNull());
    }

    void placesNameTheFile()
    {
        Document document{std::make_shared<const std::string>("shop.yaml"), {}};
        Node node;
        node.line = 12;
        node.column = 5;
        QCOMPARE(lab::toText(document.place(node)), std::string("shop.yaml:12:5"));
        QCOMPARE(lab::toText(document.place(MapEntry{"a", 3, 1, {}})),
                 std::string("shop.yaml:3:1"));
    }

    void everyKindHasItsWord()
    {
        QCOMPARE(toText(NodeKind::Null), std::string_view("nothing"));
        QCOMPARE(toText(NodeKind::Scalar), std::string_view("a text"));
        QCOMPARE(toText(NodeKind::Sequence), std::string_view("a list"));
        QCOMPARE(toText(NodeKind::Map), std::string_view("a map"));
    }
};

LAB_TEST(NodeTest)
#include "tst_node.moc"
