#include "support/test_main.hpp"
#include <QCoreApplication>

/// Of every test that needs no window; one that does brings a main() of its own.
int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    return lab::test::runTests(QCoreApplication::arguments());
}
