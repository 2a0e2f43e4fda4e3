#include "support/test_main.hpp"
#include <QTemporaryDir>

#include "scenario/input_watch.hpp"

#include <filesystem>
#include <fstream>
#include <poll.h>

using namespace lab;
using scenario::InputWatch;
namespace fs = std::filesystem;

namespace {

constexpr int patienceMs = 20'000;

/// A folder to change things in.
struct World {
    [[nodiscard]] std::string path(const std::string& name) const
    {
        return folder.path().toStdString() + '/' + name;
    }
    void write(const std::string& name, const std::string& text) const
    {
        std::ofstream(path(name)) << text;
    }
    QTemporaryDir folder;
};

/// Waits until the watch says that it is time. \return false if it never does
bool isTime(InputWatch& watch)
{
    pollfd polled{watch.descriptor(), POLLIN, 0};
    while (::poll(&polled, 1, patienceMs) == 1) {
        if (watch.take()) {
            return true;
        }
    }
    return false;
}

/// Nothing has come that would lead to a reload.
bool isQuiet(InputWatch& watch)
{
    pollfd polled{watch.descriptor(), POLLIN, 0};
    const int later = 2 * static_cast<int>(InputWatch::settles.count());
    while (::poll(&polled, 1, later) == 1) {
        if (watch.take()) {
            return false;
        }
    }
    return true;
}

} // namespace

/// A change to what was named is noticed, however it is made; a burst counts once.
class InputWatchTest : public QObject {
    Q_OBJECT

private slots:
    void aFileThatIsWritten()
    {
        const World world;
        world.write("shop.yaml", "a");
        auto watch = InputWatch::start({world.path("shop.yaml")});
        QVERIFY(watch.has_value());
        world.write("shop.yaml", "b");
        QVERIFY(isTime(*watch));
        world.write("shop.yaml", "c");
        QVERIFY(isTime(*watch));
    }

    void aFileThatIsReplacedAsEditorsDoIt()
    {
        const World world;
        world.write("shop.yaml", "a");
        auto watch = InputWatch::start({world.path("shop.yaml")});
        world.write(".shop.yaml.swp", "b");
        fs::rename(world.path(".shop.yaml.swp"), world.path("shop.yaml"));
        QVERIFY(isTime(*watch));
        QVERIFY(isQuiet(*watch));
    }

    void othersInTheSameFolderDoNotMatter()
    {
        const World world;
        world.write("shop.yaml", "a");
        auto watch = InputWatch::start({world.path("shop.yaml")});
        world.write("access.log", "b");
        world.write("other.yaml", "b");
        QVERIFY(isQuiet(*watch));
    }

    void aLinkThatIsTurnedAsInAConfigMap()
    {
        const World world;
        for (const char* version : {"..v1", "..v2"}) {
            fs::create_directory(world.path(version));
            world.write(std::string(version) + "/shop.yaml", version);
        }
        fs::create_directory_symlink("..v1", world.path("..data"));
        fs::create_symlink("..data/shop.yaml", world.path("shop.yaml"));
        for (const bool isFolder : {false, true}) {
            auto watch = InputWatch::start({isFolder ? world.path("") : world.path("shop.yaml")});
            QVERIFY(watch.has_value());
            fs::create_directory_symlink(isFolder ? "..v1" : "..v2", world.path("..data_tmp"));
            fs::rename(world.path("..data_tmp"), world.path("..data"));
            QVERIFY(isTime(*watch));
        }
    }

    void aNewFolderInOneThatIsWatched()
    {
        const World world;
        auto watch = InputWatch::start({world.path("")});
        fs::create_directory(world.path("k8s"));
        QVERIFY(isTime(*watch));
        world.write("k8s/cart.yaml", "a");
        QVERIFY(isTime(*watch));
        fs::remove(world.path("k8s/cart.yaml"));
        QVERIFY(isTime(*watch));
    }

    void aScenarioIsItsFolder()
    {
        const World world;
        world.write("scenario.yaml", "a");
        fs::create_directory(world.path("k8s"));
        auto watch = InputWatch::start({world.path("scenario.yaml")});
        world.write("k8s/cart.yaml", "a");
        QVERIFY(isTime(*watch));
        world.write("notes.txt", "a");
        QVERIFY(isQuiet(*watch));
    }

    void aBurstCountsOnce()
    {
        const World world;
        auto watch = InputWatch::start({world.path("")});
        for (int i = 0; i < 50; ++i) {
            world.write("cart-" + std::to_string(i) + ".yaml", "a");
        }
        QVERIFY(isTime(*watch));
        QVERIFY(isQuiet(*watch));
    }

    void standardInputCannotBeWatched()
    {
        const auto watch = InputWatch::start({"-"});
        QVERIFY(!watch.has_value());
        QCOMPARE(watch.error().kind(), ErrorKind::WrongUse);
    }
};

LAB_TEST(InputWatchTest)
#include "tst_input_watch.moc"
