#include "conformance/driver.hpp"
#include "conformance/judge.hpp"
#include "conformance/suite.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <thread>

// lab_conformance [--profile spec|ingress-nginx] [--clock live|pure] [--known FILE] [DIR|FILE…]
//
// Runs conformance suites and prints a line a case; the last line is "N passed, N failed, N
// skipped". Exit code 1 if a case failed that KNOWN does not list. Without DIR or FILE: all of
// ours. The live clock is the default: real sockets, several scenarios at once.

namespace lab::conformance {
namespace {

struct Totals {
    int passed = 0;
    int failed = 0;
    int skipped = 0;
};

struct Verdict {
    std::vector<std::string> failures;
    std::string skippedBecause;
};

std::string scalarAt(const yaml::Node& node, const char* key)
{
    const yaml::Node* found = node.find(key);
    return found == nullptr ? std::string() : found->scalar;
}

void judgeAdmission(const yaml::Node& wanted, const Driver& driver, Verdict& verdict)
{
    for (const yaml::Node& item : wanted.items) {
        const std::string object = scalarAt(item, "object");
        const bool isAllowed = scalarAt(item, "allowed") == "true";
        std::string messages;
        bool isRefused = false;
        bool isByWebhook = false;
        for (const Admission& refusal : driver.refused()) {
            if (refusal.object == object) {
                isRefused = true;
                isByWebhook = refusal.isByWebhook;
                messages += refusal.message + "; ";
            }
        }
        if (isRefused == isAllowed) {
            verdict.failures.push_back("admission " + object + ": wanted " +
                                       (isAllowed ? "allowed" : "refused") + ", got the other");
            continue;
        }
        const std::string by = scalarAt(item, "by");
        if (isRefused && !by.empty() && (by == "webhook") != isByWebhook) {
            verdict.failures.push_back("admission " + object + ": refused by the other");
        }
        if (const yaml::Node* parts = item.find("messageContains")) {
            for (const yaml::Node& part : parts->items) {
                if (messages.find(part.scalar) == std::string::npos) {
                    verdict.failures.push_back("admission message: wanted \"" + part.scalar +
                                               "\", got \"" + messages + '"');
                }
            }
        }
    }
}

/// "name=value" of every cookie that the answers set.
std::string cookiesOf(const std::vector<Exchange>& exchanges)
{
    std::string cookies;
    for (const Exchange& exchange : exchanges) {
        for (const auto& [name, value] : exchange.headers) {
            if (fieldValue({{name, value}}, "Set-Cookie")) {
                cookies += (cookies.empty() ? "" : "; ") + value.substr(0, value.find(';'));
            }
        }
    }
    return cookies;
}

Verdict run(const Case& tested, Driver& driver, bool isLive)
{
    Verdict verdict;
    Memory memory;
    for (const Step& step : tested.steps) {
        driver.wait(step.wait);
        if (const yaml::Node* admission = step.expect.find("admission")) {
            judgeAdmission(*admission, driver, verdict);
        }
        if (!step.hasRequest) {
            continue;
        }
        if (!isLive && step.request.via.kind == Via::Kind::Ingress &&
            step.expect.find("peer") != nullptr) {
            verdict.skippedBecause = "peer addresses need sockets";
            return verdict;
        }
        const auto jar = memory.cookies.find(step.request.cookieJar);
        const SendResult sent =
            driver.send(step.request, jar == memory.cookies.end() ? "" : jar->second);
        if (!sent.skippedBecause.empty()) {
            verdict.skippedBecause = sent.skippedBecause;
            return verdict;
        }
        for (std::string& failure : judge(step.expect, sent.exchanges, memory)) {
            verdict.failures.push_back(std::move(failure));
        }
        if (!step.savesCookie.empty()) {
            memory.cookies[step.savesCookie] = cookiesOf(sent.exchanges);
        }
        if (!step.savesPod.empty() && !sent.exchanges.empty()) {
            memory.pods[step.savesPod] = sent.exchanges.front().pod;
        }
    }
    return verdict;
}

void report(const Case& tested,
            const std::string& profile,
            const Verdict& verdict,
            const std::set<std::string>& known,
            Totals& totals)
{
    const std::string head = tested.id + ' ' + profile + ": ";
    if (!verdict.skippedBecause.empty()) {
        ++totals.skipped;
        std::cout << head << "SKIP " << verdict.skippedBecause << '\n';
    } else if (verdict.failures.empty()) {
        ++totals.passed;
        std::cout << head << "PASS " << tested.title << '\n';
    } else if (known.contains(tested.id)) {
        ++totals.skipped;
        std::cout << head << "SKIP known: " << verdict.failures.front() << '\n';
    } else {
        ++totals.failed;
        std::cout << head << "FAIL " << tested.title << '\n';
        for (const std::string& failure : verdict.failures) {
            std::cout << "    " << failure << '\n';
        }
    }
}

/// One scenario in one mode, and what came of its cases.
struct ScenarioRun {
    const Suite* suite = nullptr;
    const Scenario* scenario = nullptr;
    std::string profile;
    std::vector<const Case*> cases; ///< Those that hold in this mode.
    std::vector<Verdict> verdicts;  ///< One a case.
};

/// A case that cannot even be run is a failure.
Verdict
runCase(const ScenarioRun& of, const Case& tested, bool isLive, std::unique_ptr<Driver>& driver)
{
    Verdict verdict;
    if (of.suite->level == "gateway") {
        verdict.skippedBecause = "gateway-api is not built yet";
        return verdict;
    }
    if (!tested.problem.empty()) {
        verdict.failures.push_back(tested.problem);
        return verdict;
    }
    try {
        if (!driver) {
            driver = isLive ? loadLive(*of.suite, *of.scenario, of.profile)
                            : loadPure(*of.suite, *of.scenario, of.profile);
        }
        return run(tested, *driver, isLive);
    } catch (const std::exception& error) {
        verdict.failures.emplace_back(error.what());
        return verdict;
    }
}

void runScenario(ScenarioRun& run, bool isLive)
{
    std::unique_ptr<Driver> driver;
    for (const Case* tested : run.cases) {
        run.verdicts.push_back(runCase(run, *tested, isLive, driver));
    }
}

/// Most of a live scenario is waiting: several at once. The pure ones are quick.
void runScenarios(std::vector<ScenarioRun>& runs, bool isLive)
{
    constexpr int liveAtOnce = 4;
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < runs.size(); i = next++) {
            runScenario(runs[i], isLive);
        }
    };
    std::vector<std::thread> others;
    for (int i = 1; isLive && i < liveAtOnce; ++i) {
        others.emplace_back(work);
    }
    work();
    for (std::thread& other : others) {
        other.join();
    }
}

std::vector<ScenarioRun> scenariosOf(const std::vector<Suite>& suites,
                                     const std::vector<std::string>& profiles)
{
    std::vector<ScenarioRun> runs;
    for (const std::string& profile : profiles) {
        for (const Suite& suite : suites) {
            for (const Scenario& scenario : suite.scenarios) {
                ScenarioRun run{&suite, &scenario, profile, {}, {}};
                for (const Case& tested : scenario.cases) {
                    if (tested.profile.empty() || tested.profile == profile) {
                        run.cases.push_back(&tested); // the others hold in another mode
                    }
                }
                runs.push_back(std::move(run));
            }
        }
    }
    return runs;
}

/// Each case, then the totals of each suite in each mode.
void reportAll(const std::vector<ScenarioRun>& runs,
               const std::set<std::string>& known,
               Totals& totals)
{
    Totals before = totals;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const ScenarioRun& run = runs[i];
        for (std::size_t number = 0; number < run.cases.size(); ++number) {
            report(*run.cases[number], run.profile, run.verdicts[number], known, totals);
        }
        if (i + 1 == runs.size() || runs[i + 1].suite != run.suite ||
            runs[i + 1].profile != run.profile) {
            // not in the words of the last line, which is the one that is counted
            std::cout << run.suite->name << ' ' << run.profile << ": passed "
                      << totals.passed - before.passed << ", failed "
                      << totals.failed - before.failed << ", skipped "
                      << totals.skipped - before.skipped << '\n';
            before = totals;
        }
    }
}

std::vector<std::string> suiteFiles(const std::vector<std::string>& named)
{
    std::vector<std::string> files;
    for (const std::string& name : named) {
        if (!std::filesystem::is_directory(name)) {
            files.push_back(name);
            continue;
        }
        for (const auto& entry : std::filesystem::directory_iterator(name)) {
            if (entry.path().extension() == ".yaml") {
                files.push_back(entry.path().string());
            }
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::string fileText(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// The ids that KNOWN.md lists: the first word of each line "- ID: reason".
std::set<std::string> knownIds(const std::string& path)
{
    std::set<std::string> ids;
    std::istringstream text(fileText(path));
    for (std::string line; std::getline(text, line);) {
        const std::size_t colon = line.find(':');
        if (line.starts_with("- ") && colon != std::string::npos) {
            ids.insert(line.substr(2, colon - 2));
        }
    }
    return ids;
}

struct Wish {
    std::vector<std::string> profiles{"spec", "ingress-nginx"};
    std::vector<std::string> named;
    std::set<std::string> known;
    bool isLive = true;
    std::string problem; ///< Not empty: wrong use.
};

Wish readArguments(const std::vector<std::string>& arguments)
{
    Wish wish;
    std::string known = LAB_CONFORMANCE_DIR "/KNOWN.md";
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const bool hasValue = i + 1 < arguments.size();
        if (arguments[i] == "--profile" && hasValue) {
            wish.profiles = {arguments[++i]};
            if (wish.profiles.front() != "spec" && wish.profiles.front() != "ingress-nginx") {
                wish.problem = "--profile is spec or ingress-nginx";
            }
        } else if (arguments[i] == "--known" && hasValue) {
            known = arguments[++i];
        } else if (arguments[i] == "--clock" && hasValue) {
            const std::string& clock = arguments[++i];
            wish.isLive = clock == "live";
            if (!wish.isLive && clock != "pure") {
                wish.problem = "--clock is live or pure";
            }
        } else if (arguments[i].starts_with('-')) {
            wish.problem = "no such option, or none without a value: " + arguments[i];
        } else {
            wish.named.push_back(arguments[i]);
        }
    }
    if (wish.named.empty()) {
        wish.named.emplace_back(LAB_CONFORMANCE_DIR "/suites");
    }
    wish.known = knownIds(known);
    return wish;
}

int runAll(const std::vector<std::string>& arguments)
{
    const Wish wish = readArguments(arguments);
    if (!wish.problem.empty()) {
        std::cerr << "lab_conformance: " << wish.problem << '\n';
        return 2;
    }
    Totals totals;
    std::vector<Suite> suites;
    for (const std::string& file : suiteFiles(wish.named)) {
        suites.push_back(readSuite(fileText(file), file));
        if (worstOf(suites.back().findings) == Severity::Unreadable) {
            for (const Finding& finding : suites.back().findings) {
                std::cout << toText(finding) << '\n';
            }
            ++totals.failed;
            suites.pop_back();
        }
    }
    std::vector<ScenarioRun> runs = scenariosOf(suites, wish.profiles);
    runScenarios(runs, wish.isLive);
    reportAll(runs, wish.known, totals);
    std::cout << totals.passed << " passed, " << totals.failed << " failed, " << totals.skipped
              << " skipped\n";
    return totals.failed == 0 && totals.passed > 0 ? 0 : 1;
}

} // namespace
} // namespace lab::conformance

int main(int argc, char** argv)
{
    return lab::conformance::runAll({argv + 1, argv + argc});
}
