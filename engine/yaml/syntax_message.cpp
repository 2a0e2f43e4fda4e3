#include "yaml/syntax_message.hpp"

#include "base/quoted.hpp"
#include "base/utf8.hpp"

#include <array>

namespace lab::yaml {
namespace {

struct Translation {
    std::string_view error; ///< How yaml-cpp's message begins.
    std::string_view message;
    std::string_view remedy;
};

constexpr std::string_view quoteStar = "put texts that begin with * or & in quotes";

constexpr std::array translations{
    Translation{"illegal tab", "a tab cannot indent", "indent with spaces"},
    Translation{"end of map not found",
                "this does not continue the map: a key was expected here",
                "check indentation, colons and quotes of this line and the one before"},
    Translation{"end of sequence not found",
                "this does not continue the list: an item was expected here",
                "check the indentation of this line and the one before"},
    Translation{"end of map flow not found",
                "the map that begins with { is not closed",
                "add the missing }"},
    Translation{"end of sequence flow not found",
                "the list that begins with [ is not closed",
                "add the missing ]"},
    Translation{"illegal flow end",
                "a closing ] or } without an opening one",
                "remove it, or open it before"},
    Translation{"illegal block entry",
                "a list item cannot stand here",
                "put each item on its own line, all indented alike"},
    Translation{"illegal map key", "a key cannot stand here", "put it on its own line"},
    Translation{"illegal map value",
                "a colon that separates key and value cannot stand here",
                "put texts with \": \" in quotes, and keys on their own lines"},
    Translation{"illegal EOF in scalar", "a quoted text is not closed", "add the closing quote"},
    Translation{"illegal document indicator in scalar",
                "a quoted text is not closed before the document ends",
                "add the closing quote"},
    Translation{"illegal character in scalar",
                "this character cannot stand in a plain text",
                "put the text in quotes"},
    Translation{"invalid unicode",
                "this escape is no Unicode character (half a surrogate pair?)",
                "write the character itself"},
    Translation{"bad character found while scanning hex",
                "this escape needs hexadecimal digits",
                "write \\xNN, \\uNNNN or \\UNNNNNNNN"},
    Translation{"alias not found after *", "no name after *", quoteStar},
    Translation{"anchor not found after &", "no name after &", quoteStar},
    Translation{
        "illegal character found while scanning alias", "this is no name of an alias", quoteStar},
    Translation{
        "illegal character found while scanning anchor", "this is no name of an anchor", quoteStar},
    Translation{"aliases can't have any content", "an alias cannot have content", quoteStar},
    Translation{
        "cannot assign multiple", "more than one anchor, alias or tag on one value", "keep one"},
    Translation{"unexpected character in block scalar",
                "only + , - or an indentation can follow | and >",
                "begin the text on the next line"},
    Translation{"cannot set zero indentation",
                "the indentation of a block text cannot be 0",
                "remove the number"},
    Translation{"bad file", "nested too deep", "flatten the structure"},
    Translation{"", "not YAML", "check indentation, colons and quotes"},
};

std::string firstCharacter(std::string_view rest)
{
    if (rest.empty()) {
        return {};
    }
    const std::size_t bytes = utf8At(rest, 0).bytes;
    return std::string(rest.substr(0, bytes == 0 ? 1 : bytes));
}

std::string_view aliasName(std::string_view rest)
{
    const std::size_t end = rest.find_first_of(" \t\r\n,]}", 1);
    return rest.substr(rest.empty() ? 0 : 1, end == std::string_view::npos ? end : end - 1);
}

} // namespace

SyntaxMessage syntaxMessage(std::string_view error, std::string_view rest)
{
    if (error.starts_with("unknown token")) {
        return {"a text cannot begin with " + quoted(firstCharacter(rest)),
                "put the text in quotes"};
    }
    if (error.starts_with("the referenced anchor is not defined")) {
        return {"the alias " + quoted(aliasName(rest)) + " names no anchor above it",
                "define the anchor before, or put the text in quotes"};
    }
    if (error.starts_with("unknown escape character")) {
        return {"unknown escape in a double-quoted text",
                "double the backslash, or use single quotes"};
    }
    for (const Translation& translation : translations) {
        if (error.starts_with(translation.error)) {
            std::string message(translation.message);
            if (translation.error.empty()) {
                message += " (" + std::string(error) + ')';
            }
            return {std::move(message), std::string(translation.remedy)};
        }
    }
    return {};
}

} // namespace lab::yaml
