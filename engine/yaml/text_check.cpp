#include "yaml/text_check.hpp"

#include "base/utf8.hpp"

#include <array>
#include <string>

namespace lab::yaml {
namespace {

constexpr std::string_view utf8Mark = "\xEF\xBB\xBF";

struct Signature {
    std::string_view bytes;
    std::string_view name;
};

using namespace std::string_view_literals;

/// What people name by mistake; longer signatures first, since UTF-32 begins as UTF-16 does.
constexpr std::array signatures{
    Signature{"\xFF\xFE\0\0"sv, "UTF-32"},
    Signature{"\0\0\xFE\xFF"sv, "UTF-32"},
    Signature{"\xFF\xFE"sv, "UTF-16"},
    Signature{"\xFE\xFF"sv, "UTF-16"},
    Signature{"\x1F\x8B"sv, "a gzip file"},
    Signature{"\x7F"
              "ELF"sv,
              "a binary program (ELF)"},
    Signature{"PK\x03\x04"sv, "a zip file"},
};

Finding unreadable(Place place, std::string id, std::string message, std::string remedy)
{
    return {Severity::Unreadable,
            std::move(id),
            std::move(place),
            std::move(message),
            std::move(remedy)};
}

std::string codePointText(char32_t c)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string text = "U+";
    for (int shift = 12; shift >= 0; shift -= 4) {
        text += hex[(c >> static_cast<unsigned>(shift)) & 0xFU];
    }
    return text;
}

bool isAllowed(char32_t c)
{
    const bool isControl = c < 0x20 || (c >= 0x7F && c <= 0x9F);
    const bool isAllowedControl = c == '\t' || c == '\n' || c == 0x85;
    return (!isControl || isAllowedControl) && c != 0xFFFE && c != 0xFFFF;
}

std::optional<Finding> checkCharacters(std::string_view text)
{
    Place place{nullptr, 1, 1};
    std::size_t lineStart = 0;
    for (std::size_t offset = 0; offset < text.size();) {
        const Utf8Character character = utf8At(text, offset);
        place.column = static_cast<std::uint32_t>(offset - lineStart + 1);
        if (character.bytes == 0) {
            return unreadable(place,
                              "not-utf-8",
                              "these bytes are not UTF-8",
                              "save the file in the encoding UTF-8");
        }
        const bool isLineEnd =
            character.codePoint == '\r' && offset + 1 < text.size() && text[offset + 1] == '\n';
        if (!isAllowed(character.codePoint) && !isLineEnd) {
            return unreadable(place,
                              "control-character",
                              "the control character " + codePointText(character.codePoint) +
                                  " is not allowed",
                              character.codePoint == '\r' ? "end lines with LF or CR LF"
                                                          : "remove it; is this a text file?");
        }
        offset += character.bytes;
        if (character.codePoint == '\n') {
            ++place.line;
            lineStart = offset;
        }
    }
    return std::nullopt;
}

} // namespace

std::string_view withoutByteOrderMark(std::string_view text)
{
    return text.starts_with(utf8Mark) ? text.substr(utf8Mark.size()) : text;
}

std::optional<Finding> checkText(std::string_view text, std::size_t bytesMax)
{
    if (text.size() > bytesMax) {
        constexpr std::size_t mebibyte = 1U << 20U;
        const std::string limit = bytesMax >= mebibyte
                                      ? std::to_string(bytesMax / mebibyte) + " MiB"
                                      : std::to_string(bytesMax) + " bytes";
        return unreadable({nullptr, 1, 1},
                          "file-too-large",
                          "the file is too large: it has more than " + limit,
                          "split it into several files");
    }
    for (const Signature& signature : signatures) {
        if (text.starts_with(signature.bytes)) {
            return unreadable({nullptr, 1, 1},
                              "not-utf-8",
                              "this is " + std::string(signature.name) + ", not UTF-8 text",
                              "give YAML or JSON in the encoding UTF-8");
        }
    }
    return checkCharacters(withoutByteOrderMark(text));
}

} // namespace lab::yaml
