#pragma once

#include "yaml/node.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <charconv>
#include <string>

namespace lab::test {

/// A YAML value as the JSON value that an editor would check: plain scalars get their type.
inline boost::json::value toJson(const yaml::Node& node)
{
    if (node.isMap()) {
        boost::json::object object;
        for (const yaml::MapEntry& entry : node.entries) {
            object[entry.key] = toJson(entry.value);
        }
        return object;
    }
    if (node.isSequence()) {
        boost::json::array array;
        for (const yaml::Node& item : node.items) {
            array.push_back(toJson(item));
        }
        return array;
    }
    if (node.isNull()) {
        return nullptr;
    }
    const std::string& text = node.scalar;
    const char* const end = text.data() + text.size();
    double number = 0;
    if (node.isQuoted) {
        return boost::json::string(text);
    }
    if (text == "true" || text == "false") {
        return text == "true";
    }
    if (std::from_chars(text.data(), end, number).ptr == end && !text.empty()) {
        return number;
    }
    return boost::json::string(text);
}

} // namespace lab::test
