#include "headless/failure.hpp"

#include "scenario/finding_text.hpp"

namespace lab::headless {

scenario::ExitCode reportFailure(const Console& console, const Error& error, bool isGithub)
{
    console.err << scenario::findingsAsText(error.findings());
    if (!error.message().empty()) {
        console.complain(error.message());
    } else {
        console.complain("nothing was started: " + scenario::findingCounts(error.findings()));
    }
    if (isGithub) {
        console.err << scenario::findingsAsGithub(error.findings());
    }
    return scenario::exitCodeOf(error);
}

} // namespace lab::headless
