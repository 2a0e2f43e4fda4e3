#include "support/test_main.hpp"
#include <QGuiApplication>

#include "desktop/application.hpp"

/// Of the tests with a window: drawn by the software renderer, shown to nobody.
int main(int argc, char** argv)
{
    lab::desktop::Options options;
    options.screenshot = "none";
    lab::desktop::prepareProcess(options);
    const QGuiApplication application(argc, argv);
    return lab::test::runTests(QCoreApplication::arguments());
}
