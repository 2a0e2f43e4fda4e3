#include "support/test_main.hpp"

#include "plan/external_dns.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using Names = std::vector<std::string>;

/// The names of a Service of its own.
class ExternalDnsTest : public QObject {
    Q_OBJECT

private slots:
    void hostsAreReadFromTheAnnotation()
    {
        model::ObjectMeta meta;
        meta.name = "cart";
        meta.nameSpace = "shop";
        QCOMPARE(plan::externalDnsHosts(meta), Names{});
        test::annotate(meta, "external-dns.alpha.kubernetes.io/hostname", "Cart.Lab., b.lab,,");
        QCOMPARE(plan::externalDnsHosts(meta), (Names{"cart.lab", "b.lab"}));
        QCOMPARE(plan::labHost(meta), std::string("cart.shop.lab"));
    }
};

LAB_TEST(ExternalDnsTest)
#include "tst_external_dns.moc"
