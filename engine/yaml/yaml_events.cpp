#include "yaml/yaml_events.hpp"

#include "yaml/syntax_message.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>

namespace lab::yaml {
namespace {

/// What yaml-cpp may read ahead between two events: it keeps all of it as tokens.
constexpr std::size_t aheadBytesMax = 2U << 20U;
constexpr std::size_t aheadOpenersMax = 10'000; ///< Brackets opened and not closed among them.

Spot spotOf(const YAML::Mark& mark)
{
    return {static_cast<std::uint32_t>(std::max(mark.line, 0) + 1),
            static_cast<std::uint32_t>(std::max(mark.column, 0) + 1)};
}

/// Hands the text to yaml-cpp and ends it early when too much is read without an event.
class WatchedText : public std::streambuf {
public:
    explicit WatchedText(std::string_view text)
        : text_(text)
    {
    }

    void sawEvent()
    {
        aheadBytes_ = 0;
        aheadOpeners_ = 0;
    }
    [[nodiscard]] bool wasCut() const { return wasCut_; }

protected:
    std::streamsize xsgetn(char* to, std::streamsize wanted) override
    {
        const std::string_view piece = text_.substr(at_, static_cast<std::size_t>(wanted));
        for (const char c : piece) {
            aheadOpeners_ += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
        }
        aheadBytes_ += piece.size();
        if (aheadBytes_ > aheadBytesMax || aheadOpeners_ > static_cast<long>(aheadOpenersMax)) {
            wasCut_ = true;
        }
        if (wasCut_) {
            return 0;
        }
        std::copy(piece.begin(), piece.end(), to);
        at_ += piece.size();
        return static_cast<std::streamsize>(piece.size());
    }

    int_type underflow() override
    {
        return at_ < text_.size() && !wasCut_ ? traits_type::to_int_type(text_[at_])
                                              : traits_type::eof();
    }

    int_type uflow() override
    {
        const int_type c = underflow();
        at_ += c == traits_type::eof() ? 0 : 1;
        return c;
    }

    int_type pbackfail(int_type /*c*/) override
    {
        if (at_ == 0) {
            return traits_type::eof();
        }
        return traits_type::to_int_type(text_[--at_]);
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t aheadBytes_ = 0;
    long aheadOpeners_ = 0;
    bool wasCut_ = false;
};

/// Does the quoted text that begins here end? yaml-cpp 0.7 takes the end of the file for a quote.
bool isClosed(std::string_view quotedText)
{
    const char quote = quotedText.front();
    for (std::size_t i = 1; i < quotedText.size(); ++i) {
        if (quotedText[i] == '\\' && quote == '"') {
            ++i;
        } else if (quotedText[i] == quote) {
            if (quote == '"' || i + 1 == quotedText.size() || quotedText[i + 1] != '\'') {
                return true;
            }
            ++i;
        }
    }
    return false;
}

[[noreturn]] void refuseCut(TreeBuilder& builder)
{
    const Node* open = builder.openNode();
    const Spot spot = open == nullptr ? Spot{} : Spot{open->line, open->column};
    builder.stop(spot,
                 "too-long-between-values",
                 "nested too deep, or more than 2 MiB without a value, behind this place",
                 "write large data in block style or as JSON");
}

class Events : public YAML::EventHandler {
public:
    Events(std::string_view text, WatchedText& watched, TreeBuilder& builder)
        : text_(text)
        , watched_(&watched)
        , builder_(&builder)
    {
    }

    void OnDocumentStart(const YAML::Mark& mark) override
    {
        sawEvent();
        if (mark.pos == lastDocumentStart_) {
            // yaml-cpp does not get past this character: it would find documents without end.
            SyntaxMessage message = syntaxMessage("unknown token", sourceAt(mark));
            builder_->stop(
                spotOf(mark), "syntax", std::move(message.message), std::move(message.remedy));
        }
        lastDocumentStart_ = mark.pos;
        builder_->beginDocument(spotOf(mark));
    }

    void OnDocumentEnd() override { builder_->endDocument(); }

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        sawEvent();
        refuseTag(mark, "");
        builder_->null(spotOf(mark), anchor);
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        sawEvent();
        builder_->alias(spotOf(mark), anchor);
    }

    void OnScalar(const YAML::Mark& mark,
                  const std::string& tag,
                  YAML::anchor_t anchor,
                  const std::string& value) override
    {
        sawEvent();
        refuseTag(mark, tag);
        const bool isQuoted = tag == "!";
        if (isQuoted) {
            checkClosed(mark);
        }
        builder_->scalar(spotOf(mark), value, isQuoted, anchor);
    }

    void OnSequenceStart(const YAML::Mark& mark,
                         const std::string& tag,
                         YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) override
    {
        sawEvent();
        refuseTag(mark, tag);
        builder_->beginSequence(spotOf(mark), anchor);
    }

    void OnSequenceEnd() override { builder_->endSequence(); }

    void OnMapStart(const YAML::Mark& mark,
                    const std::string& tag,
                    YAML::anchor_t anchor,
                    YAML::EmitterStyle::value /*style*/) override
    {
        sawEvent();
        refuseTag(mark, tag);
        builder_->beginMap(spotOf(mark), anchor);
    }

    void OnMapEnd() override { builder_->endMap(); }

private:
    void sawEvent()
    {
        if (watched_->wasCut()) {
            refuseCut(*builder_);
        }
        watched_->sawEvent();
    }

    /// The source at that mark, behind an anchor if one stands there.
    [[nodiscard]] std::string_view sourceAt(const YAML::Mark& mark) const
    {
        std::string_view source =
            text_.substr(std::min(text_.size(), static_cast<std::size_t>(std::max(mark.pos, 0))));
        if (source.starts_with('&')) {
            source.remove_prefix(std::min(source.size(), source.find_first_of(" \t\r\n")));
            source.remove_prefix(std::min(source.size(), source.find_first_not_of(" \t\r\n")));
        }
        return source;
    }

    void refuseTag(const YAML::Mark& mark, const std::string& tag)
    {
        const bool isTag = !tag.empty() && tag != "?" && tag != "!";
        if (isTag || sourceAt(mark).starts_with('!')) {
            builder_->refuse(spotOf(mark),
                             "tag",
                             "tags (!…) are not accepted",
                             "remove the tag, or put a text that begins with ! in quotes");
        }
    }

    void checkClosed(const YAML::Mark& mark)
    {
        const std::string_view source = sourceAt(mark);
        const bool isInQuotes = source.starts_with('"') || source.starts_with('\'');
        if (isInQuotes && !isClosed(source)) {
            builder_->stop(spotOf(mark),
                           "unclosed-quote",
                           "the quoted text that begins here is not closed",
                           "add the closing quote");
        }
    }

    std::string_view text_;
    WatchedText* watched_;
    TreeBuilder* builder_;
    int lastDocumentStart_ = -1;
};

/// Where a tab indents the line of a syntax error, the tab is what is wrong.
std::size_t tabBefore(std::string_view text, std::size_t offset)
{
    const std::size_t newline = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
    const std::size_t lineStart = newline == std::string_view::npos ? 0 : newline + 1;
    const std::size_t first = text.find_first_not_of(' ', lineStart);
    return first != std::string_view::npos && first <= offset && text[first] == '\t'
               ? first - lineStart + 1
               : 0;
}

void refuseSyntax(const YAML::Exception& error, std::string_view text, TreeBuilder& builder)
{
    Spot spot = spotOf(error.mark);
    const std::size_t offset =
        std::min(text.size(), static_cast<std::size_t>(std::max(error.mark.pos, 0)));
    if (const std::size_t tabColumn = tabBefore(text, offset)) {
        spot.column = static_cast<std::uint32_t>(tabColumn);
        builder.stop(spot, "syntax", "a tab cannot indent", "indent with spaces");
    }
    SyntaxMessage message = syntaxMessage(error.msg, text.substr(offset));
    const bool isUnclosed = error.msg.find("flow not found") != std::string::npos;
    if (const Node* open = builder.openNode(); isUnclosed && open != nullptr) {
        message.message += " (it begins at line " + std::to_string(open->line) + ", column " +
                           std::to_string(open->column) + ')';
    }
    builder.stop(spot, "syntax", std::move(message.message), std::move(message.remedy));
}

} // namespace

void readYaml(std::string_view text, TreeBuilder& builder)
{
    WatchedText watched(text);
    std::istream stream(&watched);
    Events events(text, watched, builder);
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(events)) {
        }
    } catch (const YAML::Exception& error) {
        if (watched.wasCut()) {
            refuseCut(builder);
        }
        refuseSyntax(error, text, builder);
    }
    if (watched.wasCut()) {
        refuseCut(builder);
    }
}

} // namespace lab::yaml
