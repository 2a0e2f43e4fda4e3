#include "support/test_main.hpp"

#include "yaml/wording.hpp"

#include <vector>

using namespace lab::yaml;

/// The words that all readers share.
class WordingTest : public QObject {
    Q_OBJECT

private slots:
    void aNearWordIsOffered()
    {
        const std::vector<std::string> known{"seed", "spec"};
        QCOMPARE(didYouMean("sead", known), std::string("did you mean \"seed\"?"));
        QCOMPARE(didYouMean("Spec", known), std::string("did you mean \"spec\"?"));
        QCOMPARE(didYouMean("manifests", known), std::string());
    }

    void wordsAreListed()
    {
        QCOMPARE(listed({}), std::string());
        QCOMPARE(listed(std::vector<std::string>{"tcp"}), std::string("tcp"));
        QCOMPARE(listed(std::vector<std::string>{"tcp", "tls", "http"}),
                 std::string("tcp, tls or http"));
    }

    void valuesAreShownByKind()
    {
        Node scalar;
        scalar.kind = NodeKind::Scalar;
        scalar.scalar = "x";
        Node list;
        list.kind = NodeKind::Sequence;
        QCOMPARE(shown(scalar), std::string("\"x\""));
        QCOMPARE(shown(list), std::string("a list"));
    }
};

LAB_TEST(WordingTest)
#include "tst_wording.moc"
