#include "support/test_main.hpp"

#include "base/place.hpp"

using lab::Place;

class PlaceTest : public QObject {
    Q_OBJECT

private slots:
    void saysAsMuchAsItKnows_data();
    void saysAsMuchAsItKnows();
    void copiesShareTheFileName();
};

void PlaceTest::saysAsMuchAsItKnows_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<uint>("line");
    QTest::addColumn<uint>("column");
    QTest::addColumn<QString>("text");
    QTest::newRow("nowhere") << QString() << 0U << 0U << "";
    QTest::newRow("nowhere has no line either") << QString() << 3U << 4U << "";
    QTest::newRow("somewhere in a file") << "shop.yaml" << 0U << 0U << "shop.yaml";
    QTest::newRow("a column needs a line") << "shop.yaml" << 0U << 5U << "shop.yaml";
    QTest::newRow("a line") << "shop.yaml" << 12U << 0U << "shop.yaml:12";
    QTest::newRow("a character") << "k8s/shop.yaml" << 12U << 5U << "k8s/shop.yaml:12:5";
    QTest::newRow("standard input") << "<stdin>" << 1U << 1U << "<stdin>:1:1";
}

void PlaceTest::saysAsMuchAsItKnows()
{
    QFETCH(QString, file);
    QFETCH(uint, line);
    QFETCH(uint, column);
    QFETCH(QString, text);
    Place place;
    if (!file.isNull()) {
        place.file = std::make_shared<const std::string>(file.toStdString());
    }
    place.line = line;
    place.column = column;
    QCOMPARE(QString::fromStdString(toText(place)), text);
    QCOMPARE(place.isKnown(), !file.isNull());
}

void PlaceTest::copiesShareTheFileName()
{
    Place place;
    place.file = std::make_shared<const std::string>("a-long-name-that-is-not-copied.yaml");
    const Place copy = place;
    QCOMPARE(copy.file.get(), place.file.get());
}

LAB_TEST(PlaceTest)
#include "tst_place.moc"
