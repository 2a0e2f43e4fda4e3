#include "support/test_main.hpp"
#include <QRegularExpression>

#include "scenario/access_log.hpp"
#include "support/file_fixture.hpp"
#include "support/raw_client.hpp"

#include <boost/json.hpp>

using namespace lab;
using live::LiveOptions;
using scenario::AccessLog;
using scenario::AccessLogFormat;
using test::ask;
using test::get;
using test::LiveWorld;
using test::PlanBuilder;
using test::RawSocket;

namespace {

std::shared_ptr<const plan::FrontDoorPlan> shopPlan(plan::Profile profile = plan::Profile::Spec)
{
    PlanBuilder builder;
    const DoorId door = builder.door("ingress");
    builder.route(door, "shop.lab", "/", builder.upstream("cart", {builder.pod("cart-0")}));
    builder.raw().profile = profile;
    return builder.build();
}

LiveOptions withAllHeads(std::size_t headBytes = AccessLog::headBytes)
{
    LiveOptions options = test::patientOptions();
    options.recorder.heads.oneIn = 1;
    options.recorder.headBytes = headBytes;
    return options;
}

std::unique_ptr<AccessLog> opened(const std::string& path,
                                  AccessLogFormat format = AccessLogFormat::NginxCombined)
{
    auto log = AccessLog::open(path, format);
    return log ? std::move(*log) : nullptr;
}

QStringList linesOf(const std::string& path)
{
    return QString::fromStdString(test::FileFixture::textOf(path)).split('\n', Qt::SkipEmptyParts);
}

} // namespace

/// A line a request, written beside the doors.
class AccessLogTest : public QObject {
    Q_OBJECT

private slots:
    void everyRequestHasItsLine()
    {
        const test::FileFixture files;
        LiveWorld world(shopPlan(), withAllHeads());
        const auto log = opened(files.path("access.log"));
        QVERIFY(log != nullptr);
        log->follow(*world.engine);
        RawSocket client = world.client();
        constexpr int requests = 200;
        for (int i = 0; i < requests; ++i) {
            QCOMPARE(ask(client, get("/" + std::to_string(i), "User-Agent: me\r\n")).status, 200);
        }
        QCOMPARE(ask(client, get("/", {}, "no.lab")).status, 404);
        client.close();
        QVERIFY(world.engine->drain(std::chrono::seconds(10)));
        log->finish();
        const QStringList lines = linesOf(files.path("access.log"));
        QCOMPARE(lines.size(), qsizetype{requests + 1});
        QCOMPARE(log->written(), std::uint64_t{requests + 1});
        QCOMPARE(log->lost(), std::uint64_t{0});
        const QRegularExpression usual(
            R"(^127\.0\.0\.1 - - \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d \+0000\] )"
            R"("GET /(\d+) HTTP/1\.1" 200 \d+ "-" "me"$)");
        for (int i = 0; i < requests; ++i) {
            const auto match = usual.match(lines[i]);
            QVERIFY2(match.hasMatch(), qPrintable(lines[i]));
            QCOMPARE(match.captured(1).toInt(), i);
        }
        QVERIFY(lines.back().contains("\"GET / HTTP/1.1\" 404 "));
    }

    void theProfileAddsIngressNginxsFields()
    {
        const test::FileFixture files;
        LiveWorld world(shopPlan(plan::Profile::IngressNginx), withAllHeads());
        const auto log = opened(files.path("access.log"));
        log->follow(*world.engine);
        RawSocket client = world.client();
        QCOMPARE(ask(client, get("/a")).status, 200);
        client.close();
        QVERIFY(world.engine->drain(std::chrono::seconds(10)));
        log->finish();
        const QString line = linesOf(files.path("access.log")).value(0);
        QVERIFY2(line.contains(" [shop-cart-80] [] shop/cart-0:8080 "), qPrintable(line));
    }

    void aTcpDoorsConnectionsHaveTheirLines_data()
    {
        QTest::addColumn<bool>("isHop");
        QTest::newRow("to a pod") << false;
        QTest::newRow("to a controller: only the request has one") << true;
    }
    void aTcpDoorsConnectionsHaveTheirLines()
    {
        QFETCH(const bool, isHop);
        PlanBuilder builder;
        const UpstreamId cart = builder.upstream("cart", {builder.pod("cart-0")});
        const DoorId door = builder.door("shop/cart", plan::DoorMode::Tcp);
        builder.at(door).ports[0].upstream = cart;
        if (isHop) {
            builder.route(builder.controllerOf(door, "controller-0"), "", "/", cart);
        }
        const test::FileFixture files;
        LiveWorld world(builder.build(), withAllHeads());
        const auto log = opened(files.path("access.log"));
        log->follow(*world.engine);
        RawSocket client = world.client("127.0.3.5");
        QCOMPARE(ask(client, get("/a")).status, 200);
        client.close();
        QVERIFY(world.engine->drain(std::chrono::seconds(10)));
        log->finish();
        const QStringList lines = linesOf(files.path("access.log"));
        QCOMPARE(lines.size(), qsizetype{1});
        const QRegularExpression stream(R"re(^127\.0\.3\.5 \[[^]]+\] TCP 200 \d+ 35 \d+\.\d{3} )re"
                                        R"re("shop/cart-0:8080" "35" "\d+" "\d+\.\d{3}"$)re");
        QVERIFY2(stream.match(lines[0]).hasMatch() != isHop, qPrintable(lines[0]));
        QCOMPARE(lines[0].contains("\"GET /a HTTP/1.1\" 200 "), isHop);
    }

    void jsonLinesAreWholeAndWithoutSecrets()
    {
        const test::FileFixture files;
        LiveWorld world(shopPlan(), withAllHeads());
        const auto log = opened(files.path("access.log"), AccessLogFormat::Json);
        log->follow(*world.engine);
        RawSocket client = world.client();
        const std::string fields = "Authorization: Bearer hush\r\nCookie: hush=1\r\n"
                                   "Referer: \"},{\\\r\nUser-Agent: \xc3\xa9\r\n";
        QCOMPARE(ask(client, get("/a?b", fields)).status, 200);
        client.close();
        QVERIFY(world.engine->drain(std::chrono::seconds(10)));
        log->finish();
        const std::string text = test::FileFixture::textOf(files.path("access.log"));
        QVERIFY(text.find("hush") == text.npos);
        const boost::json::value line = boost::json::parse(text);
        QCOMPARE(std::string(line.at("request").as_string()), std::string("GET /a?b HTTP/1.1"));
        QCOMPARE(std::string(line.at("referer").as_string()), std::string("\"},{\\"));
        QCOMPARE(std::string(line.at("route").as_string()), std::string("shop/web /"));
        QCOMPARE(line.at("status").as_int64(), 200);
    }

    void aMovedLogGoesOnInANewFile()
    {
        const test::FileFixture files;
        LiveWorld world(shopPlan(), withAllHeads());
        const auto log = opened(files.path("access.log"));
        log->follow(*world.engine);
        RawSocket client = world.client();
        QCOMPARE(ask(client, get("/before")).status, 200);
        QVERIFY(test::eventually([&] { return log->written() == 1; }));
        QVERIFY(QFile::rename(QString::fromStdString(files.path("access.log")),
                              QString::fromStdString(files.path("access.log.1"))));
        QVERIFY(log->reopen().has_value());
        QCOMPARE(ask(client, get("/after")).status, 200);
        client.close();
        QVERIFY(world.engine->drain(std::chrono::seconds(10)));
        log->finish();
        QVERIFY(linesOf(files.path("access.log.1")).value(0).contains("/before"));
        QCOMPARE(linesOf(files.path("access.log")).size(), qsizetype{1});
        QVERIFY(linesOf(files.path("access.log")).value(0).contains("/after"));
    }

    void whatCannotBeKeptIsCounted()
    {
        const test::FileFixture files;
        LiveWorld world(shopPlan(), withAllHeads(measurement::HeadRing::bytesMin));
        RawSocket client = world.client();
        constexpr std::uint64_t requests = 100;
        for (std::uint64_t i = 0; i < requests; ++i) {
            QCOMPARE(ask(client, get("/")).status, 200);
        }
        client.close();
        QVERIFY(world.engine->drain(std::chrono::seconds(10)));
        const auto log = opened(files.path("access.log"));
        log->follow(*world.engine); // too late for most
        log->finish();
        QVERIFY(log->written() > 0 && log->lost() > 0);
        QCOMPARE(log->written() + log->lost(), requests);
        QCOMPARE(linesOf(files.path("access.log")).size(), static_cast<qsizetype>(log->written()));
    }

    void aFullDiskIsCounted()
    {
        if (!QFile::exists("/dev/full")) {
            QSKIP("this system has no /dev/full");
        }
        LiveWorld world(shopPlan(), withAllHeads());
        const auto log = opened("/dev/full");
        log->follow(*world.engine);
        RawSocket client = world.client();
        QCOMPARE(ask(client, get("/")).status, 200);
        QVERIFY(test::eventually([&] { return log->lost() == 1; }));
        QCOMPARE(ask(client, get("/")).status, 200); // the door does not mind
        QCOMPARE(log->written(), std::uint64_t{0});
    }

    void aFileThatCannotBeMadeIsAnError()
    {
        const test::FileFixture files;
        const std::string path = files.path("no/such/folder.log");
        const auto log = AccessLog::open(path, AccessLogFormat::Json);
        QVERIFY(!log);
        QCOMPARE(log.error().kind(), ErrorKind::Environment);
        QCOMPARE(log.error().message(),
                 "cannot write the access log " + path + ": No such file or directory");
    }
};

LAB_TEST(AccessLogTest)
#include "tst_access_log.moc"
