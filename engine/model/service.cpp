#include "model/service.hpp"

namespace lab::model {

const ServicePort* Service::port(const PortReference& reference) const
{
    for (const ServicePort& candidate : ports) {
        if (const int* number = std::get_if<int>(&reference)) {
            if (candidate.port == *number) {
                return &candidate;
            }
        } else if (candidate.name == std::get<std::string>(reference)) {
            return &candidate;
        }
    }
    return nullptr;
}

std::string toText(const PortReference& reference)
{
    if (const int* number = std::get_if<int>(&reference)) {
        return std::to_string(*number);
    }
    return std::get<std::string>(reference);
}

} // namespace lab::model
