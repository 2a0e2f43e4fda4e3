#include "http/hop_headers.hpp"

#include "http/text.hpp"

namespace lab::http {
namespace {

void markNamed(FieldList& fields, std::string_view name)
{
    for (Field& field : fields.all()) {
        field.isHopByHop = field.isHopByHop || equalsIgnoringCase(field.name, name);
    }
}

void applyOption(FieldList& fields, std::string_view option, ConnectionOptions& options)
{
    if (equalsIgnoringCase(option, "close")) {
        options.hasClose = true;
    } else if (equalsIgnoringCase(option, "keep-alive")) {
        options.hasKeepAlive = true;
    } else if (equalsIgnoringCase(option, "upgrade")) {
        options.hasUpgrade = true;
    } else {
        markNamed(fields, option);
    }
}

} // namespace

ConnectionOptions applyConnectionFields(FieldList& fields)
{
    ConnectionOptions options;
    if (fields.find(FieldName::Connection) == nullptr) {
        return options;
    }
    std::size_t seen = 0;
    for (const Field& field : fields.all()) {
        std::string_view list = field.known == FieldName::Connection ? field.value : "";
        while (!list.empty()) {
            const std::string_view option = takeElement(list);
            if (option.empty()) {
                continue;
            }
            if (++seen > ConnectionOptions::optionsMax) {
                options.isTooLong = true;
                return options;
            }
            applyOption(fields, option, options);
        }
    }
    return options;
}

std::string_view upgradeOffer(const FieldList& fields)
{
    if (fields.count(FieldName::Upgrade) != 1) {
        return {};
    }
    const Field& field = *fields.find(FieldName::Upgrade);
    if (field.hasControls) {
        return {};
    }
    std::string_view list = field.value;
    while (!list.empty()) {
        if (equalsIgnoringCase(takeElement(list), "h2c")) {
            return {};
        }
    }
    return field.value;
}

bool isOffered(std::string_view chosen, std::string_view offer)
{
    bool isAny = false;
    while (!chosen.empty()) {
        const std::string_view protocol = takeElement(chosen);
        bool isFound = protocol.empty();
        for (std::string_view rest = offer; !rest.empty() && !isFound;) {
            isFound = equalsIgnoringCase(takeElement(rest), protocol);
        }
        if (!isFound) {
            return false;
        }
        isAny = isAny || !protocol.empty();
    }
    return isAny;
}

bool asksForContinue(const Field& field)
{
    std::string_view list = field.known == FieldName::Expect ? field.value : "";
    while (!list.empty()) {
        if (equalsIgnoringCase(takeElement(list), "100-continue")) {
            return true;
        }
    }
    return false;
}

} // namespace lab::http
