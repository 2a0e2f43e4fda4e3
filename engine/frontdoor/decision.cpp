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
    case Refusal::Redirect:
        return "redirect";
    case Refusal::BodyTooLarge:
        return "body-too-large";
    case Refusal::Denied:
        return "denied";
    case Refusal::Preflight:
        return "preflight";
    case Refusal::ClientLimit:
        return "client-limit";
    case Refusal::Forbidden:
        return "forbidden";
    case Refusal::Unauthorized:
        return "unauthorized";
    }
    return "";
}

} // namespace lab::frontdoor
