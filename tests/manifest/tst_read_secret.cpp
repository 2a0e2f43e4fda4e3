#include "support/test_main.hpp"

#include "manifest/object_readers.hpp"
#include "manifest/reading_bench.hpp"

using namespace lab::manifest;

namespace {

ReadCluster secret(const std::string& rest)
{
    return readText("apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n" + rest + '\n');
}

} // namespace

/// Secrets are decoded and never shown; ConfigMaps are texts.
class ReadSecretTest : public QObject {
    Q_OBJECT

private slots:
    void dataIsDecodedAndStringDataWins()
    {
        const ReadCluster read = secret("data: {a: YWJj, b: YWJj}\nstringData: {b: plain}");
        QCOMPARE(said(read), QString());
        const lab::model::Secret& one = read.cluster.secrets.at(0);
        QCOMPARE(one.type, std::string("Opaque"));
        QCOMPARE(one.data.at("a"), std::string("abc"));
        QCOMPARE(one.data.at("b"), std::string("plain"));
    }

    void valuesOfOtherTypesAreNotKept()
    {
        const ReadCluster read = secret("type: helm.sh/release.v1\ndata: {release: YWJj}");
        QCOMPARE(read.cluster.secrets.at(0).data.at("release"), std::string());
    }

    void whatIsNoBase64IsRefusedWithoutShowingIt()
    {
        const ReadCluster read = secret("data: {a: \"%hidden%\", b: [c]}");
        QCOMPARE(read.refused.size(), 1U);
        QVERIFY(said(read).contains("data[a] is not base64"));
        QVERIFY(said(read).contains("data[b] must be a text in base64"));
        QVERIFY(!said(read).contains("hidden"));
    }

    void redactedValuesAreCounted()
    {
        std::string text;
        for (const char* value : {"UkVEQUNURUQ=", "\"***\"", "<redacted>", "YWJj"}) {
            text += "---\napiVersion: v1\nkind: Secret\nmetadata: {name: s" +
                    std::to_string(text.size()) + "}\ndata: {a: " + value + "}\n";
        }
        const ReadCluster read = readText(text);
        QCOMPARE(said(read),
                 QString("2:1: warning: 3 Secrets with redacted values: certificates in them are "
                         "unknown\n"));
        QCOMPARE(read.cluster.secrets.size(), 4U);
    }

    void redactionIsRecognised()
    {
        for (const char* text : {"REDACTED", "<redacted>", "***", "[Redacted]"}) {
            QVERIFY2(isRedacted(text), text);
        }
        for (const char* text : {"", "abc", "-----BEGIN", "a***"}) {
            QVERIFY2(!isRedacted(text), text);
        }
    }

    void aTlsSecretHasBothParts()
    {
        const std::string type = "type: kubernetes.io/tls\n";
        QVERIFY(said(secret(type + "data: {tls.crt: YWJj}")).contains("data[tls.key] is missing"));
        QVERIFY(said(secret(type)).contains("data[tls.crt] is missing"));
        QCOMPARE(said(secret(type + "data: {tls.crt: YWJj, tls.key: \"\"}")), QString());
    }

    void configMapsHoldTexts()
    {
        const auto configMap = [](const std::string& data) {
            return readText("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: " + data +
                            '\n');
        };
        const ReadCluster read = configMap("{a: \"1\", use-gzip: \"true\"}");
        QCOMPARE(said(read), QString());
        QCOMPARE(read.cluster.configMaps.at(0).data.at("use-gzip"), std::string("true"));
        QVERIFY(said(configMap("{a: true}")).contains("put it in quotes"));
        QVERIFY(said(configMap("{\"a b\": c}")).contains("refused"));
    }
};

LAB_TEST(ReadSecretTest)
#include "tst_read_secret.moc"
