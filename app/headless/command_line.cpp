#include "headless/command_line.hpp"

#include "base/suggestion.hpp"
#include "headless/help_text.hpp"
#include "headless/verb.hpp"
#include "scenario/version.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>

namespace lab::headless {
namespace {

using scenario::ExitCode;

/// Verbs of the design that this version has not: said, so that nobody hunts for a typo.
constexpr std::array laterVerbs{"verify", "diff", "audit", "export", "init", "completion"};

std::vector<std::string> verbsOf(const CLI::App& program)
{
    std::vector<std::string> names{"help"};
    for (const CLI::App* verb : program.get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(verb->get_name());
    }
    return names;
}

std::vector<std::string> flagsOf(const CLI::App& verb)
{
    std::vector<std::string> names;
    for (const CLI::Option* option : verb.get_options()) {
        for (const std::string& name : option->get_lnames()) {
            names.push_back("--" + name);
        }
    }
    return names;
}

std::string suggested(const std::string& word, const std::vector<std::string>& known)
{
    const std::string_view near = nearest(word, known);
    return near.empty() ? std::string() : "; did you mean \"" + std::string(near) + "\"?";
}

ExitCode wrongUse(const Console& console, const std::string& sentence, const std::string& verb)
{
    console.complain(sentence);
    console.err << "See `ingresslab " << (verb.empty() ? "" : verb + ' ') << "--help`.\n";
    return ExitCode::WrongUse;
}

/// Is the first word no verb?  Then says so, and what was probably meant.
std::optional<ExitCode>
judgeVerb(const std::string& word, const CLI::App& program, const Console& console)
{
    const std::vector<std::string> known = verbsOf(program);
    if (std::find(known.begin(), known.end(), word) != known.end()) {
        return std::nullopt;
    }
    if (std::find(laterVerbs.begin(), laterVerbs.end(), word) != laterVerbs.end()) {
        return wrongUse(console, word + " comes with a later version", "");
    }
    return wrongUse(console, "there is no verb \"" + word + '"' + suggested(word, known), "");
}

/// The verb that was being parsed, or the program itself.
const CLI::App& innermost(const CLI::App& program)
{
    const std::vector<CLI::App*> parsed = program.get_subcommands();
    return parsed.empty() ? program : *parsed.front();
}

ExitCode explain(const CLI::ParseError& error, const CLI::App& program, const Console& console)
{
    const CLI::App& verb = innermost(program);
    const std::string name = &verb == &program ? "" : verb.get_name();
    const std::vector<std::string> rest = program.remaining(true);
    if (!rest.empty() && (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError) ||
                          &verb == &program)) {
        const std::string word = rest.front().substr(0, rest.front().find('='));
        return wrongUse(console,
                        (name.empty() ? "ingresslab" : name) + " knows no \"" + word + '"' +
                            suggested(word, flagsOf(verb)),
                        name);
    }
    return wrongUse(console, error.what(), name);
}

std::unique_ptr<CLI::App> makeProgram(Console& console, VerbResult& result)
{
    auto program = std::make_unique<CLI::App>(
        "One load balancer for each Service, or a single ingress? Send both the same traffic and "
        "see.",
        "ingresslab");
    program->footer("  ingresslab run scenarios/two-doors      compare both styles, live\n"
                    "  ingresslab serve k8s/                   hold the doors up for curl\n"
                    "  ingresslab lint k8s/                    say everything that is wrong\n"
                    "  ingresslab explain URL -m k8s/          which rule takes it, and why\n"
                    "  ingresslab cost k8s/                    what both styles cost a month\n"
                    "  ingresslab audit dump.yaml              which load balancers could go");
    program->formatter(std::make_shared<HelpText>());
    program->set_help_flag("-h,--help", "This text");
    program->set_version_flag(
        "--version", "ingresslab " + scenario::version(), "Which version this is");
    program->require_subcommand(1);
    addRunVerb(*program, console, result);
    addServeVerb(*program, console, result);
    addLintVerb(*program, console, result);
    addCostVerb(*program, console, result);
    addAuditVerb(*program, console, result);
    addExplainVerb(*program, console, result);
    addLoadVerb(*program, console, result);
    addCompareVerb(*program, console, result);
    addBenchDoorVerb(*program, console, result);
    addSchemaVerb(*program, console, result);
    addVersionVerb(*program, console, result);
    return program;
}

/// `help`, `help VERB` → `--help`, `VERB --help`
std::vector<std::string> withoutHelpVerb(std::vector<std::string> arguments)
{
    if (arguments.empty() || arguments.front() != "help") {
        return arguments;
    }
    arguments.erase(arguments.begin());
    arguments.emplace_back("--help");
    return arguments;
}

} // namespace

ExitCode runCommandLine(const std::vector<std::string>& given, Console& console)
{
    VerbResult result;
    const std::unique_ptr<CLI::App> program = makeProgram(console, result);
    std::vector<std::string> arguments = withoutHelpVerb(given);
    if (arguments.empty()) {
        console.err << program->help();
        return ExitCode::WrongUse;
    }
    if (arguments.front().empty() || arguments.front().front() != '-') {
        if (const auto code = judgeVerb(arguments.front(), *program, console)) {
            return *code;
        }
    }
    std::reverse(arguments.begin(), arguments.end()); // as CLI11 takes them
    try {
        program->parse(arguments);
    } catch (const CLI::CallForHelp&) {
        const CLI::App& verb = innermost(*program);
        console.out << verb.help(&verb == program.get() ? "" : "ingresslab") << std::flush;
        return ExitCode::Held;
    } catch (const CLI::CallForVersion& version) {
        console.out << version.what() << std::endl;
        return ExitCode::Held;
    } catch (const CLI::ParseError& error) {
        return explain(error, *program, console);
    }
    return result.code;
}

} // namespace lab::headless
