#pragma once

#include <string>
#include <string_view>

namespace lab::yaml {

/// What a syntax mistake is called and what to do about it.
struct SyntaxMessage {
    std::string message;
    std::string remedy;
};

/// yaml-cpp's error text in our words.
///
/// \param error  as yaml-cpp wrote it, e.g. "illegal map value"
/// \param rest   the source from the place of the error on: messages name the character there
[[nodiscard]] SyntaxMessage syntaxMessage(std::string_view error, std::string_view rest);

} // namespace lab::yaml
