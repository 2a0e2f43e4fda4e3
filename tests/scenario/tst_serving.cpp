#include "support/test_main.hpp"
#include <QFileInfo>

#include "scenario/serving.hpp"
#include "support/file_fixture.hpp"

#include <boost/json.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace lab;
using scenario::Serving;

namespace {

scenario::ServeOptions anyPort(const std::string& named)
{
    scenario::ServeOptions options;
    options.inputs = {named};
    options.port = 0;
    return options;
}

/// A listener of ours on a free port of 127.0.0.1.
class TakenPort {
public:
    TakenPort()
        : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        ::bind(fd_, generic, sizeof address);
        ::listen(fd_, 1);
        socklen_t length = sizeof address;
        ::getsockname(fd_, generic, &length);
        port = ntohs(address.sin_port);
    }
    ~TakenPort() { ::close(fd_); }

    std::uint16_t port = 0;

private:
    int fd_;
};

} // namespace

/// The doors held up, and let down again.
class ServingTest : public QObject {
    Q_OBJECT

private slots:
    void bareManifestsAreServedAsTheyStand()
    {
        test::FileFixture files;
        files.file("web.yaml", test::webManifest);
        const auto serving = Serving::start(anyPort(files.path("web.yaml")));
        QVERIFY2(serving.has_value(), serving ? "" : serving.error().message().c_str());
        const auto line = boost::json::parse((*serving)->readyLine());
        QVERIFY(line.at("ca").is_null());
        QVERIFY(line.at("doors").at("ingress").as_object().empty());
        const auto& own = line.at("doors").at("per-service").as_object();
        QVERIFY(own.at("default/web").at("ports").as_object().contains("80"));
        QVERIFY((*serving)->drain(std::chrono::seconds(1)));
    }

    void aScenarioHasBothStylesAndItsCaForAWhile()
    {
        test::FileFixture files;
        files
            .file("scenario.yaml",
                  "apiVersion: ingresslab.dev/v1\nkind: Scenario\nmetadata: {name: t}\n"
                  "spec: {manifests: [web.yaml]}\n")
            .file("web.yaml", test::webManifest);
        QString ca;
        {
            auto serving = Serving::start(anyPort(files.path()));
            QVERIFY2(serving.has_value(), serving ? "" : serving.error().message().c_str());
            const auto line = boost::json::parse((*serving)->readyLine());
            ca = QString::fromStdString(std::string(line.at("ca").as_string()));
            QVERIFY(test::FileFixture::textOf(ca.toStdString()).starts_with("-----BEGIN CERT"));
            QVERIFY(line.at("doors").at("ingress").as_object().contains("https"));
            QCOMPARE(line.at("controllers").as_array().size(), std::size_t{1});
        }
        QVERIFY(!QFileInfo::exists(ca));
    }

    void aTakenPortIsNamedWithItsOwner()
    {
        const TakenPort taken;
        test::FileFixture files;
        files.file("web.yaml", test::webManifest);
        scenario::ServeOptions options = anyPort(files.path("web.yaml"));
        options.adminPort = taken.port;
        const auto serving = Serving::start(options);
        QVERIFY(serving.has_error());
        QCOMPARE(serving.error().kind(), ErrorKind::Environment);
        const QString message = QString::fromStdString(serving.error().message());
        QVERIFY2(message.startsWith("cannot listen on 127.0.0.1:" + QString::number(taken.port)) &&
                     message.contains("it is held by tst_scenario"),
                 qPrintable(message));
    }

    void listeningToOthersIsWarnedOf()
    {
        test::FileFixture files;
        files.file("web.yaml", test::webManifest);
        scenario::ServeOptions options = anyPort(files.path("web.yaml"));
        options.listenAddress = "shop.test";
        QCOMPARE(Serving::start(options).error().kind(), ErrorKind::WrongUse);
        options.listenAddress = "0.0.0.0";
        options.usesAddressPerService = true; // those stay on loopback
        const auto serving = Serving::start(options);
        QVERIFY(serving.has_value());
        QCOMPARE((*serving)->findings().back().id, "open-to-others");
    }

    void nothingToServeIsSaid()
    {
        test::FileFixture files;
        files.file("ns.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n");
        const auto serving = Serving::start(anyPort(files.path("ns.yaml")));
        QCOMPARE(serving.error().kind(), ErrorKind::BadInput);
        QCOMPARE(serving.error().findings().back().id, "no-door");
    }
};

LAB_TEST(ServingTest)
#include "tst_serving.moc"
