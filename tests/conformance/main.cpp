#include "conformance/driver.hpp"
#include "conformance/judge.hpp"
#include "conformance/suite.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

// lab_conformance [--profile spec|ingress-nginx] [--clock pure] [--known FILE] [DIR|FILE…]
//
// Runs conformance suites and prints a line a case; the last line is "N passed, N failed, N
// skipped". Exit code 1 if a case failed that KNOWN does not list.

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

Verdict run(const Case& tested, Driver& driver)
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
        if (step.expect.find("peer") != nullptr) {
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

void runSuite(const Suite& suite,
              const std::string& profile,
              const std::set<std::string>& known,
              Totals& totals)
{
    for (const Scenario& scenario : suite.scenarios) {
        std::unique_ptr<Driver> driver;
        for (const Case& tested : scenario.cases) {
            if (!tested.profile.empty() && tested.profile != profile) {
                continue; // holds in the other mode
            }
            Verdict verdict;
            if (suite.level == "gateway") {
                verdict.skippedBecause = "gateway-api is not built yet";
            } else if (!tested.problem.empty()) {
                verdict.failures.push_back(tested.problem);
            } else {
                if (!driver) {
                    driver = loadPure(suite, scenario, profile);
                }
                verdict = run(tested, *driver);
            }
            report(tested, profile, verdict, known, totals);
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

int runAll(const std::vector<std::string>& arguments)
{
    std::vector<std::string> profiles{"spec", "ingress-nginx"};
    std::vector<std::string> named;
    std::set<std::string> known;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const bool hasValue = i + 1 < arguments.size();
        if (arguments[i] == "--profile" && hasValue) {
            profiles = {arguments[++i]};
        } else if (arguments[i] == "--known" && hasValue) {
            known = knownIds(arguments[++i]);
        } else if (arguments[i] == "--clock" && hasValue) {
            if (arguments[++i] != "pure") {
                std::cerr << "lab_conformance: this driver has the pure clock only\n";
                return 2;
            }
        } else {
            named.push_back(arguments[i]);
        }
    }
    Totals totals;
    for (const std::string& profile : profiles) {
        for (const std::string& file : suiteFiles(named)) {
            const Suite suite = readSuite(fileText(file), file);
            if (worstOf(suite.findings) == Severity::Unreadable) {
                for (const Finding& finding : suite.findings) {
                    std::cout << toText(finding) << '\n';
                }
                ++totals.failed;
                continue;
            }
            const Totals before = totals;
            runSuite(suite, profile, known, totals);
            std::cout << suite.name << ' ' << profile << ": " << totals.passed - before.passed
                      << " passed, " << totals.failed - before.failed << " failed, "
                      << totals.skipped - before.skipped << " skipped\n";
        }
    }
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
