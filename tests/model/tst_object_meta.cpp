#include "support/test_main.hpp"

#include "model/object_meta.hpp"

using namespace lab::model;

/// An object's name and annotations.
class ObjectMetaTest : public QObject {
    Q_OBJECT

private slots:
    void annotationsAreFoundByTheirWholeKey()
    {
        ObjectMeta meta;
        meta.annotations = {{"a.b/c", "", {}}, {"a.b/d", "x", {}}};
        QCOMPARE(meta.annotation("a.b/d"), &meta.annotations[1]);
        QVERIFY(meta.annotation("a.b") == nullptr);
        QVERIFY(meta.annotation("A.B/C") == nullptr);
        QVERIFY(meta.annotation("a.b/c") != nullptr); // empty counts as written
    }

    void theFullNameHasTheNamespace()
    {
        ObjectMeta meta;
        meta.name = "cart";
        QCOMPARE(meta.fullName(), std::string("default/cart"));
    }
};

LAB_TEST(ObjectMetaTest)
#include "tst_object_meta.moc"
