#include "support/test_main.hpp"

#include "scenario/requests_page.hpp"
#include "support/raw_client.hpp"

#include <boost/json.hpp>

using namespace lab;
using scenario::RequestsPage;
using test::ask;
using test::get;
using test::LiveWorld;
using test::PlanBuilder;
using test::RawSocket;

namespace {

/// An engine whose two workers remember few records, and all heads.
struct World : LiveWorld {
    explicit World(int workers = 1)
        : LiveWorld(shopPlan(), options(workers))
    {
    }

    static std::shared_ptr<const plan::FrontDoorPlan> shopPlan()
    {
        PlanBuilder builder;
        const DoorId door = builder.door("ingress");
        builder.route(door, "shop.lab", "/", builder.upstream("cart", {builder.pod("cart-0")}));
        return builder.build();
    }

    static live::LiveOptions options(int workers)
    {
        live::LiveOptions options = test::patientOptions();
        options.workers = workers;
        options.recorder.records = measurement::RecordRing::recordsMin;
        options.recorder.heads.oneIn = 1;
        return options;
    }

    /// Sends that many, each on a connection of its own, and waits until all are remembered.
    void send(int count, const std::string& host = "shop.lab")
    {
        for (int i = 0; i < count; ++i) {
            RawSocket socket = client();
            const std::string fields = "Cookie: hush\r\n";
            if (ask(socket, get("/" + std::to_string(sent_), fields, host)).status == 0) {
                qFatal("no answer");
            }
            ++sent_;
        }
        static_cast<void>(test::eventually([&] {
            std::uint64_t written = 0;
            for (const auto* recorder : engine->recorders()) {
                written += recorder->records().written();
            }
            return written == sent_;
        }));
    }

    [[nodiscard]] boost::json::value page(const std::string& query) const
    {
        const live::AdminAnswer answer = RequestsPage::answer(query, *engine);
        if (answer.status != 200) {
            qFatal("%s", answer.body.c_str());
        }
        return boost::json::parse(answer.body);
    }

private:
    std::uint64_t sent_ = 0;
};

QStringList requestLines(const boost::json::value& page)
{
    QStringList lines;
    for (const boost::json::value& request : page.at("requests").as_array()) {
        lines += QString::fromStdString(std::string(request.at("request").as_string()));
    }
    return lines;
}

} // namespace

/// What the doors remember, asked for.
class RequestsPageTest : public QObject {
    Q_OBJECT

private slots:
    void theNewestComeOldestFirst()
    {
        World world;
        world.send(5);
        const auto page = world.page("limit=3");
        QCOMPARE(requestLines(page),
                 QStringList({"GET /2 HTTP/1.1", "GET /3 HTTP/1.1", "GET /4 HTTP/1.1"}));
        const auto& last = page.at("requests").as_array().back();
        QCOMPARE(std::string(last.at("service").as_string()), std::string("shop/cart"));
        QCOMPARE(std::string(last.at("method").as_string()), std::string("GET"));
        QCOMPARE(boost::json::serialize(last.at("head")),
                 std::string(R"(["GET /4 HTTP/1.1","Host: shop.lab"])"));
    }

    void nextContinuesWhereAnAnswerEnded()
    {
        World world(2);
        world.send(4);
        const std::string next(world.page("").at("next").as_string());
        QVERIFY(next.find('.') != next.npos); // a number a worker
        QVERIFY(world.page("since=" + next).at("requests").as_array().empty());
        world.send(3);
        const auto page = world.page("since=" + next);
        QStringList lines = requestLines(page);
        lines.sort();
        QCOMPARE(lines, QStringList({"GET /4 HTTP/1.1", "GET /5 HTTP/1.1", "GET /6 HTTP/1.1"}));
        QCOMPARE(page.at("lost").as_int64(), 0);
    }

    void sinceGoesOnInStepsOfTheLimit()
    {
        World world;
        world.send(5);
        const auto first = world.page("since=0&limit=2");
        QCOMPARE(requestLines(first), QStringList({"GET /0 HTTP/1.1", "GET /1 HTTP/1.1"}));
        const auto second =
            world.page("limit=2&since=" + std::string(first.at("next").as_string()));
        QCOMPARE(requestLines(second), QStringList({"GET /2 HTTP/1.1", "GET /3 HTTP/1.1"}));
    }

    void whatWasOverwrittenIsCounted()
    {
        World world;
        world.send(70);
        const auto page = world.page("since=0&limit=1000");
        QCOMPARE(page.at("lost").as_int64(), 6);
        QCOMPARE(page.at("requests").as_array().size(), std::size_t{64});
    }

    void connectionsAreAmongThem()
    {
        PlanBuilder builder(plan::Style::PerService);
        const DoorId door = builder.door("shop/cart", plan::DoorMode::Tcp);
        builder.at(door).ports[0].upstream = builder.upstream("cart", {builder.pod("cart-0")});
        const LiveWorld world(builder.build(), World::options(1));
        RawSocket client = world.client("127.0.3.5");
        QCOMPARE(ask(client, get("/")).status, 200);
        client.close();
        const auto& ring = world.engine->recorders().at(0)->records();
        QVERIFY(test::eventually([&] { return ring.written() == 1; }));
        const live::AdminAnswer answer =
            RequestsPage::answer("filter=kind=connection,end=finished", *world.engine);
        const boost::json::value page = boost::json::parse(answer.body);
        const auto& requests = page.at("requests").as_array();
        QCOMPARE(requests.size(), std::size_t{1});
        const auto textAt = [&](const char* key) {
            return std::string(requests[0].at(key).as_string());
        };
        QCOMPARE(textAt("client"), std::string("127.0.3.5"));
        QCOMPARE(textAt("service"), std::string("shop/cart"));
        QCOMPARE(textAt("endpoint"), std::string("shop/cart-0:8080"));
        QVERIFY(requests[0].at("request").is_null() && requests[0].at("head").is_null());
        QCOMPARE(requests[0].at("bytesIn").as_int64(), qint64(get("/").size()));
        QVERIFY(requests[0].at("bodyBytesOut").as_int64() > 0);
    }

    void theFilterTakesTheNewestThatMatch()
    {
        World world;
        world.send(3);
        world.send(2, "no.lab");
        world.send(3);
        const auto page = world.page("filter=status%3D4xx,refusal%3Dno-route");
        QCOMPARE(requestLines(page), QStringList({"GET /3 HTTP/1.1", "GET /4 HTTP/1.1"}));
        QCOMPARE(requestLines(world.page("filter=status=200&limit=2")),
                 QStringList({"GET /6 HTTP/1.1", "GET /7 HTTP/1.1"}));
    }

    void wrongQuestionsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("query");
        for (const char* query : {"since=x",
                                  "since=1.2",
                                  "since=",
                                  "limit=0",
                                  "limit=10001",
                                  "limit=ten",
                                  "filter=x",
                                  "colour=red",
                                  "filter=%"}) {
            QTest::newRow(query) << QByteArray(query);
        }
    }
    void wrongQuestionsAreRefused()
    {
        QFETCH(const QByteArray, query);
        const World world;
        const live::AdminAnswer answer = RequestsPage::answer(query.toStdString(), *world.engine);
        QCOMPARE(answer.status, 400);
        QVERIFY(answer.body.ends_with('\n'));
    }
};

LAB_TEST(RequestsPageTest)
#include "tst_requests_page.moc"
