#include "explain/explanation_text.hpp"

#include "http/serialize.hpp"
#include "report/ink.hpp"
#include "report/text_layout.hpp"

#include <algorithm>

namespace lab::explain {
namespace {

using report::Ink;
using report::Tone;

constexpr std::size_t lineWidth = 100;
constexpr std::size_t labelWidth = 13;
constexpr std::size_t placeWidthMax = 32;
constexpr std::size_t matchWidthMax = 30;
constexpr std::size_t serviceWidthMax = 28;
constexpr std::size_t rulesShownMax = 12;
constexpr std::size_t hostsShownMax = 4;

/// "shop.yaml:12", of a long path only its end.
std::string shortPlace(const Place& place)
{
    std::string text = report::printable(toText(Place{place.file, place.line, 0}));
    if (report::displayWidth(text) > placeWidthMax) {
        const std::size_t slash = text.rfind('/');
        text = slash == std::string::npos ? text : "…" + text.substr(slash);
    }
    return report::cutToWidth(text, placeWidthMax);
}

std::string plural(std::size_t count, const std::string& word)
{
    return std::to_string(count) + ' ' + word + (count == 1 ? "" : "s");
}

std::string hostText(const std::string& host)
{
    return host.empty() ? "any host" : host;
}

/// Rows of cells, each column as wide as its widest cell; the last one is wrapped.
class Table {
public:
    struct Row {
        std::vector<std::string> cells;
        Tone tone = Tone::Plain;
    };

    void add(std::vector<std::string> cells, Tone tone)
    {
        for (std::string& cell : cells) {
            cell = report::printable(cell);
        }
        rows_.push_back({std::move(cells), tone});
    }

    [[nodiscard]] std::string text(const Ink& ink) const
    {
        const std::vector<std::size_t> widths = columnWidths();
        std::string all;
        for (const Row& row : rows_) {
            std::string head = "  ";
            for (std::size_t i = 0; i < widths.size(); ++i) {
                head += report::padRight(row.cells[i], widths[i]) + "  ";
            }
            const std::size_t used = report::displayWidth(head);
            constexpr std::size_t lastWidthMin = 16;
            const std::size_t room =
                used + lastWidthMin < lineWidth ? lineWidth - used : lastWidthMin;
            bool isFirst = true;
            for (const std::string& line : report::wrapText(row.cells.back(), room)) {
                std::string full = isFirst ? head + line : std::string(used, ' ') + line;
                full.erase(full.find_last_not_of(' ') + 1);
                all += ink.paint(row.tone, full) + '\n';
                isFirst = false;
            }
        }
        return all;
    }

private:
    [[nodiscard]] std::vector<std::size_t> columnWidths() const
    {
        std::vector<std::size_t> widths;
        for (const Row& row : rows_) {
            widths.resize(std::max(widths.size(), row.cells.size() - 1));
            for (std::size_t i = 0; i + 1 < row.cells.size(); ++i) {
                widths[i] = std::max(widths[i], report::displayWidth(row.cells[i]));
            }
        }
        return widths;
    }

    std::vector<Row> rows_;
};

/// Writes labelled paragraphs.
class Page {
public:
    explicit Page(bool usesColour)
        : ink_(usesColour)
    {
    }

    void line(Tone tone, const std::string& text)
    {
        text_ += ink_.paint(tone, report::printable(text)) + '\n';
    }
    /// An empty line, unless there is one already.
    void blank()
    {
        if (!text_.ends_with("\n\n")) {
            text_ += '\n';
        }
    }

    /// "label        text", further lines under the text.
    void say(const std::string& label, const std::string& text, Tone tone = Tone::Plain)
    {
        std::string first = ink_.paint(Tone::Strong, report::padRight(label, labelWidth));
        for (const std::string& part :
             report::wrapText(report::printable(text), lineWidth - labelWidth)) {
            text_ += first + ink_.paint(tone, part) + '\n';
            first = std::string(labelWidth, ' ');
        }
    }

    void table(const Table& table) { text_ += table.text(ink_); }
    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    Ink ink_;
    std::string text_;
};

Tone toneOf(OutcomeKind kind)
{
    switch (kind) {
    case OutcomeKind::Backend:
    case OutcomeKind::Default:
        return Tone::Good;
    case OutcomeKind::Redirect:
        return Tone::Unsure;
    default:
        return Tone::Bad;
    }
}

void writeDecision(const Explanation& explanation, Page& page)
{
    const Outcome& outcome = explanation.outcome;
    if (outcome.rule.isKnown() || !outcome.route.empty()) {
        const std::string place = toText(outcome.rule);
        page.say("decided by", place + (place.empty() ? "" : "  ") + outcome.route);
        page.say("", explanation.decidedBy, Tone::Faint);
    } else {
        page.say("decided by", explanation.decidedBy);
    }
    const bool isSaid = outcome.because.empty() || outcome.kind == OutcomeKind::Backend ||
                        outcome.kind == OutcomeKind::NoRoute;
    if (!isSaid) {
        page.say("because", outcome.because);
    }
}

std::string wonText(const Candidate& rule)
{
    return rule.isImplicit ? "won: nobody wrote it, it takes what is left" : "won";
}

void writeRules(const Explanation& explanation, Page& page)
{
    if (!explanation.candidates.empty()) {
        page.blank();
        Table table;
        const std::size_t shown = std::min(explanation.candidates.size(), rulesShownMax);
        for (std::size_t i = 0; i < shown; ++i) {
            const Candidate& rule = explanation.candidates[i];
            table.add(
                {rule.hasWon ? "→" : " ",
                 shortPlace(rule.rule),
                 report::cutToWidth(rule.match, matchWidthMax),
                 report::cutToWidth(rule.service.empty() ? "–" : rule.service, serviceWidthMax),
                 rule.hasWon ? wonText(rule) : rule.lostBecause},
                rule.hasWon ? Tone::Good : Tone::Plain);
        }
        page.line(Tone::Strong, "candidates, best first");
        page.table(table);
        const std::size_t rest =
            explanation.candidates.size() - shown + explanation.candidatesLeftOut;
        if (rest > 0) {
            page.line(Tone::Faint, "     … and " + plural(rest, "more rule"));
        }
    }
    if (explanation.notConsidered.empty()) {
        return;
    }
    page.blank();
    page.line(Tone::Strong, "hosts not considered");
    Table table;
    const std::size_t shown = std::min(explanation.notConsidered.size(), hostsShownMax);
    for (std::size_t i = 0; i < shown; ++i) {
        const OtherHost& other = explanation.notConsidered[i];
        table.add({" ", hostText(other.host), plural(other.rules, "rule"), other.because},
                  Tone::Faint);
    }
    page.table(table);
    const std::size_t rest =
        explanation.notConsidered.size() - shown + explanation.otherHostsLeftOut;
    if (rest > 0) {
        page.line(Tone::Faint, "     … and " + plural(rest, "more host"));
    }
}

void writeNearMisses(const Explanation& explanation, Page& page)
{
    if (explanation.nearMisses.empty()) {
        return;
    }
    page.blank();
    page.line(Tone::Strong, "nearly took it");
    Table table;
    for (const NearMiss& miss : explanation.nearMisses) {
        table.add({"≈",
                   shortPlace(miss.rule),
                   report::cutToWidth(hostText(miss.host) + "  " + miss.match, matchWidthMax + 10),
                   miss.hint},
                  Tone::Unsure);
    }
    page.table(table);
}

void writeCertificate(const Explanation& explanation, Page& page)
{
    if (const auto& certificate = explanation.certificate) {
        page.say("certificate",
                 certificate->name + " (" + certificate->source + "): " + certificate->because);
        if (!certificate->warning.empty()) {
            page.say("", certificate->warning, Tone::Unsure);
        }
    } else if (explanation.question.isTls) {
        page.say("certificate", "none of the door's: TLS passes through, or nobody listens");
    }
}

void writeLimits(const Explanation& explanation, Page& page)
{
    if (explanation.limits.empty()) {
        return;
    }
    page.blank();
    page.line(Tone::Strong, "limits");
    Table table;
    for (const AppliedLimit& limit : explanation.limits) {
        const bool isRefusing = limit.state.starts_with("refuses");
        table.add({isRefusing ? "→" : " ", limit.name, limit.amount, limit.scope, limit.state},
                  isRefusing ? Tone::Bad : Tone::Plain);
    }
    page.table(table);
}

char signOf(PodField::Change change)
{
    switch (change) {
    case PodField::Change::Kept:
        return ' ';
    case PodField::Change::Changed:
        return '~';
    case PodField::Change::Added:
        return '+';
    case PodField::Change::Dropped:
        return '-';
    }
    return ' ';
}

void writePodRequest(const Explanation& explanation, Page& page)
{
    const auto& request = explanation.podRequest;
    if (!request) {
        return;
    }
    const bool isSame = request->before == request->after;
    page.say("to the pod", (isSame ? "  " : "~ ") + request->after);
    for (const PodField& field : request->fields) {
        const std::string line =
            std::string(1, signOf(field.change)) + ' ' + field.name + ": " + field.value;
        page.say("",
                 report::cutToWidth(report::printable(line), lineWidth - labelWidth),
                 field.change == PodField::Change::Kept ? Tone::Faint : Tone::Plain);
    }
}

void writePhases(const Explanation& explanation, Page& page)
{
    page.blank();
    page.line(Tone::Strong, "phases");
    Table table;
    for (std::size_t i = 0; i < explanation.phases.size(); ++i) {
        const PhaseStep& step = explanation.phases[i];
        const bool isLast = i + 1 == explanation.phases.size();
        table.add({isLast ? "→" : " ", step.phase, step.text}, Tone::Plain);
    }
    page.table(table);
}

} // namespace

std::string verdictText(const Explanation& explanation)
{
    const Outcome& outcome = explanation.outcome;
    const std::string service = outcome.service + ':' + std::to_string(outcome.port);
    const std::string answer = "→ " + std::to_string(outcome.status) + ' ' +
                               std::string(http::reasonPhrase(outcome.status));
    switch (outcome.kind) {
    case OutcomeKind::Backend:
        return "→ " + service + " (pod " + outcome.endpoint + ')';
    case OutcomeKind::Default:
        return "→ " + service + " (default backend, pod " + outcome.endpoint + ')';
    case OutcomeKind::Redirect:
        return "→ " + std::to_string(outcome.status) + ' ' + outcome.location;
    case OutcomeKind::NoRoute:
        return answer + ": no rule takes it";
    case OutcomeKind::NotExpressible:
        return "→ nothing listens there";
    case OutcomeKind::Refusal:
        break;
    }
    if (outcome.status == 0) {
        return "→ connection refused: " + outcome.brokenLink;
    }
    return answer + ": " + (outcome.brokenLink.empty() ? outcome.because : outcome.brokenLink);
}

std::string explanationAsText(const Explanation& explanation, bool usesColour)
{
    Page page(usesColour);
    const Question& question = explanation.question;
    page.line(toneOf(explanation.outcome.kind),
              question.method + ' ' + question.url() + ' ' + verdictText(explanation));
    std::string where = std::string(plan::toText(explanation.style)) + " style, profile " +
                        std::string(plan::toText(explanation.profile));
    if (!explanation.door.empty()) {
        where += ", " + std::string(plan::toText(explanation.mode)) + " door " + explanation.door;
    }
    page.line(Tone::Faint, where);
    if (!explanation.replicas.empty()) {
        page.line(Tone::Faint,
                  "one of " + plural(explanation.replicas.size(), "replica") +
                      ", each with limits of its own; a connection meets any of them");
    }
    page.blank();
    writeDecision(explanation, page);
    writeNearMisses(explanation, page);
    writeRules(explanation, page);
    page.blank();
    writeCertificate(explanation, page);
    if (!explanation.endpointBecause.empty()) {
        page.say("endpoint", explanation.outcome.endpoint + ": " + explanation.endpointBecause);
    }
    writePodRequest(explanation, page);
    for (const std::string& field : explanation.answerFields) {
        page.say(&field == &explanation.answerFields.front() ? "to client" : "", "+ " + field);
    }
    writeLimits(explanation, page);
    writePhases(explanation, page);
    return page.take();
}

} // namespace lab::explain
