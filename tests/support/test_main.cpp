#include "support/test_main.hpp"

#include <QFileInfo>

#include <algorithm>
#include <vector>

namespace lab::test {
namespace {

struct Registered {
    QString file; ///< "tst_token_bucket"
    std::function<std::unique_ptr<QObject>()> make;
};

std::vector<Registered>& tests()
{
    static std::vector<Registered> all;
    return all;
}

} // namespace

bool registerTest(const char* file, std::function<std::unique_ptr<QObject>()> make)
{
    tests().push_back({QFileInfo(QString::fromUtf8(file)).completeBaseName(), std::move(make)});
    return true;
}

int runTests(QStringList arguments)
{
    QString only;
    if (arguments.size() > 1 && arguments[1].startsWith("tst_")) {
        only = arguments.takeAt(1);
    }
    std::sort(tests().begin(), tests().end(), [](const auto& a, const auto& b) {
        return a.file < b.file;
    });
    int failures = 0;
    bool hasRun = false;
    for (const Registered& test : tests()) {
        if (only.isEmpty() || only == test.file) {
            hasRun = true;
            failures += QTest::qExec(test.make().get(), arguments);
        }
    }
    if (!hasRun) {
        qCritical("no test file of that name: %s", qPrintable(only));
        return 1;
    }
    return std::min(failures, 100);
}

} // namespace lab::test
