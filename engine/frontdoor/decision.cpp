#include "frontdoor/decision.hpp"

namespace lab::frontdoor {

std::string_view toText(Refusal refusal)
{
    switch (refusal) {
    case Refusal::None:
        return "";
    case Refusal::NoRoute:
        return "no-route";
    case Refusal::NoEndpoint:
        return "no-endpoint";
    case Refusal::OverallLimit:
        return "overall-limit";
    }
    return "";
}

} // namespace lab::frontdoor
