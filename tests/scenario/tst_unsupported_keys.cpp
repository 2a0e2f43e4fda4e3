#include "support/test_main.hpp"

#include "scenario/unsupported_keys.hpp"
#include "yaml/document_reader.hpp"

using namespace lab;

/// What is not built yet is refused by name, never passed over.
class UnsupportedKeysTest : public QObject {
    Q_OBJECT

private slots:
    void eachOneThatIsThereIsRefused()
    {
        const auto read = yaml::readDocuments("a: 1\nb: {c: 2}\n", "s.yaml");
        Findings findings;
        yaml::Reading reading{read.documents.front(), findings};
        yaml::MapReader map(reading, read.documents.front().root, "spec");
        scenario::refuseUnsupported(map, {"a", "b", "x"});
        map.finish();
        QCOMPARE(findings.size(), std::size_t{2}); // and no unknown key besides
        QCOMPARE(toText(findings[0]),
                 "s.yaml:1:4: unreadable: spec.a is not supported yet; remove it");
        QCOMPARE(findings[1].id, "not-supported-yet");
    }

    void aValueMayBeWhatIsMissing()
    {
        const auto read = yaml::readDocuments("clock: virtual\n", "s.yaml");
        Findings findings;
        yaml::Reading reading{read.documents.front(), findings};
        yaml::MapReader map(reading, read.documents.front().root, "spec");
        scenario::refuseUnsupportedValue(map, "clock", "virtual");
        QCOMPARE(toText(findings.front()),
                 "s.yaml:1:8: unreadable: spec.clock \"virtual\" is not supported yet; "
                 "leave the key out");
    }
};

LAB_TEST(UnsupportedKeysTest)
#include "tst_unsupported_keys.moc"
