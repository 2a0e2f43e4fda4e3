#include "report/finding_json.hpp"

#include "report/json_text.hpp"

#include <boost/json/object.hpp>

namespace lab::report {

namespace json = boost::json;

json::value placeJson(const Place& place)
{
    if (!place.isKnown()) {
        return nullptr;
    }
    json::object object;
    object["file"] = toJsonString(*place.file);
    object["line"] = place.line;
    object["column"] = place.column;
    return object;
}

json::array findingsJson(const Findings& findings)
{
    json::array all;
    for (const Finding& finding : findings) {
        json::object object;
        object["severity"] = lab::toText(finding.severity);
        object["id"] = toJsonString(finding.id);
        object["message"] = toJsonString(finding.message);
        object["remedy"] = toJsonString(finding.remedy);
        object["place"] = placeJson(finding.place);
        all.push_back(std::move(object));
    }
    return all;
}

} // namespace lab::report
