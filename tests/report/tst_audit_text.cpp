#include "support/test_main.hpp"

#include "report/page.hpp"
#include "report/text_layout.hpp"
#include "support/audit_report_fixture.hpp"
#include "support/golden.hpp"

using namespace lab;

/// What `audit` says to people: the advice, both sides, then every Service below its reason.
class AuditTextTest : public QObject {
    Q_OBJECT

private slots:
    void theWholePage()
    {
        test::compareWithGolden(report::auditAsText(test::auditReport(), false),
                                "reports/audit.txt");
    }

    void linesFit()
    {
        report::AuditReport audit = test::auditReport();
        audit.rows[2].service = std::string(300, 'x');
        audit.rows[2].judgement.reasons[0].sign = std::string(300, 'y') + "\x1b[31m";
        const std::string text = report::auditAsText(audit, false);
        QVERIFY(text.find('\x1b') == std::string::npos);
        for (const QByteArray& line : QByteArray::fromStdString(text).split('\n')) {
            QVERIFY2(report::displayWidth(line.toStdString()) <= report::Page::width, line);
        }
    }
};

LAB_TEST(AuditTextTest)
#include "tst_audit_text.moc"
