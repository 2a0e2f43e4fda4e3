#include "support/test_main.hpp"
#include <QFileInfo>

#include "scenario/private_file.hpp"
#include "support/file_fixture.hpp"

using lab::scenario::PrivateFile;

/// Written for this user's eyes, and gone afterwards.
class PrivateFileTest : public QObject {
    Q_OBJECT

private slots:
    void onlyTheOwnerReadsIt()
    {
        auto file = PrivateFile::create("ca.pem", "text");
        const QFileInfo info(QString::fromStdString(file->path()));
        QCOMPARE(lab::test::FileFixture::textOf(file->path()), "text");
        const auto othersBits = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                                QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
        QVERIFY((info.permissions() & othersBits) == 0);
        QVERIFY((QFileInfo(info.path()).permissions() & othersBits) == 0);
    }

    void itAndItsFolderAreRemoved()
    {
        QString path;
        {
            auto file = PrivateFile::create("ca.pem", "text");
            PrivateFile moved = std::move(*file);
            path = QString::fromStdString(moved.path());
            QVERIFY(QFileInfo::exists(path));
        }
        QVERIFY(!QFileInfo::exists(path));
        QVERIFY(!QFileInfo::exists(QFileInfo(path).path()));
    }

    void noFileHasNoPath() { QVERIFY(PrivateFile().path().empty()); }
};

LAB_TEST(PrivateFileTest)
#include "tst_private_file.moc"
