#include "support/test_main.hpp"
#include <QFileInfo>
#include <QJsonArray>

#include "headless/process_fixture.hpp"
#include "support/file_fixture.hpp"

#include <fcntl.h>
#include <sys/stat.h>

using namespace lab;
using test::httpGet;
using test::ProgramProcess;

namespace {

constexpr const char* ingressManifest = R"(---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  ingressClassName: nginx
  rules:
    - host: shop.test
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: web, port: {number: 80}}}
)";

} // namespace

/// `serve` as a process: ready line, answers, drain.
class ServeVerbTest : public QObject {
    Q_OBJECT

private slots:
    void itServesBothDoorsAndDrainsOnSigterm()
    {
        test::FileFixture files;
        files.file("all.yaml", std::string(test::webManifest) + ingressManifest);
        ProgramProcess program(
            {"serve", QString::fromStdString(files.path("all.yaml")), "--port", "0"});
        const QJsonObject ready = QJsonDocument::fromJson(program.readLine()).object();
        QCOMPARE(ready["event"].toString(), "ready");
        QCOMPARE(ready["pid"].toInteger(), program.pid());

        const QString own = ready["doors"]["per-service"]["default/web"]["ports"]["80"].toString();
        const QByteArray direct = httpGet(own, "/a", "anything.test");
        QVERIFY2(direct.startsWith("HTTP/1.1 200 "), direct);
        QVERIFY2(direct.contains("web-0"), direct);

        const QString shared = ready["doors"]["ingress"]["http"].toString();
        QVERIFY(httpGet(shared, "/a", "shop.test").startsWith("HTTP/1.1 200 "));
        QVERIFY(httpGet(shared, "/a", "other.test").startsWith("HTTP/1.1 404 "));

        const QString admin = ready["admin"].toString();
        QVERIFY(httpGet(admin, "/readyz", admin.toUtf8()).startsWith("HTTP/1.1 200 "));
        QVERIFY(httpGet(admin, "/metrics", admin.toUtf8()).contains("ingresslab_requests_total{"));
        QVERIFY(httpGet(admin, "/readyz", "evil.test").startsWith("HTTP/1.1 421 "));
        QVERIFY(httpGet(admin, "/config_dump", "evil.test").startsWith("HTTP/1.1 421 "));
        for (const char* page : {"/routes", "/endpoints", "/certs", "/limits", "/config_dump"}) {
            const QByteArray answer = httpGet(admin, page, admin.toUtf8());
            QVERIFY2(answer.startsWith("HTTP/1.1 200 "), answer);
            QVERIFY(answer.contains("Content-Type: application/json"));
            QVERIFY(!QJsonDocument::fromJson(answer.mid(answer.indexOf("\r\n\r\n"))).isNull());
        }
        const QByteArray requests =
            httpGet(admin, "/requests?filter=style%3Dingress,status%3D404", admin.toUtf8());
        QVERIFY2(requests.contains("\"refusal\":\"no-route\""), requests);
        QVERIFY2(!requests.contains("\"status\":200"), requests);

        program.signal(SIGTERM);
        QCOMPARE(program.wait(), 0);
    }

    void sighupReadsTheFilesAgain()
    {
        test::FileFixture files;
        files.file("all.yaml", std::string(test::webManifest) + ingressManifest);
        ProgramProcess program(
            {"serve", QString::fromStdString(files.path("all.yaml")), "--port", "0"});
        const QJsonObject ready = QJsonDocument::fromJson(program.readLine()).object();
        const QString shared = ready["doors"]["ingress"]["http"].toString();
        QVERIFY(httpGet(shared, "/a", "other.test").startsWith("HTTP/1.1 404 "));

        QString other = ingressManifest;
        other.replace("shop.test", "other.test");
        files.file("all.yaml", test::webManifest + other.toStdString());
        program.signal(SIGHUP);
        const QJsonObject reloaded = QJsonDocument::fromJson(program.readLine()).object();
        QCOMPARE(reloaded["event"].toString(), "reloaded");
        QCOMPARE(reloaded["generation"].toInteger(), 1);
        QCOMPARE(reloaded["doors"], ready["doors"]);
        QVERIFY(reloaded["milliseconds"].toDouble() > 0);
        QVERIFY(httpGet(shared, "/a", "other.test").startsWith("HTTP/1.1 200 "));

        files.file("all.yaml", "kind: [");
        program.signal(SIGHUP);
        const QJsonObject failed = QJsonDocument::fromJson(program.readLine()).object();
        QCOMPARE(failed["event"].toString(), "reload-failed");
        QCOMPARE(failed["findings"].toArray().at(0)["severity"].toString(), "unreadable");
        QVERIFY(httpGet(shared, "/a", "other.test").startsWith("HTTP/1.1 200 "));
        const QString admin = ready["admin"].toString();
        const QByteArray metrics = httpGet(admin, "/metrics", admin.toUtf8());
        QVERIFY(metrics.contains("ingresslab_config_reloads_total{result=\"ok\"} 1\n"));
        QVERIFY(metrics.contains("ingresslab_config_reloads_total{result=\"failed\"} 1\n"));
        program.signal(SIGTERM);
        QCOMPARE(program.wait(), 0);
    }

    void aChangedFileIsServedWhereItIsWatched()
    {
        test::FileFixture files;
        files.file("all.yaml", std::string(test::webManifest) + ingressManifest);
        const QString path = QString::fromStdString(files.path("all.yaml"));
        ProgramProcess program({"serve", path, "--port", "0", "--watch"});
        const QJsonObject ready = QJsonDocument::fromJson(program.readLine()).object();
        QString other = ingressManifest;
        other.replace("shop.test", "other.test");
        files.file("next.yaml", test::webManifest + other.toStdString());
        QCOMPARE(::rename(files.path("next.yaml").c_str(), path.toUtf8().constData()), 0);
        const QJsonObject reloaded = QJsonDocument::fromJson(program.readLine()).object();
        QCOMPARE(reloaded["event"].toString(), "reloaded");
        const QString shared = ready["doors"]["ingress"]["http"].toString();
        QVERIFY(httpGet(shared, "/a", "other.test").startsWith("HTTP/1.1 200 "));
        program.signal(SIGTERM);
        QCOMPARE(program.wait(), 0);
    }

    void whoHasTheTokenMayPutAScenario()
    {
        test::FileFixture files;
        files.file("all.yaml", std::string(test::webManifest) + ingressManifest);
        files.file("token", "s3cret\n");
        ProgramProcess program({"serve",
                                QString::fromStdString(files.path("all.yaml")),
                                "--port",
                                "0",
                                "--admin-token-file",
                                QString::fromStdString(files.path("token"))});
        const QJsonObject ready = QJsonDocument::fromJson(program.readLine()).object();
        const QString admin = ready["admin"].toString();
        const QString shared = ready["doors"]["ingress"]["http"].toString();
        const auto put = [&](const QByteArray& query, const QByteArray& token, QString body) {
            body.replace("shop.test", "other.test");
            const QByteArray bytes = body.toUtf8();
            const test::OpenRequest request(
                admin,
                "PUT /scenario" + query + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " +
                    token + "\r\nContent-Length: " + QByteArray::number(bytes.size()) + "\r\n\r\n" +
                    bytes);
            return request.answer();
        };
        const QString good = QString(test::webManifest) + ingressManifest;
        QVERIFY(put("", "guess", good).startsWith("HTTP/1.1 401 "));
        QVERIFY(put("?dryRun=some", "s3cret", good).startsWith("HTTP/1.1 400 "));
        const QByteArray tried = put("?dryRun=all", "s3cret", good);
        QVERIFY2(tried.startsWith("HTTP/1.1 200 ") && tried.contains("\"passed\":true"), tried);
        const QByteArray broken = put("", "s3cret", "kind: [");
        QVERIFY2(broken.startsWith("HTTP/1.1 422 "), broken);
        QVERIFY2(broken.contains("\"file\":\"<request>\",\"line\":1"), broken);
        QVERIFY(httpGet(shared, "/a", "shop.test").startsWith("HTTP/1.1 200 ")); // as before
        const QByteArray done = put("", "s3cret", good);
        QVERIFY2(done.startsWith("HTTP/1.1 200 ") && done.contains("\"event\":\"reloaded\""), done);
        QVERIFY(httpGet(shared, "/a", "other.test").startsWith("HTTP/1.1 200 "));
        QVERIFY(httpGet(shared, "/a", "shop.test").startsWith("HTTP/1.1 404 "));
        QVERIFY(httpGet(admin, "/scenario", admin.toUtf8()).startsWith("HTTP/1.1 404 "));
        program.signal(SIGTERM);
        QCOMPARE(program.wait(), 0);
    }

    void theExplainHeaderIsForLoopbackOnly()
    {
        test::FileFixture files;
        files.file("all.yaml", std::string(test::webManifest) + ingressManifest);
        const QString path = QString::fromStdString(files.path("all.yaml"));
        ProgramProcess program({"serve", path, "--port", "0", "--explain-header"});
        const QJsonObject ready = QJsonDocument::fromJson(program.readLine()).object();
        const QString shared = ready["doors"]["ingress"]["http"].toString();
        const QByteArray asks = "shop.test\r\nx-lab-explain: 1";
        const QByteArray answer = httpGet(shared, "/a", asks);
        QVERIFY2(answer.contains("x-lab-backend: default/web:80; pod=default/web-0:"), answer);
        QVERIFY2(answer.contains("all.yaml:"), answer);
        QVERIFY2(!answer.contains("x-lab-explain"), answer);
        QVERIFY(httpGet(shared, "/a", "no.test\r\nx-lab-explain: 1")
                    .contains("x-lab-why: no rule names this host"));
        QVERIFY(!httpGet(shared, "/a", "shop.test").contains("x-lab-"));
        program.signal(SIGTERM);
        QCOMPARE(program.wait(), 0);

        ProgramProcess open({"serve", path, "--listen", "0.0.0.0", "--explain-header"});
        QCOMPARE(open.wait(), 2);
        QVERIFY2(open.err().contains("--explain-header is for clients on loopback"), open.err());
    }

    void theAccessLogIsOpenedAnewOnSigusr1()
    {
        test::FileFixture files;
        files.file("all.yaml", std::string(test::webManifest) + ingressManifest);
        const QString path = QString::fromStdString(files.path("all.yaml"));
        const QString log = QString::fromStdString(files.path("access.log"));
        ProgramProcess program({"serve", path, "--port", "0", "--access-log", log});
        const QJsonObject ready = QJsonDocument::fromJson(program.readLine()).object();
        const QString shared = ready["doors"]["ingress"]["http"].toString();
        QVERIFY(httpGet(shared, "/one", "shop.test").startsWith("HTTP/1.1 200 "));
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(log).size() > 0, ProgramProcess::waitMs);
        QVERIFY(QFile::rename(log, log + ".1"));
        program.signal(SIGUSR1);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(log), ProgramProcess::waitMs);
        QVERIFY(httpGet(shared, "/two", "shop.test").startsWith("HTTP/1.1 200 "));
        program.signal(SIGTERM);
        QCOMPARE(program.wait(), 0);
        const auto textOf = [](const QString& file) {
            return test::FileFixture::textOf(file.toStdString());
        };
        QVERIFY(textOf(log + ".1").find("\"GET /one HTTP/1.1\" 200 ") != std::string::npos);
        QVERIFY(textOf(log).find("\"GET /two HTTP/1.1\" 200 ") != std::string::npos);
        QVERIFY(!program.err().contains("the access log lacks"));
    }

    void theAccessLogMayBeStandardOutput()
    {
        test::FileFixture files;
        files.file("all.yaml", std::string(test::webManifest) + ingressManifest);
        const QString path = QString::fromStdString(files.path("all.yaml"));
        ProgramProcess program(
            {"serve", path, "--port", "0", "--access-log", "-", "--log-format", "json"});
        const QJsonObject ready = QJsonDocument::fromJson(program.readLine()).object();
        const QString shared = ready["doors"]["ingress"]["http"].toString();
        QVERIFY(httpGet(shared, "/one", "no.test").startsWith("HTTP/1.1 404 "));
        const QJsonObject line = QJsonDocument::fromJson(program.readLine()).object();
        QCOMPARE(line["request"].toString(), "GET /one HTTP/1.1");
        QCOMPARE(line["refusal"].toString(), "no-route");
        program.signal(SIGTERM);
        QCOMPARE(program.wait(), 0);

        ProgramProcess unknown({"serve", path, "--log-format", "apache"});
        QCOMPARE(unknown.wait(), 2);
        QVERIFY(unknown.err().contains("takes nginx-combined or json"));
    }

    void theCaIsThereWhileItRunsOnly()
    {
        test::FileFixture files;
        files
            .file("scenario.yaml",
                  "apiVersion: ingresslab.dev/v1\nkind: Scenario\nmetadata: {name: t}\n"
                  "spec: {manifests: [web.yaml]}\n")
            .file("web.yaml", test::webManifest);
        ProgramProcess program({"serve",
                                QString::fromStdString(files.path()),
                                "--port",
                                "0",
                                "--keep-certs",
                                QString::fromStdString(files.path("kept"))});
        const QJsonObject ready = QJsonDocument::fromJson(program.readLine()).object();
        const QString ca = ready["ca"].toString();
        QVERIFY(QFileInfo::exists(ca));
        const QString admin = ready["admin"].toString();
        const QByteArray served = httpGet(admin, "/scenario", admin.toUtf8());
        QVERIFY2(served.endsWith("spec: {manifests: [web.yaml]}\n"), served);
        program.signal(SIGINT);
        QCOMPARE(program.wait(), 0);
        QVERIFY(!QFileInfo::exists(ca));
        const QDir kept(QString::fromStdString(files.path("kept")));
        QVERIFY(kept.exists("ca.pem"));
        for (const QFileInfo& file : kept.entryInfoList(QDir::Files)) {
            QVERIFY((file.permissions() & (QFile::ReadGroup | QFile::ReadOther)) == 0);
        }
    }

    void aSecondSignalEndsItAtOnce()
    {
        test::FileFixture files;
        files
            .file("scenario.yaml",
                  "apiVersion: ingresslab.dev/v1\nkind: Scenario\nmetadata: {name: t}\n"
                  "spec: {manifests: [web.yaml], styles: {per-service: {door: http}},\n"
                  "  backendDefaults: {latency: 5m}, timeouts: {answer: 10m}}\n")
            .file("web.yaml", test::webManifest);
        ProgramProcess program({"serve", QString::fromStdString(files.path()), "--port", "0"});
        const QJsonObject ready = QJsonDocument::fromJson(program.readLine()).object();
        const QString own = ready["doors"]["per-service"]["default/web"]["ports"]["80"].toString();
        const QString admin = ready["admin"].toString();
        const test::OpenRequest pending(own, "/slow", "web.test");
        QTRY_VERIFY_WITH_TIMEOUT(
            httpGet(admin, "/metrics", admin.toUtf8())
                .contains("requests_received_total{style=\"per-service\",door=\"default/web\"} 1"),
            ProgramProcess::waitMs);
        program.signal(SIGTERM);
        QTRY_VERIFY_WITH_TIMEOUT(!httpGet(admin, "/readyz", admin.toUtf8()).contains(" 200 "),
                                 ProgramProcess::waitMs);
        program.signal(SIGTERM);
        QCOMPARE(program.wait(), 143);
        QVERIFY(!QFileInfo::exists(ready["ca"].toString()));
    }

    void aTakenPortExitsWithFourAndStartsNothing()
    {
        test::FileFixture files;
        files.file("web.yaml", test::webManifest);
        const QString manifest = QString::fromStdString(files.path("web.yaml"));
        ProgramProcess first({"serve", manifest, "--port", "0"});
        const QString admin =
            QJsonDocument::fromJson(first.readLine()).object()["admin"].toString();
        ProgramProcess second(
            {"serve", manifest, "--port", "0", "--admin-port", admin.section(':', 1)});
        QCOMPARE(second.wait(), 4);
        const QByteArray err = second.err();
        QVERIFY2(err.contains("ingresslab: cannot listen on " + admin.toUtf8()), err);
        QVERIFY2(err.contains("it is held by ingresslab (pid " + QByteArray::number(first.pid())),
                 err);
        QVERIFY(second.out().isEmpty());
    }
};

LAB_TEST(ServeVerbTest)
#include "tst_serve_verb.moc"
