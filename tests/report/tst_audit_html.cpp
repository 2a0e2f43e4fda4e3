#include "support/test_main.hpp"

#include "support/audit_report_fixture.hpp"

using namespace lab;

namespace {

bool contains(const std::string& page, const char* words)
{
    return page.find(words) != std::string::npos;
}

} // namespace

/// The audit as one page for a ticket: advice, charts, every Service, the bills, the YAML.
class AuditHtmlTest : public QObject {
    Q_OBJECT

private slots:
    void everythingIsOnThePage()
    {
        report::AuditReport audit = test::auditReport();
        audit.ingressYaml = "kind: Ingress\nmetadata:\n  name: a<b\n";
        const std::string page = report::auditAsHtml(audit);
        QVERIFY(
            contains(page, "<h1>Move 2 of 5 Services behind one ingress: that saves 72.10 USD"));
        QVERIFY(contains(page, "<td>load balancers</td><td class=\"number\">5</td>"));
        QVERIFY(contains(page, "<span class=\"verdict keep\">keep</span>"));
        QVERIFY(contains(page, "<code>uses-proxyprotocol: true</code> the pods expect it"));
        QVERIFY(contains(page, "82.13 USD*")); // not confirmed
        QVERIFY(contains(page, "<pre>kind: Ingress\nmetadata:\n  name: a&lt;b\n</pre>"));
        QCOMPARE(QByteArray::fromStdString(page).count("<svg"), 2);
    }

    void namesAreNoMarkup()
    {
        report::AuditReport audit = test::auditReport();
        audit.rows[0].service = "<script>alert(1)</script>";
        QVERIFY(!contains(report::auditAsHtml(audit), "<script"));
    }

    void anEmptyAuditIsAPageToo()
    {
        const std::string page = report::auditAsHtml({});
        QVERIFY(contains(page, "nothing to consolidate"));
        QVERIFY(!contains(page, "nan"));
    }
};

LAB_TEST(AuditHtmlTest)
#include "tst_audit_html.moc"
