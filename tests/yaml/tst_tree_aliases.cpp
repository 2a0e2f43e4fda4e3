#include "support/test_main.hpp"

#include "yaml/document_reader.hpp"

using namespace lab::yaml;

namespace {

ReadDocuments read(const char* text, ReadLimits limits = {})
{
    return readDocuments(text, "t.yaml", limits);
}

QString firstId(const ReadDocuments& result)
{
    return result.findings.empty() ? QString() : QString::fromStdString(result.findings.front().id);
}

} // namespace

/// Aliases are copies, and never a bomb.
class TreeAliasesTest : public QObject {
    Q_OBJECT

private slots:
    void anAliasIsACopy()
    {
        const ReadDocuments result = read("a: &x {k: [1, &y 2]}\nb: *x\nc: *y\n");
        const Node& root = result.documents.at(0).root;
        QCOMPARE(root.find("b")->find("k")->items.at(1).scalar, std::string("2"));
        QCOMPARE(root.find("c")->scalar, std::string("2"));
    }

    void anAnchorInAnOpenMapIsReached()
    {
        const ReadDocuments result = read("a:\n  - b: &x 1\n    c: *x\n  - *x\n");
        QCOMPARE(result.documents.at(0).root.find("a")->items.at(1).scalar, std::string("1"));
    }

    void theLastAnchorOfANameCounts()
    {
        const ReadDocuments result = read("a: &x 1\nb: &x 2\nc: *x\n");
        QCOMPARE(result.documents.at(0).root.find("c")->scalar, std::string("2"));
    }

    void anchorsEndWithTheirDocument()
    {
        QCOMPARE(firstId(read("a: &x 1\n---\nb: *x\n")), QString("syntax"));
    }

    void whatContainsItselfIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a map") << "a: &x {b: *x}\n";
        QTest::newRow("a list") << "&x [*x]\n";
        QTest::newRow("far below") << "&x\na:\n  - b:\n    - c: *x\n";
    }

    void whatContainsItselfIsRefused()
    {
        QFETCH(QString, text);
        QCOMPARE(firstId(read(qPrintable(text))), QString("alias-contains-itself"));
    }

    void expansionIsLimited()
    {
        ReadLimits limits;
        limits.aliasNodesMax = 20;
        QVERIFY(read("a: &x [1, 2, 3, 4]\nb: [*x, *x, *x, *x]\n", limits).isReadable());
        QCOMPARE(firstId(read("a: &x [1, 2, 3, 4]\nb: [*x, *x, *x, *x, *x]\n", limits)),
                 QString("aliases-expand-too-far"));
    }

    void depthIsLimitedThroughAliases()
    {
        ReadLimits limits;
        limits.depthMax = 5;
        QVERIFY(read("a: &x [[1]]\nb: [[*x]]\n", limits).isReadable());
        QCOMPARE(firstId(read("a: &x [[1]]\nb: [[[*x]]]\n", limits)), QString("too-deep"));
    }

    void anAnchorThatIsPassedOverIsOutOfReach()
    {
        ReadLimits limits;
        limits.passesOver = [](const Node&, std::string_view path) { return path == "status"; };
        QCOMPARE(firstId(read("status: {a: &x 1}\nb: *x\n", limits)),
                 QString("alias-out-of-reach"));
    }

    void mergedKeysFillUpAMap()
    {
        ReadLimits limits;
        limits.acceptsMergeKeys = true;
        const ReadDocuments result = read("a: &x {k: 1, l: 2}\nb: &y {m: 3}\n"
                                          "c:\n  <<: [*x, *y]\n  l: own\n",
                                          limits);
        QVERIFY(result.isReadable());
        const Node* merged = result.documents.at(0).root.find("c");
        QCOMPARE(merged->entries.size(), 3U);
        QCOMPARE(merged->find("k")->scalar, std::string("1"));
        QCOMPARE(merged->find("l")->scalar, std::string("own"));
        QCOMPARE(merged->find("m")->scalar, std::string("3"));
    }

    void mergeKeysAreRefusedUnlessAccepted()
    {
        QCOMPARE(firstId(read("a: {<<: {b: c}}\n")), QString("merge-key"));
        ReadLimits limits;
        limits.acceptsMergeKeys = true;
        QCOMPARE(firstId(read("a: {<<: b}\n", limits)), QString("merge-key"));
        QVERIFY(read("a: {\"<<\": b}\n").isReadable());
    }
};

LAB_TEST(TreeAliasesTest)
#include "tst_tree_aliases.moc"
