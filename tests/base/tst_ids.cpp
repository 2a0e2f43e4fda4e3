#include "support/test_main.hpp"

#include "base/ids.hpp"

#include <type_traits>
#include <unordered_set>

class IdsTest : public QObject {
    Q_OBJECT

private slots:
    void aFreshIdPointsNowhere();
    void aRouteIsNeverTakenForAnEndpoint();
    void idsAreKeys();
};

void IdsTest::aFreshIdPointsNowhere()
{
    QVERIFY(!lab::DoorId().isValid());
    QVERIFY(lab::DoorId(0).isValid());
    QCOMPARE(lab::DoorId(7).index(), 7U);
}

void IdsTest::aRouteIsNeverTakenForAnEndpoint()
{
    QVERIFY((!std::is_convertible_v<lab::RouteId, lab::EndpointId>));
    QVERIFY((!std::is_constructible_v<lab::RouteId, lab::EndpointId>));
    QVERIFY((!std::is_convertible_v<std::size_t, lab::RouteId>));
}

void IdsTest::idsAreKeys()
{
    const std::unordered_set<lab::PodId> pods{lab::PodId(1), lab::PodId(2), lab::PodId(1)};
    QCOMPARE(pods.size(), 2U);
    QVERIFY(lab::PodId(1) < lab::PodId(2));
}

LAB_TEST(IdsTest)
#include "tst_ids.moc"
