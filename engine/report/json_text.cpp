#include "report/json_text.hpp"

#include "base/decimal.hpp"
#include "report/text_layout.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace lab::report {
namespace {

namespace json = boost::json;

constexpr std::size_t lineWidth = 100;
constexpr std::size_t step = 2;

std::string numberText(const json::value& value)
{
    if (!value.is_double()) {
        return json::serialize(value); // Integers and null have one form.
    }
    char text[400];
    const auto end = std::to_chars(
        std::begin(text), std::end(text), value.as_double(), std::chars_format::fixed);
    return {text, end.ptr};
}

std::string compact(const json::value& value);

template <typename Items, typename Text>
std::string listOf(const Items& items, std::string_view brackets, Text text)
{
    std::string all(1, brackets.front());
    for (const auto& item : items) {
        all += (all.size() == 1 ? "" : ", ") + text(item);
    }
    return all + brackets.back();
}

std::string keyText(std::string_view key)
{
    return json::serialize(json::string(key)) + ": ";
}

/// The value in one line.
std::string compact(const json::value& value)
{
    if (const json::object* object = value.if_object()) {
        return listOf(*object, "{}", [](const auto& member) {
            return keyText(member.key()) + compact(member.value());
        });
    }
    if (const json::array* array = value.if_array()) {
        return listOf(*array, "[]", [](const json::value& item) { return compact(item); });
    }
    return value.is_string() ? json::serialize(value) : numberText(value);
}

bool isPlain(const json::value& value)
{
    return !value.is_object() && !value.is_array();
}

/// No objects within objects in one line: a measure or a place is one, a style is not.
bool fitsOneLine(const json::value& value)
{
    const json::object* object = value.if_object();
    return object == nullptr || std::all_of(object->begin(), object->end(), [](const auto& m) {
               return isPlain(m.value());
           });
}

/// Writes nested values with indents.
class Writer {
public:
    std::string take() { return std::move(text_); }

    /// \param used  columns that are taken in this line already
    void write(const json::value& value, std::size_t indent, std::size_t used)
    {
        std::string line = compact(value);
        const bool isEmpty = line.size() == 2;
        if (isPlain(value) || isEmpty ||
            (fitsOneLine(value) && displayWidth(line) + used < lineWidth)) {
            text_ += line;
        } else if (const json::object* object = value.if_object()) {
            writeObject(*object, indent);
        } else {
            writeArray(value.as_array(), indent);
        }
    }

private:
    void newLine(std::size_t indent) { text_ += '\n' + std::string(indent, ' '); }

    void writeObject(const json::object& object, std::size_t indent)
    {
        text_ += '{';
        bool isFirst = true;
        for (const auto& member : object) {
            text_ += isFirst ? "" : ",";
            isFirst = false;
            newLine(indent + step);
            const std::string key = keyText(member.key());
            text_ += key;
            write(member.value(), indent + step, indent + step + displayWidth(key));
        }
        newLine(indent);
        text_ += '}';
    }

    void writeArray(const json::array& array, std::size_t indent)
    {
        text_ += '[';
        const bool isOfNumbers = std::all_of(
            array.begin(), array.end(), [](const json::value& item) { return item.is_number(); });
        std::size_t column = lineWidth;
        bool isFirst = true;
        for (const json::value& item : array) {
            text_ += isFirst ? "" : ",";
            isFirst = false;
            const std::size_t width = isOfNumbers ? numberText(item).size() + 2 : lineWidth;
            if (column + width > lineWidth) {
                newLine(indent + step);
                column = indent + step;
            } else {
                text_ += ' ';
            }
            write(item, indent + step, indent + step);
            column += width;
        }
        newLine(indent);
        text_ += ']';
    }

    std::string text_;
};

} // namespace

json::value toJsonNumber(double value, int decimals)
{
    if (!std::isfinite(value)) {
        return nullptr;
    }
    const std::string text = toDecimal(value, decimals);
    double rounded = 0;
    std::from_chars(text.data(), text.data() + text.size(), rounded);
    return rounded;
}

json::value toJsonString(std::string_view text)
{
    return json::string(printable(text));
}

std::string toJsonText(const json::value& value)
{
    Writer writer;
    writer.write(value, 0, 0);
    return writer.take() + '\n';
}

} // namespace lab::report
