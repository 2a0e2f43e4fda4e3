#include "scenario/compare_results.hpp"

#include "scenario/file_text.hpp"

#include <algorithm>

namespace lab::scenario {
namespace {

Result<report::ResultFile> readNamed(const std::string& path)
{
    const Result<std::string> text = readFile(path, resultBytesMax);
    if (!text) {
        return Error(text.error().kind(), path + ' ' + text.error().message());
    }
    Result<report::ResultFile> result = report::readResult(*text);
    if (!result) {
        return Error(result.error().kind(), path + ' ' + result.error().message());
    }
    return result;
}

} // namespace

ExitCode ComparedResults::code() const
{
    using Verdict = report::DifferenceRow::Verdict;
    const bool isAnyKnown = std::ranges::any_of(rows, [](const report::DifferenceRow& row) {
        const bool isOfTraffic = row.verdict != Verdict::Same && row.verdict != Verdict::Changed;
        return isOfTraffic && row.verdict != Verdict::Unknown;
    });
    return isAnyKnown ? ExitCode::Held : ExitCode::Inconclusive;
}

Result<ComparedResults> compareResults(const std::string& a, const std::string& b)
{
    const Result<report::ResultFile> first = readNamed(a);
    if (!first) {
        return first.error();
    }
    const Result<report::ResultFile> second = readNamed(b);
    if (!second) {
        return second.error();
    }
    return ComparedResults{report::differencesOf(*first, *second),
                           report::caveatsOf(*first, *second)};
}

} // namespace lab::scenario
