#include "support/test_main.hpp"

#include "base/random.hpp"
#include "routing/request_path.hpp"

#include <vector>

using lab::Random;
using lab::routing::normalisedHost;
using lab::routing::normalisedPath;

namespace {

/// The rule once more, by splitting: the slow reference.
std::optional<std::string> referencePath(const std::string& decoded)
{
    std::vector<std::string> segments;
    bool endsInSlash = true;
    for (std::size_t at = 1; at <= decoded.size();) {
        const std::size_t end = std::min(decoded.find('/', at), decoded.size());
        const std::string segment = decoded.substr(at, end - at);
        at = end + 1;
        endsInSlash = segment.empty() || segment == "." || segment == "..";
        if (segment == "..") {
            if (segments.empty()) {
                return std::nullopt;
            }
            segments.pop_back();
        } else if (!endsInSlash) {
            segments.push_back(segment);
        }
    }
    std::string path;
    for (const std::string& segment : segments) {
        path += '/' + segment;
    }
    return endsInSlash || path.empty() ? path + '/' : path;
}

} // namespace

/// The path and host as nginx sees them before it chooses a location.
class RequestPathTest : public QObject {
    Q_OBJECT

private slots:
    void aPathIsNormalisedAsNginxDoes_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("path"); // "400" for nothing
        const auto row = [](const char* target, const char* path) {
            QTest::newRow(target) << target << path;
        };
        row("/", "/");
        row("/foo", "/foo");
        row("/foo/", "/foo/");
        row("/foo?x=1&y=/../", "/foo");
        row("/foo#part", "/foo");
        row("/?", "/");
        row("/a%20b", "/a b");
        row("/a%2Fb", "/a/b");
        row("/a%2fb", "/a/b");
        row("/%2e%2e/", "400");
        row("/a/%2e%2E/b", "/b");
        row("/a%3Fb", "/a?b");
        row("/a%25b", "/a%b");
        row("//", "/");
        row("/a//b///c", "/a/b/c");
        row("/a/./b", "/a/b");
        row("/a/.", "/a/");
        row("/a/..", "/");
        row("/a/b/..", "/a/");
        row("/a/b/../c", "/a/c");
        row("/a//../b", "/b");
        row("/a/.../b", "/a/.../b");
        row("/.well-known/acme", "/.well-known/acme");
        row("/..", "400");
        row("/a/../..", "400");
        row("/a/../../b", "400");
        row("/a%", "400");
        row("/a%2", "400");
        row("/a%zz", "400");
        row("/a%00b", "400");
        row("", "400");
        row("*", "400");
        row("foo", "400");
        row("http://shop.lab", "/");
        row("http://shop.lab?x", "/");
        row("http://shop.lab/a/../b?x", "/b");
        row("://x/", "400");
    }

    void aPathIsNormalisedAsNginxDoes()
    {
        QFETCH(QString, target);
        QFETCH(QString, path);
        std::string buffer;
        const std::string text = target.toStdString();
        const auto normal = normalisedPath(text, buffer);
        QCOMPARE(normal ? QString::fromStdString(std::string(*normal)) : QString("400"), path);
    }

    void aNormalPathIsAViewIntoTheTarget()
    {
        const std::string target = "/cart/items?x=1";
        std::string buffer;
        const auto path = normalisedPath(target, buffer);
        QVERIFY(path.has_value());
        QCOMPARE(path->data(), target.data());
        QVERIFY(buffer.empty());
    }

    void randomPathsEqualTheReference()
    {
        Random random(2026);
        const std::vector<std::string> pieces{"/", "/", ".", "..", "a", "b", "%2e", "%2F", "%41"};
        const std::vector<std::string> meaning{"/", "/", ".", "..", "a", "b", ".", "/", "A"};
        for (int i = 0; i < 20'000; ++i) {
            std::string target = "/";
            std::string decoded = "/";
            for (std::uint64_t n = random.below(9); n > 0; --n) {
                const auto piece = static_cast<std::size_t>(random.below(pieces.size()));
                target += pieces[piece];
                decoded += meaning[piece];
            }
            std::string buffer;
            const auto normal = normalisedPath(target, buffer);
            const auto expected = referencePath(decoded);
            QVERIFY2(normal.has_value() == expected.has_value(), target.c_str());
            QVERIFY2(!normal || *normal == *expected, target.c_str());
        }
    }

    void randomBytesNeverDoHarm()
    {
        Random random(7);
        for (int i = 0; i < 20'000; ++i) {
            std::string target = random.below(4) > 0 ? "/" : "";
            for (std::uint64_t n = random.below(12); n > 0; --n) {
                target += static_cast<char>(random.below(256));
            }
            std::string buffer;
            const auto normal = normalisedPath(target, buffer);
            QVERIFY(!normal || normal->front() == '/');
            std::string hostBuffer;
            QVERIFY(normalisedHost(target, hostBuffer).size() <= target.size());
        }
    }

    void aHostLosesCasePortDotAndAlias_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("host");
        const auto row = [](const char* field, const char* host) {
            QTest::newRow(field) << field << host;
        };
        row("shop.lab", "shop.lab");
        row("Shop.LAB", "shop.lab");
        row("shop.lab:8080", "shop.lab");
        row("shop.lab.", "shop.lab");
        row("SHOP.lab.:443", "shop.lab");
        row("shop.lab..", "shop.lab.");
        row("shop.lab.localhost", "shop.lab");
        row("Shop.lab.LocalHost:8443", "shop.lab");
        row("localhost", "localhost");
        row("localhost:80", "localhost");
        row(".localhost", ".localhost");
        row("[::1]:8080", "[::1]");
        row("[2001:DB8::1]", "[2001:db8::1]");
        row("[::1", "[::1");
        row("127.0.0.1:80", "127.0.0.1");
        row("", "");
    }

    void aHostLosesCasePortDotAndAlias()
    {
        QFETCH(QString, field);
        QFETCH(QString, host);
        std::string buffer;
        const std::string text = field.toStdString();
        QCOMPARE(QString::fromStdString(std::string(normalisedHost(text, buffer))), host);
    }
};

LAB_TEST(RequestPathTest)
#include "tst_request_path.moc"
