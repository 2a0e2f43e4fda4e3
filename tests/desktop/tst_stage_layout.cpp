#include "support/test_main.hpp"

#include "desktop/stage_layout.hpp"
#include "support/plan_builder.hpp"

using namespace lab;
using namespace lab::desktop;

namespace {

/// Both styles of so many Services, one pod each, in so many namespaces.
struct Shop {
    explicit Shop(int count, int spaces = 1)
    {
        for (int i = 0; i < count; ++i) {
            StageService service;
            service.nameSpace = QString("team-%1").arg(i % spaces);
            service.name = QString("s%1").arg(i);
            service.fullName = (service.nameSpace + '/' + service.name).toStdString();
            model.services.push_back(service);
        }
        StageSide& a = model.sides[0];
        StageSide& b = model.sides[1];
        b.style = plan::Style::Ingress;
        for (int i = 0; i < count; ++i) {
            a.entries.emplace_back(static_cast<std::size_t>(i));
            a.serviceOfDoor.push_back(i);
            a.pods.push_back({EndpointId(static_cast<std::size_t>(i))});
        }
        b.pods = a.pods;
        b.entries = {DoorId(0)};
        b.shared = DoorId(0);
        b.controllers = {DoorId(1)};
        b.serviceOfDoor = {-1, -1};
    }

    StageModel model;
};

} // namespace

/// Everything has its place, on every stage.
class StageLayoutTest : public QObject {
    Q_OBJECT

private slots:
    void everythingIsOnTheStageAndApart_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("spaces");
        QTest::addColumn<QSizeF>("size");
        for (const int count : {1, 2, 7, 12, 20, 32, 33, 200, 1000, 10'000}) {
            QTest::addRow("%d", count) << count << 1 << QSizeF(540, 440);
            QTest::addRow("%d low", count) << count << 5 << QSizeF(480, 290);
        }
    }

    void everythingIsOnTheStageAndApart()
    {
        QFETCH(int, count);
        QFETCH(int, spaces);
        QFETCH(QSizeF, size);
        const Shop shop(count, spaces);
        for (const StageSide& side : shop.model.sides) {
            const StageLayout layout(shop.model, side, size);
            const QRectF stage(QPointF(), size);
            QCOMPARE(layout.isGrouped(), count > 32);
            QCOMPARE(layout.services().size(), static_cast<std::size_t>(count));
            for (std::size_t i = 0; i < layout.services().size(); ++i) {
                const QRectF& box = layout.services()[i].box;
                QVERIFY2(stage.contains(box), qPrintable(QString::number(i)));
                QVERIFY(box.width() > 0 && box.height() > 0);
                if (i > 0 && count <= 32) {
                    QVERIFY(!box.intersects(layout.services()[i - 1].box));
                }
                for (const QRectF& pod : layout.services()[i].pods) {
                    QVERIFY(stage.contains(pod) && !pod.intersects(box));
                }
            }
            for (const DoorId entry : side.entries) {
                QVERIFY(stage.contains(layout.door(entry)));
                QVERIFY(layout.toEntry(entry).at(0).x() < layout.toEntry(entry).at(1).x());
            }
        }
    }

    void theSameServiceHasTheSameRowOnBothSides()
    {
        const Shop shop(9);
        const StageLayout a(shop.model, shop.model.sides[0], {540, 440});
        const StageLayout b(shop.model, shop.model.sides[1], {540, 440});
        for (int i = 0; i < 9; ++i) {
            QCOMPARE(a.service(i).box.top(), b.service(i).box.top());
        }
        QVERIFY(a.ingress().isNull() && !b.ingress().isNull());
    }

    void namespacesAreGroupsWhereThereAreSome()
    {
        const Shop shop(60, 5);
        const StageLayout layout(shop.model, shop.model.sides[1], {540, 440});
        QCOMPARE(layout.groups().size(), std::size_t{5});
        for (const ServiceGroup& group : layout.groups()) {
            QCOMPARE(group.count, 12);
            QVERIFY(!group.name.isEmpty());
        }
    }

    void theStageOfAPlanIsItsServicesDoorsAndPods()
    {
        test::PlanBuilder builder(plan::Style::PerService, plan::Profile::Spec);
        const UpstreamId cart = builder.upstream("cart", {builder.pod("cart-0")});
        builder.route(builder.door("shop/cart"), "", "/", cart);
        const auto plan = builder.build();
        const StageModel model = stageOf(*plan, *plan);
        QCOMPARE(model.services.size(), std::size_t{1});
        QCOMPARE(model.services.front().name, QString("cart"));
        QCOMPARE(model.indexOf("shop/cart"), 0);
        QCOMPARE(model.indexOf("shop/none"), -1);
        QCOMPARE(model.sides[0].pods.front().size(), std::size_t{1});
        QCOMPARE(model.sides[0].places.front().service, 0);
    }
};

LAB_TEST(StageLayoutTest)
#include "tst_stage_layout.moc"
