#include "headless/flags.hpp"

#include "base/suggestion.hpp"

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <vector>

namespace lab::headless {
namespace {

/// The value that a word stands for; a mistake is thrown as CLI11 wants it.
template <typename Value>
Value chosen(const std::string& flag,
             const std::string& word,
             const std::map<std::string, Value>& known)
{
    const auto found = known.find(word);
    if (found != known.end()) {
        return found->second;
    }
    std::vector<std::string> words;
    std::string listed;
    for (const auto& [name, value] : known) {
        words.push_back(name);
        listed += (listed.empty() ? "" : ", ") + name;
    }
    const std::string_view near = nearest(word, words);
    throw CLI::ValidationError(
        flag,
        "knows no \"" + word + "\"; " +
            (near.empty() ? "it takes " + listed : "did you mean \"" + std::string(near) + "\"?"));
}

} // namespace

void addOutputFlag(CLI::App& verb, Format& format)
{
    verb.add_option_function<std::string>(
            "-o,--output",
            [&format](const std::string& word) {
                format = chosen<Format>(
                    "--output",
                    word,
                    {{"text", Format::Text}, {"json", Format::Json}, {"md", Format::Markdown}});
            },
            "How the result is written: text, json or md")
        ->type_name("FORMAT");
}

void addColourFlag(CLI::App& verb, ColourChoice& choice)
{
    verb.add_option_function<std::string>(
            "--color",
            [&choice](const std::string& word) {
                choice = chosen<ColourChoice>("--color",
                                              word,
                                              {{"auto", ColourChoice::Auto},
                                               {"always", ColourChoice::Always},
                                               {"never", ColourChoice::Never}});
            },
            "auto, always or never; NO_COLOR is honoured")
        ->type_name("WHEN");
}

} // namespace lab::headless
