#include "support/test_main.hpp"

#include "base/random.hpp"
#include "manifest/base64.hpp"

using lab::manifest::decodeBase64;

/// Base64 as Qt writes it, and nothing else.
class Base64Test : public QObject {
    Q_OBJECT

private slots:
    void whatIsEncodedComesBack()
    {
        lab::Random random(1);
        for (int round = 0; round < 500; ++round) {
            QByteArray bytes;
            for (std::uint64_t i = random.below(50); i > 0; --i) {
                bytes += static_cast<char>(random.below(256));
            }
            const auto decoded = decodeBase64(bytes.toBase64().toStdString());
            QVERIFY(decoded.has_value());
            QCOMPARE(QByteArray::fromStdString(*decoded), bytes);
        }
    }

    void lineEndsArePassedOver()
    {
        QCOMPARE(decodeBase64("YWJj\r\nZGVm\n"), std::optional<std::string>("abcdef"));
    }

    void whatIsNoBase64IsNothing()
    {
        for (const char* text : {"a",
                                 "ab",
                                 "abc",
                                 "a===",
                                 "====",
                                 "=",
                                 "ab=c",
                                 "YQ==YQ==",
                                 "YWJj ",
                                 "%%%%",
                                 "YWJ-",
                                 "YWJ_",
                                 "YWJjZ"}) {
            QVERIFY2(!decodeBase64(text), text);
        }
    }
};

LAB_TEST(Base64Test)
#include "tst_base64.moc"
