#include "support/test_main.hpp"
#include <QRegularExpression>

#include "scenario/version.hpp"

class VersionTest : public QObject {
    Q_OBJECT

private slots:
    void threeNumbers()
    {
        const QRegularExpression shape(R"(^\d+\.\d+\.\d+$)");
        QVERIFY(shape.match(QString::fromStdString(lab::scenario::version())).hasMatch());
    }
};

LAB_TEST(VersionTest)
#include "tst_version.moc"
