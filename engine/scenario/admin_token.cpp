#include "scenario/admin_token.hpp"

#include "scenario/file_text.hpp"

#include <algorithm>

namespace lab::scenario {
namespace {

constexpr std::size_t tokenBytesMax = 4096;

Result<std::string> judged(std::string token, const std::string& where)
{
    const bool isPrintable =
        std::ranges::all_of(token, [](char c) { return c > ' ' && c < '\x7f'; });
    if (token.empty() || !isPrintable || token.size() > tokenBytesMax) {
        return Error(ErrorKind::WrongUse,
                     where + " must hold one word of printable characters as the token");
    }
    return token;
}

} // namespace

Result<std::string> adminToken(const std::optional<std::string>& file,
                               const std::optional<std::string>& environment)
{
    if (!file) {
        return environment ? judged(*environment, "LAB_ADMIN_TOKEN") : Result<std::string>("");
    }
    const Result<std::string> text = readFile(*file, tokenBytesMax);
    if (!text) {
        return Error(text.error().kind(), *file + ' ' + text.error().message());
    }
    std::string line = text->substr(0, text->find('\n'));
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    return judged(std::move(line), *file);
}

} // namespace lab::scenario
