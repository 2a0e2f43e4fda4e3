#include "headless/help_text.hpp"

#include <string_view>

namespace lab::headless {
namespace {

constexpr std::string_view exitCodes =
    "Exit codes, the same for every output format:\n"
    "  0  everything held                   4  port taken, or a file cannot be read or written\n"
    "  1  an expectation failed             5  only gates failed: latency, throughput, cost\n"
    "  2  wrong use of the command line     6  inconclusive: too few samples, or a late generator\n"
    "  3  invalid input, as file:line:col   130, 143  interrupted; partial results were written\n";

/// Two columns: a term, and what is said about it, broken at 100 columns.
std::string row(const std::string& term, const std::string& text)
{
    constexpr std::size_t termWidth = 26;
    constexpr std::size_t lineWidth = 98;
    std::string line = "  " + term;
    line += line.size() + 2 > termWidth ? "\n" + std::string(termWidth, ' ')
                                        : std::string(termWidth - line.size(), ' ');
    std::size_t column = termWidth;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        const bool isFirst = column == termWidth;
        if (!isFirst && column + 1 + (end - begin) > lineWidth) {
            line += '\n' + std::string(termWidth, ' ');
            column = termWidth;
        } else if (!isFirst) {
            line += ' ';
            ++column;
        }
        line += text.substr(begin, end - begin);
        column += end - begin;
        begin = end + 1;
    }
    return line + '\n';
}

std::string flagTerm(const CLI::Option& option)
{
    std::string term;
    for (const std::string& name : option.get_snames()) {
        term += '-' + name + ", ";
    }
    for (const std::string& name : option.get_lnames()) {
        term += "--" + name;
    }
    if (option.get_expected_max() > 0) {
        const std::string type = option.get_type_name(); // "N:INT in [1 - 64]" with a check
        term += ' ' + type.substr(0, type.find(':'));
    }
    return term;
}

std::string usage(const CLI::App& app, const std::string& name)
{
    std::string text = "Usage:\n  " + (name.empty() ? app.get_name() : name);
    if (app.get_parent() == nullptr) {
        return text + " VERB …\n";
    }
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_positional()) {
            const bool isList = option->get_expected_max() > 1;
            const std::string word = option->get_name() + (isList ? "…" : "");
            text += option->get_required() ? ' ' + word : " [" + word + ']';
        }
    }
    return text + " [flags]\n";
}

std::string verbs(const CLI::App& app)
{
    std::string text;
    for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
        text += row(verb->get_name(), verb->get_description());
    }
    return text.empty() ? text : "\nVerbs (`ingresslab VERB --help` says more):\n" + text;
}

std::string options(const CLI::App& app)
{
    std::string positionals;
    std::string flags;
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_positional()) {
            positionals += row(option->get_name(), option->get_description());
        } else {
            flags += row(flagTerm(*option), option->get_description());
        }
    }
    return '\n' + positionals + (positionals.empty() ? "" : "\n") + "Flags:\n" + flags;
}

} // namespace

std::string
HelpText::make_help(const CLI::App* app, std::string name, CLI::AppFormatMode /*mode*/) const
{
    std::string text = app->get_description() + "\n\nExamples:\n" + app->get_footer() + "\n\n";
    text += usage(*app, name);
    text += verbs(*app);
    text += options(*app);
    if (app->get_parent() == nullptr) {
        text += '\n';
        text += exitCodes;
    }
    return text;
}

} // namespace lab::headless
