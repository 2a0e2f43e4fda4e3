#include "yaml/wording.hpp"

#include "base/quoted.hpp"
#include "base/suggestion.hpp"

namespace lab::yaml {

std::string didYouMean(std::string_view word, std::span<const std::string> known)
{
    const std::string_view near = nearest(word, known);
    return near.empty() ? std::string() : "did you mean " + quoted(near) + '?';
}

std::string shown(const Node& node)
{
    return node.isScalar() ? quoted(node.scalar) : std::string(toText(node.kind));
}

std::string listed(std::span<const std::string> words)
{
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        text += i == 0 ? "" : i + 1 == words.size() ? " or " : ", ";
        text += words[i];
    }
    return text;
}

} // namespace lab::yaml
