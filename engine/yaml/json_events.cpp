#include "yaml/json_events.hpp"

#include "base/utf8.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <string>

namespace lab::yaml {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// A JSON number, letter by letter: -? int frac? exp?
bool isJsonNumber(std::string_view text)
{
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const auto digits = [&] {
        const std::size_t first = at;
        while (at < text.size() && isDigit(text[at])) {
            ++at;
        }
        return at - first;
    };
    const std::size_t first = at;
    const std::size_t whole = digits();
    if (whole == 0 || (whole > 1 && text[first] == '0')) {
        return false;
    }
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (digits() == 0) {
            return false;
        }
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
            ++at;
        }
        if (digits() == 0) {
            return false;
        }
    }
    return at == text.size();
}

class JsonText {
public:
    JsonText(std::string_view text, TreeBuilder& builder)
        : text_(text)
        , builder_(&builder)
    {
    }

    JsonMistake read()
    {
        skipBlanks();
        while (at_ < text_.size() && mistake_.empty()) {
            builder_->beginDocument(spot());
            readValue();
            if (mistake_.empty()) {
                builder_->endDocument();
                skipBlanks();
            }
        }
        return {spot(), mistake_};
    }

private:
    [[nodiscard]] Spot spot() const
    {
        return {line_, static_cast<std::uint32_t>(at_ - lineStart_ + 1)};
    }

    [[nodiscard]] char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    bool fail(std::string_view what)
    {
        mistake_ = what;
        return false;
    }

    void skipBlanks()
    {
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '\n') {
                ++line_;
                lineStart_ = at_ + 1;
            } else if (c != ' ' && c != '\t' && c != '\r') {
                return;
            }
        }
    }

    bool take(char wanted)
    {
        skipBlanks();
        if (next() != wanted) {
            return false;
        }
        ++at_;
        return true;
    }

    // The builder's depth limit bounds this recursion.
    bool readValue() // NOLINT(misc-no-recursion)
    {
        switch (next()) {
        case '{':
            return readMap();
        case '[':
            return readSequence();
        case '"': {
            const Spot start = spot();
            const std::optional<std::string> text = readString();
            if (text) {
                builder_->scalar(start, *text, true);
            }
            return text.has_value();
        }
        default:
            return readWord();
        }
    }

    bool readMap() // NOLINT(misc-no-recursion)
    {
        builder_->beginMap(spot());
        ++at_;
        if (take('}')) {
            builder_->endMap();
            return true;
        }
        do {
            skipBlanks();
            const Spot start = spot();
            if (next() != '"') {
                return fail("a key in double quotes was expected here");
            }
            const std::optional<std::string> key = readString();
            if (!key) {
                return false;
            }
            builder_->scalar(start, *key, true);
            if (!take(':')) {
                return fail("a colon was expected here");
            }
            skipBlanks();
            if (!readValue()) {
                return false;
            }
        } while (take(','));
        if (!take('}')) {
            return fail("a comma or } was expected here");
        }
        builder_->endMap();
        return true;
    }

    bool readSequence() // NOLINT(misc-no-recursion)
    {
        builder_->beginSequence(spot());
        ++at_;
        if (take(']')) {
            builder_->endSequence();
            return true;
        }
        do {
            skipBlanks();
            if (!readValue()) {
                return false;
            }
        } while (take(','));
        if (!take(']')) {
            return fail("a comma or ] was expected here");
        }
        builder_->endSequence();
        return true;
    }

    bool readWord()
    {
        const std::size_t first = at_;
        std::size_t end = at_;
        while (end < text_.size() &&
               (isDigit(text_[end]) || (text_[end] >= 'a' && text_[end] <= 'z') ||
                std::string_view("-+.E").find(text_[end]) != std::string_view::npos)) {
            ++end;
        }
        const std::string word(text_.substr(first, end - first));
        if (word == "null") {
            builder_->null(spot());
        } else if (word == "true" || word == "false" || isJsonNumber(word)) {
            builder_->scalar(spot(), word, false);
        } else {
            return fail("a value was expected here");
        }
        at_ = end;
        return true;
    }

    std::optional<std::string> readString()
    {
        std::string out;
        for (++at_; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '"') {
                ++at_;
                return out;
            }
            if (c == '\n' || c == '\t' || c == '\r') {
                break;
            }
            if (c != '\\') {
                out += c;
            } else if (!readEscape(out)) {
                fail("this is no escape that JSON knows");
                return std::nullopt;
            }
        }
        fail("a text in double quotes is not closed on its line");
        return std::nullopt;
    }

    /// At the backslash; leaves `at_` on the escape's last character.
    bool readEscape(std::string& out)
    {
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        ++at_;
        const std::size_t letter = letters.find(next());
        if (at_ < text_.size() && letter != std::string_view::npos) {
            out += meanings[letter];
            return true;
        }
        std::optional<char32_t> unit = readCodeUnit();
        if (unit && *unit >= 0xD800 && *unit <= 0xDBFF && text_.substr(at_ + 1, 1) == "\\") {
            ++at_;
            ++at_;
            const std::optional<char32_t> low = readCodeUnit();
            if (!low || *low < 0xDC00 || *low > 0xDFFF) {
                return false;
            }
            unit = 0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00);
        }
        if (!unit || (*unit >= 0xD800 && *unit <= 0xDFFF)) {
            return false;
        }
        appendUtf8(out, *unit);
        return true;
    }

    std::optional<char32_t> readCodeUnit()
    {
        constexpr std::size_t digits = 4;
        const std::string_view hex = text_.substr(std::min(at_ + 1, text_.size()), digits);
        unsigned value = 0;
        const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
        if (next() != 'u' || hex.size() != digits || error != std::errc() ||
            end != hex.data() + digits) {
            return std::nullopt;
        }
        at_ += digits;
        return value;
    }

    std::string_view text_;
    TreeBuilder* builder_;
    std::string_view mistake_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1;
    std::size_t lineStart_ = 0;
};

} // namespace

bool looksLikeJson(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

JsonMistake readJson(std::string_view text, TreeBuilder& builder)
{
    return JsonText(text, builder).read();
}

} // namespace lab::yaml
