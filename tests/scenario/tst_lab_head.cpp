#include "support/test_main.hpp"

#include "scenario/lab_head.hpp"
#include "yaml/document_reader.hpp"

using namespace lab;

namespace {

struct Read {
    std::string name;
    QString findings;
};

Read readHead(const std::string& text)
{
    const yaml::ReadDocuments documents = yaml::readSingleMap(text, "l.yaml");
    Findings findings;
    yaml::Reading reading{documents.documents.at(0), findings};
    yaml::MapReader root(reading, documents.documents[0].root, "");
    Read read;
    read.name = scenario::readLabHead(root, "Lesson");
    for (const Finding& finding : findings) {
        read.findings += QString::fromStdString(toText(finding)) + '\n';
    }
    return read;
}

} // namespace

/// What all of the lab's own files begin with.
class LabHeadTest : public QObject {
    Q_OBJECT

private slots:
    void theNameIsGiven()
    {
        const Read read =
            readHead("apiVersion: ingresslab.dev/v1\nkind: Lesson\nmetadata: {name: cart}\n");
        QCOMPARE(read.name, "cart");
        QCOMPARE(read.findings, "");
    }

    void mistakesAreTold_data()
    {
        QTest::addColumn<QString>("finding");
        QTest::newRow("apiVersion: v1\nkind: Lesson\nmetadata: {name: x}\n")
            << "l.yaml:1:13: unreadable: apiVersion \"v1\" is not one of the lab's; write "
               "ingresslab.dev/v1\n";
        QTest::newRow("apiVersion: ingresslab.dev/v1\nkind: Scenario\nmetadata: {name: x}\n")
            << "l.yaml:2:7: unreadable: kind \"Scenario\" is no lesson; write Lesson\n";
        QTest::newRow("apiVersion: ingresslab.dev/v1\nkind: Lesson\n")
            << "l.yaml:1:1: unreadable: metadata is missing\n";
        QTest::newRow("apiVersion: ingresslab.dev/v1\nkind: Lesson\nmetadata: {nam: x}\n")
            << "l.yaml:3:11: unreadable: metadata.name is missing\n"
               "l.yaml:3:12: unreadable: unknown key \"nam\" in metadata; did you mean \"name\"?\n";
    }
    void mistakesAreTold()
    {
        QFETCH(QString, finding);
        QCOMPARE(readHead(QTest::currentDataTag()).findings, finding);
    }
};

LAB_TEST(LabHeadTest)
#include "tst_lab_head.moc"
