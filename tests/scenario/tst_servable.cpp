#include "support/test_main.hpp"

#include "scenario/servable.hpp"
#include "support/file_fixture.hpp"

using namespace lab;
using scenario::readServable;

namespace {

constexpr const char* service = R"(apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: LoadBalancer
  selector: {app: web}
  ports: [{port: 80}]
)";

scenario::ServeOptions serving(const std::string& path)
{
    scenario::ServeOptions options;
    options.inputs = {path};
    return options;
}

} // namespace

/// Files, or a text in their place, become plans with the ways to serve them.
class ServableTest : public QObject {
    Q_OBJECT

private slots:
    void filesBecomePlans()
    {
        test::FileFixture files;
        files.file("web.yaml", service);
        scenario::ServeOptions options = serving(files.path("web.yaml"));
        options.adminToken = "t";
        const auto made = readServable(options);
        QVERIFY(made.has_value());
        QCOMPARE(made->plans.size(), std::size_t{2});
        QCOMPARE(made->plans[0]->doors.at(0).name, std::string("default/web"));
        QCOMPARE(made->options.listen.httpPort, std::optional<std::uint16_t>(8080));
        QCOMPARE(made->options.adminToken, std::string("t"));
    }

    void aScenariosTextIsKept()
    {
        const std::string text = "apiVersion: ingresslab.dev/v1\nkind: Scenario\n"
                                 "metadata: {name: t}\nspec: {manifests: [web.yaml]}\n";
        test::FileFixture files;
        files.file("web.yaml", service).file("scenario.yaml", text);
        QCOMPARE(readServable(serving(files.path()))->scenarioText, text);
        const std::string other = text + "# other\n";
        QCOMPARE(readServable(serving(files.path()), "<request>", other)->scenarioText, other);
        QVERIFY(readServable(serving(files.path("web.yaml")))->scenarioText.empty());
    }

    void theDigestIsTheTextsOwn()
    {
        test::FileFixture files;
        files.file("web.yaml", service);
        const auto options = serving(files.path("web.yaml"));
        const std::string first = readServable(options)->digest;
        QCOMPARE(first.size(), std::size_t{16});
        QCOMPARE(readServable(options)->digest, first);
        files.file("web.yaml", std::string(service) + "# more\n");
        QVERIFY(readServable(options)->digest != first);
    }

    void aTextStandsInForTheFiles()
    {
        const auto made = readServable(serving("/not/read"), "<request>", service);
        QVERIFY(made.has_value());
        QCOMPARE(made->plans[0]->doors.size(), std::size_t{1});
        const auto broken = readServable(serving("/not/read"), "<request>", "kind: [");
        QVERIFY(!broken.has_value());
        QVERIFY(toText(broken.error().findings().at(0)).starts_with("<request>:1:"));
    }

    void withoutADoorThereIsNothingToServe()
    {
        const auto made = readServable(serving("/not/read"), "<request>", "");
        QVERIFY(!made.has_value());
        QCOMPARE(made.error().kind(), ErrorKind::BadInput);
    }
};

LAB_TEST(ServableTest)
#include "tst_servable.moc"
