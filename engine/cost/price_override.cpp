#include "cost/price_override.hpp"

#include "base/quoted.hpp"
#include "base/suggestion.hpp"

#include <charconv>
#include <cmath>
#include <string>
#include <vector>

namespace lab::cost {
namespace {

Error wrong(std::string message)
{
    return {ErrorKind::WrongUse, std::move(message)};
}

std::string meant(std::string_view word, const std::vector<std::string>& known)
{
    const std::string_view near = nearest(word, known);
    return near.empty() ? std::string() : "; did you mean " + quoted(near) + '?';
}

Error noSuchProduct(const PriceBook& book, std::string_view id)
{
    std::vector<std::string> known;
    for (const auto& [name, product] : book.products) {
        known.push_back(name);
    }
    return wrong("the price book has no product " + quoted(id) + meant(id, known));
}

Error noSuchFact(const Product& product, std::string_view key)
{
    std::vector<std::string> known;
    for (const PriceFact& fact : product.facts) {
        known.push_back(fact.key);
    }
    return wrong(product.id + " has no price " + quoted(key) + meant(key, known));
}

/// The fact of that name, else the only one that begins so.
Result<PriceFact*> factNamed(Product& product, std::string_view key)
{
    std::vector<PriceFact*> begun;
    const std::string beginning = std::string(key) + '_';
    for (PriceFact& fact : product.facts) {
        if (fact.key == key) {
            return &fact;
        }
        if (fact.key.starts_with(beginning)) {
            begun.push_back(&fact);
        }
    }
    if (begun.empty()) {
        return noSuchFact(product, key);
    }
    if (begun.size() > 1) {
        std::string names;
        for (const PriceFact* fact : begun) {
            names += (names.empty() ? "" : ", ") + fact->key;
        }
        return wrong(product.id + '.' + std::string(key) + " may be " + names + ": say which");
    }
    return begun.front();
}

} // namespace

Result<void> overridePrice(PriceBook& book, std::string_view assignment)
{
    const std::size_t equals = assignment.find('=');
    const std::string_view name = assignment.substr(0, equals);
    const std::size_t dot = name.rfind('.');
    if (equals == std::string_view::npos || dot == std::string_view::npos) {
        return wrong("a price is set as PRODUCT.FACT=NUMBER, such as aws.nlb.hourly_fixed=0.02, "
                     "not " +
                     quoted(assignment));
    }
    const auto product = book.products.find(std::string(name.substr(0, dot)));
    if (product == book.products.end()) {
        return noSuchProduct(book, name.substr(0, dot));
    }
    const Result<PriceFact*> fact = factNamed(product->second, name.substr(dot + 1));
    if (!fact) {
        return fact.error();
    }
    const std::string_view text = assignment.substr(equals + 1);
    if (!(*fact)->text.empty()) {
        if (text.empty()) {
            return wrong(quoted(name) + " is words: it cannot be empty");
        }
        (*fact)->text = text;
    } else {
        double value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value) ||
            value < 0) {
            return wrong(quoted(text) + " is no price for " + std::string(name) +
                         ": it takes a number of at least 0");
        }
        (*fact)->value = value;
    }
    (*fact)->isConfirmed = true;
    (*fact)->source = overrideSource;
    (*fact)->note.clear();
    const std::string source(overrideSource);
    book.sources.insert_or_assign(source, PriceSource{source, "set by the user", "", ""});
    return {};
}

} // namespace lab::cost
