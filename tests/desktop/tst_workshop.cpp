#include "support/test_main.hpp"
#include <QAccessible>
#include <QClipboard>
#include <QTcpSocket>

#include "desktop/application.hpp"
#include "window_fixture.hpp"

using namespace lab;
using namespace lab::desktop;
using lab::test::Window;

namespace {

/// Everything below that a person can use, with its name; "" where it has none.
void collectControls(QAccessibleInterface* node, QStringList& names, QStringList& nameless)
{
    if (node == nullptr || node->state().invisible) {
        return;
    }
    const QAccessible::Role role = node->role();
    const QString name = node->text(QAccessible::Name);
    if (role == QAccessible::Button || role == QAccessible::EditableText ||
        role == QAccessible::Graphic || role == QAccessible::Chart) {
        if (name.isEmpty()) {
            nameless << (node->object() == nullptr ? QString() : node->object()->objectName());
        }
        names << name;
    }
    for (int i = 0; i < node->childCount(); ++i) {
        collectControls(node->child(i), names, nameless);
    }
}

} // namespace

/// The pages beside the stage: explain, break, learn.
class WorkshopTest : public QObject {
    Q_OBJECT

private slots:
    void bothStylesAnswerAUrl()
    {
        Window window("two-doors", "explain");
        ExplainDesk& desk = *window.workshop().explainDesk();
        QVERIFY(desk.url().startsWith("https://shop.example.com/"));
        window.type("url-input", "https://shop.example.com/api/orders");
        window.click("ask");
        QCOMPARE(desk.mistake(), QString());
        QCOMPARE(desk.answers().size(), 2);
        const QVariantMap ingress = desk.answers()[1].toMap();
        QCOMPARE(ingress["verdict"].toString(), QString("default/api:80"));
        QVERIFY(ingress["isServed"].toBool());
        QVERIFY(ingress["place"].toString().startsWith("ingress.yaml:"));
        QVERIFY(ingress["steps"].toList().size() >= 3);
        bool hasLoser = false;
        for (const QVariant& one : ingress["candidates"].toList()) {
            const QVariantMap candidate = one.toMap();
            QVERIFY(candidate["hasWon"].toBool() || !candidate["because"].toString().isEmpty());
            hasLoser = hasLoser || !candidate["hasWon"].toBool();
        }
        QVERIFY(hasLoser);
        QVERIFY(window.has("answer-ingress") && window.has("answer-per-service"));
    }

    void whatIsNoUrlIsSaid()
    {
        Window window("two-doors", "explain");
        window.type("url-input", "shop");
        window.click("ask");
        QVERIFY(!window.workshop().explainDesk()->mistake().isEmpty());
        QVERIFY(window.workshop().explainDesk()->answers().isEmpty());
    }

    void aRequestIsCopiedAsCurl()
    {
        Window window("two-doors", "explain");
        window.type("url-input", "https://shop.example.com/it's");
        window.click("method");
        window.click("copyCurl");
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 QString("curl -i -X POST 'https://shop.example.com/it'\\''s'"));
    }

    void aServiceIsKilledAndRevived()
    {
        Window window("two-doors", "scenarios");
        Workshop& workshop = window.workshop();
        workshop.seek(5);
        workshop.select(0);
        ServiceDesk& desk = *workshop.serviceDesk();
        QCOMPARE(window.page(), QString("service"));
        QCOMPARE(desk.name(), QString("default/api"));
        QVERIFY(!desk.isIll());
        QCOMPARE(desk.rows().first().toMap()["what"].toString(), QString("Served in time"));
        window.settle();
        window.click("do-kill");
        QVERIFY(desk.isIll());
        QVERIFY(desk.pods().contains("killed"));
        workshop.seek(8);
        const QVariantMap failed = desk.rows()[3].toMap();
        QCOMPARE(failed["what"].toString(), QString("Failed"));
        QVERIFY(failed["ingress"].toString().toInt() > 5);
        window.click("do-revive");
        workshop.seek(12);
        QVERIFY(!desk.isIll());
        QCOMPARE(desk.rows()[3].toMap()["ingress"].toString(), QString("0"));
        workshop.stepBack(3);
        QVERIFY(desk.rows()[3].toMap()["ingress"].toString().toInt() >= 0);
        QCOMPARE(workshop.seconds(), 9.0);
    }

    void oneOfTwoPodsIsLeftAlone()
    {
        Window window("dead-pod", "service");
        window.workshop().select(0);
        window.settle();
        window.click("firstPod");
        window.click("do-hang");
        const auto faults = window.workshop().player()->faultsOf(0);
        QCOMPARE(faults.size(), std::size_t{2});
        QCOMPARE(faults[0].kind, simulation::PodFault::Kind::Hang);
        QCOMPARE(faults[1].kind, simulation::PodFault::Kind::None);
        QVERIFY(!faultNamed("nonsense").has_value());
    }

    void aLessonAsksBeforeItShows()
    {
        Window window("two-doors", "lesson");
        LessonDesk& desk = *window.workshop().lessonDesk();
        QVERIFY2(desk.hasLesson(), qPrintable(desk.mistake()));
        QCOMPARE(desk.type(), QString("show"));
        window.workshop().seek(5);
        window.click("run"); // not before the lesson's own
        QVERIFY(!window.workshop().isRunning());
        QVERIFY(window.has("cover"));
        window.click("lessonNext");
        QCOMPARE(desk.type(), QString("predict"));
        QVERIFY(!desk.mayNotGoOn().isEmpty());
        window.click("lessonNext"); // not yet
        QCOMPARE(desk.step(), 1);
        window.settle();
        window.click("option1"); // about twice: right
        QCOMPARE(desk.chosen(), 1);
        window.click("lock");
        QVERIFY(desk.isLocked());
        desk.choose(0); // too late
        QCOMPARE(desk.chosen(), 1);
        desk.next();
        desk.choose(0); // it is halved: wrong
        desk.lock();
        desk.next();
        QCOMPARE(desk.type(), QString("run"));
        desk.next();
        QCOMPARE(desk.type(), QString("run"));
        window.settle();
        window.click("lessonRun");
        QVERIFY2(desk.hasRun(), qPrintable(desk.mistake()));
        QVERIFY(window.workshop().isRunning());
        window.workshop().setRunning(false);
        desk.next();
        QCOMPARE(desk.type(), QString("observe"));
        const QVariantList outcomes = desk.outcomes();
        QVERIFY(outcomes.size() > 4);
        QCOMPARE(outcomes[0].toMap()["verdict"].toString(), QString("right"));
        QCOMPARE(outcomes[1].toMap()["verdict"].toString(), QString("wrong"));
        for (qsizetype i = 2; i < outcomes.size(); ++i) {
            QCOMPARE(outcomes[i].toMap()["verdict"].toString(), QString("held"));
        }
    }

    void everyLessonOfOursCanBeWalkedThrough()
    {
        Window window("two-doors", "lesson");
        for (const QVariant& one : window.workshop().scenarios()) {
            const QVariantMap entry = one.toMap();
            if (!entry["hasLesson"].toBool() || entry["name"] == "ten-thousand-load-balancers") {
                continue; // its run alone takes seconds
            }
            LessonDesk desk;
            desk.setScenario(entry["path"].toString());
            QVERIFY2(desk.hasLesson(), qPrintable(desk.mistake()));
            for (int step = 0; step + 1 < desk.stepCount(); ++step) {
                desk.choose(0);
                desk.guess("1");
                desk.lock();
                if (desk.type() == "run") {
                    desk.run();
                }
                QCOMPARE(desk.mayNotGoOn(), QString());
                desk.next();
                QCOMPARE(desk.step(), step + 1);
                (void)desk.outcomes();
            }
        }
    }

    void realClientsAreServedAndCounted()
    {
        Window window("two-doors", "outside");
        OutsideDesk& desk = *window.workshop().outsideDesk();
        window.click("serve");
        QVERIFY2(desk.isServing(), qPrintable(desk.mistake()));
        QCOMPARE(desk.commands().size(), 3); // two load balancers, one ingress
        QString address;
        for (const QVariant& one : desk.commands()) {
            const QString command = one.toMap()["command"].toString();
            QVERIFY2(command.startsWith("curl -ik --connect-to 'shop.example.com:443:127.0."),
                     qPrintable(command));
            if (one.toMap()["style"] == "ingress") {
                address = command.section("443:", 1).section('\'', 0, 0);
            }
        }
        window.click("copy0");
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 desk.commands()[0].toMap()["command"].toString());
        QTcpSocket client; // speaks no TLS: the door refuses, but has seen it
        client.connectToHost(address.section(':', 0, 0), address.section(':', 1).toUShort());
        QVERIFY(client.waitForConnected(5000));
        client.write("GET / HTTP/1.1\r\nHost: shop.example.com\r\n\r\n");
        QTRY_VERIFY(!desk.doors().isEmpty());
        QVERIFY(window.workshop().outsideDesk()->doors().size() >= 4); // and the replica
        client.abort();
        window.click("serve");
        QVERIFY(!desk.isServing());
        QVERIFY(desk.doors().isEmpty());
    }

    void aCommandIsFoundByItsWords()
    {
        Window window("two-doors", "scenarios");
        window.keys(Qt::Key_K, Qt::ControlModifier);
        window.type("command-input", "dead pod");
        window.settle();
        window.keys(Qt::Key_Escape);
        window.click("commands");
        window.type("command-input", "page lesson");
        window.keys(Qt::Key_Return);
        QCOMPARE(window.page(), QString("lesson"));
        window.keys(Qt::Key_K, Qt::ControlModifier);
        window.type("command-input", "light");
        window.click("command0");
        QVERIFY(!window.workshop().theme()->isDark());
    }

    void everyControlHasANameOnEveryPage()
    {
        QAccessible::setActive(true);
        Window window("two-doors", "scenarios");
        for (const QString& page : pageNames()) {
            window.show(page);
            QStringList names;
            QStringList nameless;
            collectControls(
                QAccessible::queryAccessibleInterface(window.window()), names, nameless);
            QVERIFY2(nameless.isEmpty(), qPrintable(page + ": " + nameless.join(' ')));
            QVERIFY(names.contains("Light colours") && names.contains("Back to the start"));
            QVERIFY(names.size() > 20);
        }
    }

    void everythingCanBeReachedByTheKeyboard()
    {
        Window window("two-doors", "lesson");
        window.workshop().lessonDesk()->run();
        window.workshop().setRunning(false);
        QSet<QString> reached;
        for (int i = 0; i < 80; ++i) {
            QTest::keyClick(window.window(), Qt::Key_Tab);
            if (window.window()->activeFocusItem() != nullptr) {
                reached << window.window()->activeFocusItem()->objectName();
            }
        }
        for (const char* name : {"run",
                                 "reset",
                                 "theme",
                                 "page-explain",
                                 "lessonNext",
                                 "speed3",
                                 "score-Certificates"}) {
            QVERIFY2(reached.contains(name), name);
        }
        window.keys(Qt::Key_E, Qt::ControlModifier);
        QCOMPARE(window.page(), QString("explain"));
        window.keys(Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(window.page(), QString("lesson"));
    }

    void noPageWarnsInEitherTheme()
    {
        for (const bool isDark : {true, false}) {
            Window window("hung-pod", "scenarios", isDark);
            for (const QString& page : pageNames()) {
                window.show(page);
                window.workshop().seek(6);
                QVERIFY(!window.picture().isNull());
            }
        }
        QVERIFY2(Window::warnings().isEmpty(), qPrintable(Window::warnings().join('\n')));
    }
};

LAB_TEST(WorkshopTest)
#include "tst_workshop.moc"
