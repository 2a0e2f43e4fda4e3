#include "support/test_main.hpp"
#include <QDir>
#include <QFile>

#include "base/random.hpp"
#include "http/byte_class.hpp"
#include "http/scan.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

using lab::Random;
using namespace lab::http;

namespace {

using Scan = const char* (*)(const char*, const char*);

struct Twins {
    const char* name;
    Scan fast;
    Scan slow;
    ByteClass allowed;
};

constexpr Twins twins[] = {
    {"token", tokenEnd, scalar::tokenEnd, ByteClass::Token},
    {"path", pathEnd, scalar::pathEnd, ByteClass::Path},
    {"value", valueEnd, scalar::valueEnd, ByteClass::Value},
};

/// What the fuzzer of heads begins with.
std::vector<std::string> corpus()
{
    std::vector<std::string> heads;
    const QDir folder(LAB_SOURCE_DIR "/tests/fuzz/corpus/head_parser");
    for (const QString& name : folder.entryList(QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly)) {
            heads.push_back(file.readAll().toStdString());
        }
    }
    return heads;
}

} // namespace

/// The fast scans must be the slow ones, only faster.
class ScanTest : public QObject {
    Q_OBJECT

private slots:
    void everyByteAtEveryPositionEndsARunOrNot_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < 3; ++i) {
            QTest::newRow(twins[i].name) << i;
        }
    }

    void everyByteAtEveryPositionEndsARunOrNot()
    {
        QFETCH(int, index);
        const Twins& scan = twins[index];
        for (std::size_t position = 0; position < 40; ++position) {
            for (int byte = 0; byte < 256; ++byte) {
                std::string text(40, 'a');
                text[position] = static_cast<char>(byte);
                const char* const last = text.data() + text.size();
                const char* const expected =
                    isIn(scan.allowed, text[position]) ? last : text.data() + position;
                QCOMPARE(scan.fast(text.data(), last) - text.data(), expected - text.data());
                QCOMPARE(scan.slow(text.data(), last) - text.data(), expected - text.data());
            }
        }
    }

    void theTwinsAgreeOnRandomBytes()
    {
        Random random(11);
        for (int round = 0; round < 20'000; ++round) {
            std::string text(random.below(70), '\0');
            for (char& byte : text) { // mostly letters, so that runs are long
                byte = random.below(20) == 0 ? static_cast<char>(random.below(256))
                                             : static_cast<char>('a' + random.below(26));
            }
            const char* const last = text.data() + text.size();
            for (const Twins& scan : twins) {
                QCOMPARE(scan.fast(text.data(), last) - text.data(),
                         scan.slow(text.data(), last) - text.data());
            }
        }
    }

    void theTwinsAgreeAtEveryAlignmentAndLength()
    {
        // Mutated heads of the fuzzer's corpus, at the end of a block: a byte read beyond it would
        // be the sanitizer's.
        Random random(12);
        const std::vector<std::string> heads = corpus();
        QVERIFY(heads.size() > 5);
        for (std::size_t alignment = 0; alignment < 32; ++alignment) {
            for (std::size_t length = 0; length <= 200; ++length) {
                std::string text = heads[random.below(heads.size())];
                text.resize(length, 'a');
                for (std::uint64_t change = random.below(3); change > 0 && length > 0; --change) {
                    text[random.below(length)] = static_cast<char>(random.below(256));
                }
                const std::unique_ptr<char[]> block(new char[alignment + length]);
                char* const first = block.get() + alignment;
                std::ranges::copy(text, first);
                for (const Twins& scan : twins) {
                    const std::ptrdiff_t found = scan.fast(first, first + length) - first;
                    QCOMPARE(found, scan.slow(first, first + length) - first);
                }
            }
        }
    }

    void nothingIsReadBeyondTheEnd()
    {
        const std::string text = "abcdefghijklmnopqrstuvwxyz";
        for (std::size_t size = 0; size <= text.size(); ++size) {
            for (const Twins& scan : twins) {
                QCOMPARE(scan.fast(text.data(), text.data() + size) - text.data(),
                         static_cast<std::ptrdiff_t>(size));
            }
        }
    }
};

LAB_TEST(ScanTest)
#include "tst_scan.moc"
