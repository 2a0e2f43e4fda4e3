#include "support/test_main.hpp"

#include "base/random.hpp"
#include "base/suggestion.hpp"

#include <string>
#include <vector>

namespace {

const std::vector<std::string> keys{
    "certificates", "controller", "duration", "expect", "limits", "manifests", "rate", "traffic"};

QString suggested(const std::string& word)
{
    return QString::fromStdString(std::string(lab::nearest(word, keys)));
}

} // namespace

class SuggestionTest : public QObject {
    Q_OBJECT

private slots:
    void guessesASlipAndNothingElse_data();
    void guessesASlipAndNothingElse();
    void theFirstOfEquallyNearOnesWins();
    void nothingKnownNothingSuggested();
    void anyOneSlipInALongWordIsUndone();
};

void SuggestionTest::guessesASlipAndNothingElse_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("suggestion");
    QTest::newRow("the word itself") << "limits"
                                     << "limits";
    QTest::newRow("other case") << "Limits"
                                << "limits";
    QTest::newRow("a letter left out") << "limts"
                                       << "limits";
    QTest::newRow("a letter too many") << "limmits"
                                       << "limits";
    QTest::newRow("a wrong letter") << "limita"
                                    << "limits";
    QTest::newRow("swapped neighbours") << "limtis"
                                        << "limits";
    QTest::newRow("two slips") << "manfests"
                               << "manifests";
    QTest::newRow("three slips are too many") << "mnfsts"
                                              << "";
    QTest::newRow("another word") << "replicas"
                                  << "";
    QTest::newRow("half of a short word is too much") << "rt"
                                                      << "";
    QTest::newRow("no word") << ""
                             << "";
    QTest::newRow("no slip is that long") << QString(100, 'l') << "";
}

void SuggestionTest::guessesASlipAndNothingElse()
{
    QFETCH(QString, word);
    QFETCH(QString, suggestion);
    QCOMPARE(suggested(word.toStdString()), suggestion);
}

void SuggestionTest::theFirstOfEquallyNearOnesWins()
{
    const std::vector<std::string> known{"cart", "card", "cars"};
    QCOMPARE(std::string(lab::nearest("carx", known)), std::string("cart"));
}

void SuggestionTest::nothingKnownNothingSuggested()
{
    QVERIFY(lab::nearest("cart", {}).empty());
}

void SuggestionTest::anyOneSlipInALongWordIsUndone()
{
    lab::Random random(11);
    for (int i = 0; i < 2000; ++i) {
        const std::string& meant = keys[random.below(keys.size())];
        std::string typed = meant;
        const std::size_t at = random.below(typed.size() - 1);
        switch (random.below(4)) {
        case 0:
            typed.erase(at, 1);
            break;
        case 1:
            typed.insert(at, 1, 'q');
            break;
        case 2:
            typed[at] = 'q';
            break;
        default:
            std::swap(typed[at], typed[at + 1]);
        }
        QCOMPARE(suggested(typed), QString::fromStdString(meant));
    }
}

LAB_TEST(SuggestionTest)
#include "tst_suggestion.moc"
