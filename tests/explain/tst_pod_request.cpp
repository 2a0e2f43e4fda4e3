#include "support/test_main.hpp"

#include "explain/pod_request.hpp"
#include "support/explain_bench.hpp"

using namespace lab;
using explain::PodField;

namespace {

/// "added 127.0.0.1": how the field of that name fares; empty where it is not mentioned.
QString fateOf(const explain::Explanation& said, const std::string& name)
{
    for (const PodField& field : said.podRequest->fields) {
        if (field.name == name) {
            return QString::fromStdString(std::string(toText(field.change)) + ' ' + field.value);
        }
    }
    return {};
}

} // namespace

/// The request on both sides of the door.
class PodRequestTest : public QObject {
    Q_OBJECT

private slots:
    void fieldsAreComparedWithWhatTheClientSent()
    {
        test::ExplainBench bench;
        const auto said = bench.ask("http://shop.lab/a?b=1",
                                    {"X-Forwarded-For: 9.9.9.9", "TE: trailers", "Accept: */*"});
        QCOMPARE(said.podRequest->before, "GET /a?b=1 HTTP/1.1");
        QCOMPARE(said.podRequest->after, said.podRequest->before);
        QCOMPARE(fateOf(said, "Host"), "kept shop.lab");
        QCOMPARE(fateOf(said, "Accept"), "kept */*");
        QCOMPARE(fateOf(said, "X-Forwarded-For"), "changed 127.0.0.1");
        QCOMPARE(fateOf(said, "X-Real-IP"), "added 127.0.0.1");
        QCOMPARE(fateOf(said, "TE"), "dropped trailers");
    }

    void rewritesAndVirtualHostsShow()
    {
        test::ExplainBench bench({{"rewrite-target", "/inner"}, {"upstream-vhost", "pod.lab"}});
        const auto said = bench.ask("http://shop.lab/");
        QCOMPARE(said.podRequest->after, "GET /inner HTTP/1.1");
        QCOMPARE(fateOf(said, "Host"), "changed pod.lab");
    }

    void whatIsRefusedReachesNoPod()
    {
        QVERIFY(!test::ExplainBench().ask("http://shop.lab/empty").podRequest.has_value());
    }
};

LAB_TEST(PodRequestTest)
#include "tst_pod_request.moc"
