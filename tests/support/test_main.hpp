#pragma once

#include <QTest>

#include <functional>
#include <memory>
#include <string>

/// Registers a test class under its file's name; every tst_*.cpp ends with
/// `LAB_TEST(ClassName)` and the include of its moc file.
#define LAB_TEST(Class)                                                                            \
    static const bool isRegistered##Class =                                                        \
        lab::test::registerTest(__FILE__, [] { return std::make_unique<Class>(); });

namespace lab::test {

/// Runs the test file named first, or all; the rest of the arguments goes to Qt Test.
int runTests(QStringList arguments);

bool registerTest(const char* file, std::function<std::unique_ptr<QObject>()> make);

} // namespace lab::test
