#include "explain/question.hpp"

#include "base/quoted.hpp"
#include "limiting/address_range.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>

namespace lab::explain {
namespace {

Error wrong(std::string message)
{
    return {ErrorKind::WrongUse, std::move(message)};
}

bool isHostName(std::string_view name)
{
    return name.size() == 4 && std::equal(name.begin(), name.end(), "host", [](char a, char b) {
               return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b;
           });
}

/// RFC 9110 5.6.2
bool isToken(std::string_view text)
{
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != std::string_view::npos;
    });
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t";
    const std::size_t first = text.find_first_not_of(blanks);
    return first == std::string_view::npos
               ? std::string_view()
               : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// The URL's parts into the question; what is wrong with it otherwise.
std::optional<Error> takeUrl(const std::string& text, Question& question)
{
    const std::string named = quoted(text) + " is no http or https URL";
    if (text.find("://") == std::string::npos) {
        return wrong(named + ": it has no scheme; write https://" +
                     (text.empty() || text.front() == '/' ? "shop.example.com" + text : text));
    }
    const auto url = boost::urls::parse_uri(text);
    if (!url) {
        return wrong(named + ": a character in it must be percent-encoded, or it is cut short");
    }
    const auto scheme = url->scheme_id();
    if (scheme != boost::urls::scheme::http && scheme != boost::urls::scheme::https) {
        return wrong(named + ": its scheme is " + std::string(url->scheme()));
    }
    if (url->encoded_host().empty()) {
        return wrong(named + ": it names no host");
    }
    if (url->has_userinfo()) {
        return wrong(named + ": a name and password go into -H 'Authorization: Basic …'");
    }
    if (url->has_port() && !url->port().empty()) {
        if (url->port_number() == 0) {
            return wrong(named + ": its port must be 1–65535");
        }
        question.port = url->port_number();
    }
    question.isTls = scheme == boost::urls::scheme::https;
    question.host = std::string(url->encoded_host_and_port());
    question.target = std::string(url->encoded_target());
    if (question.target.empty() || question.target.front() != '/') {
        question.target.insert(0, "/");
    }
    return std::nullopt;
}

std::optional<Error> takeField(const std::string& line, Question& question)
{
    const std::size_t colon = line.find(':');
    const std::string_view name = std::string_view(line).substr(0, colon);
    if (colon == std::string::npos || !isToken(name)) {
        return wrong("header " + quoted(line) + " is no field; write 'Name: value'");
    }
    const std::string_view value = trimmed(std::string_view(line).substr(colon + 1));
    if (std::any_of(value.begin(), value.end(), [](char c) {
            return static_cast<unsigned char>(c) < ' ' && c != '\t';
        })) {
        return wrong("the value of header " + quoted(name) + " holds control characters");
    }
    if (isHostName(name)) {
        question.host = std::string(value);
    } else {
        question.fields.emplace_back(name, value);
    }
    return std::nullopt;
}

} // namespace

std::string Question::url() const
{
    return (isTls ? "https://" : "http://") + host + target;
}

Result<Question> readQuestion(const AskedRequest& asked)
{
    Question question;
    if (auto error = takeUrl(asked.url, question)) {
        return *error;
    }
    if (!isToken(asked.method)) {
        return wrong("method " + quoted(asked.method) + " is none; write one such as GET or POST");
    }
    question.method = asked.method;
    for (const std::string& line : asked.fields) {
        if (auto error = takeField(line, question)) {
            return *error;
        }
    }
    if (!limiting::parseAddress(asked.clientAddress)) {
        return wrong("client address " + quoted(asked.clientAddress) +
                     " is no IP address; write one such as 203.0.113.7");
    }
    question.clientAddress = asked.clientAddress;
    return question;
}

} // namespace lab::explain
