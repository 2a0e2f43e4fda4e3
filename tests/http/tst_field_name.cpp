#include "support/test_main.hpp"
#include <QMap>

#include "base/random.hpp"
#include "http/message.hpp"

#include <string>

using lab::Random;
using namespace lab::http;

namespace {

const QMap<QByteArray, FieldName>& names()
{
    static const QMap<QByteArray, FieldName> table{
        {"authorization", FieldName::Authorization},
        {"connection", FieldName::Connection},
        {"content-length", FieldName::ContentLength},
        {"date", FieldName::Date},
        {"expect", FieldName::Expect},
        {"forwarded", FieldName::Forwarded},
        {"host", FieldName::Host},
        {"http2-settings", FieldName::Http2Settings},
        {"keep-alive", FieldName::KeepAlive},
        {"location", FieldName::Location},
        {"max-forwards", FieldName::MaxForwards},
        {"proxy", FieldName::Proxy},
        {"proxy-authenticate", FieldName::ProxyAuthenticate},
        {"proxy-authorization", FieldName::ProxyAuthorization},
        {"proxy-connection", FieldName::ProxyConnection},
        {"retry-after", FieldName::RetryAfter},
        {"server", FieldName::Server},
        {"te", FieldName::Te},
        {"trailer", FieldName::Trailer},
        {"transfer-encoding", FieldName::TransferEncoding},
        {"upgrade", FieldName::Upgrade},
        {"via", FieldName::Via},
        {"x-forwarded-for", FieldName::XForwardedFor},
        {"x-forwarded-host", FieldName::XForwardedHost},
        {"x-forwarded-port", FieldName::XForwardedPort},
        {"x-forwarded-proto", FieldName::XForwardedProto},
        {"x-forwarded-scheme", FieldName::XForwardedScheme},
        {"x-lab-explain", FieldName::XLabExplain},
        {"x-original-forwarded-for", FieldName::XOriginalForwardedFor},
        {"x-original-forwarded-host", FieldName::XOriginalForwardedHost},
        {"x-real-ip", FieldName::XRealIp},
        {"x-request-id", FieldName::XRequestId},
        {"x-scheme", FieldName::XScheme},
    };
    return table;
}

FieldName known(const QByteArray& name)
{
    return knownFieldName({name.constData(), static_cast<std::size_t>(name.size())});
}

} // namespace

/// A name is known whatever its case, and nothing else is.
class FieldNameTest : public QObject {
    Q_OBJECT

private slots:
    void theTableHasEveryName()
    {
        QCOMPARE(names().size(), static_cast<qsizetype>(fieldNameCount) - 1); // all but Other
    }

    void aNameIsKnownInAnyCase_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const QByteArray& name : names().keys()) {
            QTest::newRow(name.constData()) << name;
        }
    }

    void aNameIsKnownInAnyCase()
    {
        QFETCH(QByteArray, name);
        const FieldName expected = names().value(name);
        QCOMPARE(known(name), expected);
        QCOMPARE(known(name.toUpper()), expected);
        QByteArray mixed = name;
        mixed[0] = name.toUpper()[0];
        QCOMPARE(known(mixed), expected);
    }

    void oneOtherByteMakesItAnother()
    {
        Random random(4);
        const QByteArray tokens = "abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~";
        for (const QByteArray& name : names().keys()) {
            for (qsizetype at = 0; at < name.size(); ++at) {
                QByteArray other = name;
                other[at] = tokens[static_cast<qsizetype>(
                    random.below(static_cast<std::uint64_t>(tokens.size())))];
                QCOMPARE(known(other), names().value(other, FieldName::Other));
            }
            QCOMPARE(known(name + "s"), FieldName::Other);
            QCOMPARE(known(name.chopped(1)), FieldName::Other);
        }
    }

    void underscoresAreNotHyphens()
    {
        QCOMPARE(known("content_length"), FieldName::Other);
        QCOMPARE(known("x_forwarded_for"), FieldName::Other);
    }

    void hopByHopNamesAreThoseOfRfc9110_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("isHopByHop");
        for (const char* name : {"connection",
                                 "keep-alive",
                                 "proxy-connection",
                                 "te",
                                 "trailer",
                                 "transfer-encoding",
                                 "upgrade",
                                 "http2-settings",
                                 "proxy",
                                 "proxy-authenticate",
                                 "proxy-authorization"}) {
            QTest::newRow(name) << QByteArray(name) << true;
        }
        for (const char* name : {"host", "content-length", "via", "x-forwarded-for", "cookie"}) {
            QTest::newRow(name) << QByteArray(name) << false;
        }
    }

    void hopByHopNamesAreThoseOfRfc9110()
    {
        QFETCH(QByteArray, name);
        QFETCH(bool, isHopByHop);
        QCOMPARE(isHopByHopName(known(name)), isHopByHop);
    }
};

LAB_TEST(FieldNameTest)
#include "tst_field_name.moc"
