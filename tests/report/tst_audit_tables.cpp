#include "support/test_main.hpp"

#include "support/audit_report_fixture.hpp"
#include "support/golden.hpp"

using namespace lab;

/// The audit as tables: for a ticket, and for a spreadsheet that computes nothing of it.
class AuditTablesTest : public QObject {
    Q_OBJECT

private slots:
    void forATicket()
    {
        test::compareWithGolden(report::auditAsMarkdown(test::auditReport()), "reports/audit.md");
    }

    void forASpreadsheet()
    {
        const QString csv = QString::fromStdString(report::auditAsCsv(test::auditReport()));
        const QStringList lines = csv.split("\r\n");
        QCOMPARE(lines.size(), 7); // head, five rows, and nothing behind the last end of line
        QCOMPARE(lines[0], "service,verdict,product,scheme,addresses,hosts,reasons,text");
        QCOMPARE(lines[1],
                 "\"shop/cart\",move,\"aws.nlb\",internet-facing,\"203.0.113.9\","
                 "\"cart.shop.lab\",\"\",\"\"");
        QVERIFY(lines[3].contains(",internal,"));
        QVERIFY(lines[3].contains("\"proxy-protocol internal\""));
        QVERIFY(lines[4].startsWith("\"'=db\",cannot")); // no formula
        QVERIFY(lines[4].contains("port 5432 \"\"pg\"\": HTTP only"));
    }
};

LAB_TEST(AuditTablesTest)
#include "tst_audit_tables.moc"
