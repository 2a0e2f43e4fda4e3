#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace lab::test {

/// Holds a value against a JSON Schema (2020-12), and tells every mistake with its place.
///
/// Knows the keywords that the schemas in assets/ use; any other is a mistake of its own, so that
/// nothing is passed over.
class SchemaCheck {
public:
    using Value = boost::json::value;

    /// \param scenario  what references to "scenario.v1.json" mean
    explicit SchemaCheck(const Value& root, const Value* scenario = nullptr)
        : root_(root)
        , scenario_(scenario)
    {
    }

    /// "/styles/ingress/latency: lacks p50"
    std::vector<std::string> mistakes(const Value& value) const
    {
        std::vector<std::string> all;
        walk(root_, value, "", all);
        return all;
    }

private:
    using All = std::vector<std::string>;

    static std::string text(const boost::json::string& value)
    {
        return {value.data(), value.size()};
    }

    static bool hasType(const Value& value, std::string_view type)
    {
        const bool isWhole =
            value.is_int64() || value.is_uint64() ||
            (value.is_double() &&
             value.as_double() ==
                 static_cast<double>(static_cast<std::int64_t>(value.as_double())));
        return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
               (type == "string" && value.is_string()) || (type == "boolean" && value.is_bool()) ||
               (type == "null" && value.is_null()) || (type == "number" && value.is_number()) ||
               (type == "integer" && value.is_number() && isWhole);
    }

    /// "#/$defs/measure", or the same of the scenario's schema.
    void refer(std::string reference, const Value& value, const std::string& place, All& all) const
    {
        const std::string_view other = "scenario.v1.json";
        if (scenario_ != nullptr && reference.compare(0, other.size(), other) == 0) {
            reference.erase(0, other.size() + 1);
            const SchemaCheck check(*scenario_);
            check.walk(scenario_->at_pointer(reference), value, place, all);
            return;
        }
        walk(root_.at_pointer(reference.substr(1)), value, place, all);
    }

    bool isValid(const Value& schema, const Value& value) const
    {
        All mistakes;
        walk(schema, value, "", mistakes);
        return mistakes.empty();
    }

    void walk(const Value& schema, const Value& value, const std::string& place, All& all) const
    {
        static const std::set<std::string> words{
            "$schema", "$id", "$defs", "title", "description", "examples", "default"};
        const boost::json::object& rules = schema.as_object();
        for (const auto& [key, rule] : rules) {
            const std::string name(key);
            if (words.count(name) == 0 && !applyGeneral(name, rule, value, place, all) &&
                !applyObject(rules, name, rule, value, place, all) &&
                !applyScalar(name, rule, value, place, all)) {
                all.push_back(place + ": the check knows no keyword " + name);
            }
        }
    }

    bool applyGeneral(const std::string& name,
                      const Value& rule,
                      const Value& value,
                      const std::string& place,
                      All& all) const
    {
        const auto countValid = [&] {
            const auto& options = rule.as_array();
            return std::count_if(options.begin(), options.end(), [&](const Value& option) {
                return isValid(option, value);
            });
        };
        if (name == "$ref") {
            refer(text(rule.as_string()), value, place, all);
        } else if (name == "oneOf") {
            expect(countValid() == 1, place, "is not exactly one of its forms", all);
        } else if (name == "anyOf") {
            expect(countValid() >= 1, place, "is none of its forms", all);
        } else if (name == "not") {
            expect(!isValid(rule, value), place, "is what it must not be", all);
        } else if (name == "const") {
            expect(value == rule, place, "is not " + boost::json::serialize(rule), all);
        } else if (name == "enum") {
            const auto& options = rule.as_array();
            expect(std::find(options.begin(), options.end(), value) != options.end(),
                   place,
                   "is not one of " + boost::json::serialize(rule),
                   all);
        } else if (name == "type") {
            expect(isOfType(rule, value), place, "is not " + boost::json::serialize(rule), all);
        } else {
            return false;
        }
        return true;
    }

    static bool isOfType(const Value& rule, const Value& value)
    {
        if (rule.is_string()) {
            return hasType(value, text(rule.as_string()));
        }
        const auto& types = rule.as_array();
        return std::any_of(types.begin(), types.end(), [&value](const Value& type) {
            return hasType(value, text(type.as_string()));
        });
    }

    bool applyObject(const boost::json::object& rules,
                     const std::string& name,
                     const Value& rule,
                     const Value& value,
                     const std::string& place,
                     All& all) const
    {
        const boost::json::object* object = value.if_object();
        if (name == "properties") {
            for (const auto& [key, part] : rule.as_object()) {
                if (object != nullptr && object->contains(key)) {
                    walk(part, object->at(key), place + '/' + std::string(key), all);
                }
            }
        } else if (name == "required") {
            for (const Value& key : rule.as_array()) {
                expect(object == nullptr || object->contains(key.as_string()),
                       place,
                       "lacks " + text(key.as_string()),
                       all);
            }
        } else if (name == "patternProperties") {
            // With additionalProperties, below.
        } else if (name == "additionalProperties") {
            for (auto it = object == nullptr ? nullptr : object->begin();
                 object != nullptr && it != object->end();
                 ++it) {
                applyToOther(rules, rule, std::string(it->key()), it->value(), place, all);
            }
        } else if (name == "minProperties") {
            expect(object == nullptr || sizeOf(*object) >= number(rule), place, "has too few", all);
        } else if (name == "maxProperties") {
            expect(
                object == nullptr || sizeOf(*object) <= number(rule), place, "has too many", all);
        } else {
            return false;
        }
        return true;
    }

    /// A key that `properties` does not name.
    void applyToOther(const boost::json::object& rules,
                      const Value& additional,
                      const std::string& key,
                      const Value& value,
                      const std::string& place,
                      All& all) const
    {
        const Value* properties = rules.if_contains("properties");
        if (properties != nullptr && properties->as_object().contains(key)) {
            return;
        }
        if (const Value* patterns = rules.if_contains("patternProperties")) {
            for (const auto& [pattern, part] : patterns->as_object()) {
                if (std::regex_search(key, std::regex(std::string(pattern)))) {
                    walk(part, value, place + '/' + key, all);
                    return;
                }
            }
        }
        if (additional.is_object()) {
            walk(additional, value, place + '/' + key, all);
        } else {
            expect(additional.as_bool(), place, "has the unknown key " + key, all);
        }
    }

    bool applyScalar(const std::string& name,
                     const Value& rule,
                     const Value& value,
                     const std::string& place,
                     All& all) const
    {
        const boost::json::array* array = value.if_array();
        const bool isNumber = value.is_number();
        if (name == "items") {
            for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
                walk(rule, array->at(i), place + '/' + std::to_string(i), all);
            }
        } else if (name == "minItems") {
            expect(array == nullptr || sizeOf(*array) >= number(rule), place, "has too few", all);
        } else if (name == "minimum") {
            expect(!isNumber || number(value) >= number(rule), place, "is too small", all);
        } else if (name == "exclusiveMinimum") {
            expect(!isNumber || number(value) > number(rule), place, "is too small", all);
        } else if (name == "maximum") {
            expect(!isNumber || number(value) <= number(rule), place, "is too large", all);
        } else if (name == "minLength") {
            expect(!value.is_string() || sizeOf(value.as_string()) >= number(rule),
                   place,
                   "is too short",
                   all);
        } else if (name == "pattern") {
            expect(!value.is_string() || std::regex_search(text(value.as_string()),
                                                           std::regex(text(rule.as_string()))),
                   place,
                   "does not match " + text(rule.as_string()),
                   all);
        } else {
            return false;
        }
        return true;
    }

    template <typename Sized>
    static double sizeOf(const Sized& sized)
    {
        return static_cast<double>(sized.size());
    }

    static double number(const Value& value) { return value.to_number<double>(); }

    static void expect(bool holds, const std::string& place, const std::string& mistake, All& all)
    {
        if (!holds) {
            all.push_back((place.empty() ? "/" : place) + ": " + mistake);
        }
    }

    const Value& root_;
    const Value* scenario_ = nullptr;
};

/// A JSON file of the source tree: "assets/schema/report.v1.json".
inline boost::json::value readJsonFile(const std::string& path)
{
    std::ostringstream text;
    text << std::ifstream(std::string(LAB_SOURCE_DIR) + '/' + path).rdbuf();
    return boost::json::parse(text.str());
}

} // namespace lab::test
