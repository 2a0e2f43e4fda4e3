#include "support/test_main.hpp"

#include "scenario/asset_folder.hpp"
#include "support/file_fixture.hpp"

using namespace lab;

/// The program finds its data where it was built, or where it is told.
class AssetFolderTest : public QObject {
    Q_OBJECT

private slots:
    void theSourceTreeIsFound()
    {
        qunsetenv("LAB_ASSETS");
        QCOMPARE(scenario::assetFolder().value(), std::string(LAB_SOURCE_DIR) + "/assets");
    }

    void theEnvironmentWins()
    {
        test::FileFixture files;
        files.file("schema/x.json", "{}");
        qputenv("LAB_ASSETS", QByteArray::fromStdString(files.path()));
        QCOMPARE(scenario::assetText("schema/x.json").value(), "{}");
        QCOMPARE(files.shown(scenario::assetText("schema/y.json").error().message()),
                 "schema/y.json does not exist");
        qputenv("LAB_ASSETS", "/nowhere");
        QCOMPARE(scenario::assetFolder().error().message(), "LAB_ASSETS names no folder: /nowhere");
        qunsetenv("LAB_ASSETS");
    }
};

LAB_TEST(AssetFolderTest)
#include "tst_asset_folder.moc"
