#include "explain/explanation.hpp"

namespace lab::explain {

std::string_view toText(OutcomeKind kind)
{
    switch (kind) {
    case OutcomeKind::Backend:
        return "backend";
    case OutcomeKind::Default:
        return "default";
    case OutcomeKind::Redirect:
        return "redirect";
    case OutcomeKind::Refusal:
        return "refusal";
    case OutcomeKind::NoRoute:
        return "noRoute";
    case OutcomeKind::NotExpressible:
        return "notExpressible";
    }
    return "";
}

std::string_view toText(PodField::Change change)
{
    switch (change) {
    case PodField::Change::Kept:
        return "kept";
    case PodField::Change::Changed:
        return "changed";
    case PodField::Change::Added:
        return "added";
    case PodField::Change::Dropped:
        return "dropped";
    }
    return "";
}

} // namespace lab::explain
