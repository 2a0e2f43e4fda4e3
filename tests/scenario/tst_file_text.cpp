#include "support/test_main.hpp"

#include "scenario/file_text.hpp"
#include "support/file_fixture.hpp"

#include <sys/stat.h>
#include <unistd.h>

using namespace lab;

namespace {

std::string problem(const Result<std::string>& text)
{
    return text ? "(read)" : text.error().message();
}

} // namespace

/// Regular files only, bounded, and below their folder.
class FileTextTest : public QObject {
    Q_OBJECT

private slots:
    void aFileIsReadWhole()
    {
        test::FileFixture files;
        const std::string text(200'000, 'x');
        files.file("big.yaml", text);
        QCOMPARE(scenario::readFile(files.path("big.yaml"), 1 << 20).value(), text);
        QCOMPARE(scenario::readFile(files.file("empty", "").path("empty"), 10).value(), "");
    }

    void whatIsNoRegularFileIsRefusedAtOnce()
    {
        test::FileFixture files;
        QCOMPARE(::mkfifo(files.path("pipe").c_str(), 0600), 0);
        QCOMPARE(problem(scenario::readFile(files.path("pipe"), 10)),
                 "is not a regular file, but a device, pipe or socket");
        QCOMPARE(problem(scenario::readFile("/dev/zero", 10)),
                 "is not a regular file, but a device, pipe or socket");
        QCOMPARE(problem(scenario::readFile(files.path(), 10)), "is a folder, not a regular file");
        QCOMPARE(problem(scenario::readFile(files.path("none"), 10)), "does not exist");
    }

    void largeFilesAreRefused()
    {
        test::FileFixture files;
        files.file("large", std::string((2U << 20U) + 1, 'x'));
        QCOMPARE(problem(scenario::readFile(files.path("large"), 2U << 20U)),
                 "is larger than 2 MiB");
    }

    void nothingLeadsOutOfTheFolder_data()
    {
        QTest::addColumn<QString>("below");
        QTest::addColumn<QString>("expected");
        const QString outside = "leads outside the folder it was named in";
        QTest::newRow("inside") << "k8s/a.yaml"
                                << "(read)";
        QTest::newRow("there and back") << "k8s/../k8s/a.yaml"
                                        << "(read)";
        QTest::newRow("link inside") << "k8s/inner.yaml"
                                     << "(read)";
        QTest::newRow("parent") << "../secret.yaml" << outside;
        QTest::newRow("absolute") << "/etc/passwd" << outside;
        QTest::newRow("link outside") << "k8s/outer.yaml" << outside;
        QTest::newRow("missing") << "k8s/b.yaml"
                                 << "does not exist";
    }
    void nothingLeadsOutOfTheFolder()
    {
        QFETCH(QString, below);
        QFETCH(QString, expected);
        test::FileFixture files;
        files.file("shop/k8s/a.yaml", "a").file("secret.yaml", "s");
        QCOMPARE(::symlink("a.yaml", files.path("shop/k8s/inner.yaml").c_str()), 0);
        QCOMPARE(::symlink("../../secret.yaml", files.path("shop/k8s/outer.yaml").c_str()), 0);
        QCOMPARE(QString::fromStdString(problem(
                     scenario::readFileBeneath(files.path("shop"), below.toStdString(), 100))),
                 expected);
    }

    void writingReplacesWholeOrNotAtAll()
    {
        test::FileFixture files;
        files.file("report.xml", "old");
        QVERIFY(scenario::writeFile(files.path("report.xml"), "new").has_value());
        QCOMPARE(test::FileFixture::textOf(files.path("report.xml")), "new");
        const Result<void> failed = scenario::writeFile(files.path("no/report.xml"), "x");
        QCOMPARE(files.shown(failed.error().message()),
                 "no/report.xml cannot be written: No such file or directory");
        QCOMPARE(QDir(QString::fromStdString(files.path())).entryList(QDir::Files),
                 QStringList{"report.xml"}); // no draft is left behind
    }
};

LAB_TEST(FileTextTest)
#include "tst_file_text.moc"
