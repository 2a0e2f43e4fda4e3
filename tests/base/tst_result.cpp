#include "support/test_main.hpp"

#include "base/result.hpp"

using lab::Error;
using lab::ErrorKind;
using lab::Result;

namespace {

Result<int> half(int number)
{
    if (number % 2 != 0) {
        return Error(ErrorKind::WrongUse, "an odd number has no half");
    }
    return number / 2;
}

} // namespace

class ResultTest : public QObject {
    Q_OBJECT

private slots:
    void isAValueOrAnError();
    void anUncheckedFailureIsABugOfTheCaller();
    void findingsAreBadInput();
};

void ResultTest::isAValueOrAnError()
{
    QVERIFY(half(4).has_value());
    QCOMPARE(half(4).value(), 2);
    QVERIFY(half(3).has_error());
    QVERIFY(half(3).error().kind() == ErrorKind::WrongUse);
    QCOMPARE(half(3).error().message(), std::string("an odd number has no half"));
}

void ResultTest::anUncheckedFailureIsABugOfTheCaller()
{
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(half(3).value()), std::logic_error);
}

void ResultTest::findingsAreBadInput()
{
    lab::Finding finding;
    finding.severity = lab::Severity::Unreadable;
    finding.message = "this is no YAML";
    const Error error(lab::Findings{finding});
    QVERIFY(error.kind() == ErrorKind::BadInput);
    QCOMPARE(error.findings().size(), 1U);
    QCOMPARE(error.findings().front().message, finding.message);
}

LAB_TEST(ResultTest)
#include "tst_result.moc"
