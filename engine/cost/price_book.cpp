#include "cost/price_book.hpp"

#include <algorithm>

namespace lab::cost {

const PriceFact* Product::fact(std::string_view key) const
{
    const auto found = std::find_if(
        facts.begin(), facts.end(), [key](const PriceFact& f) { return f.key == key; });
    return found == facts.end() ? nullptr : &*found;
}

double Product::number(std::string_view key, double otherwise) const
{
    const PriceFact* found = fact(key);
    return found != nullptr && found->text.empty() ? found->value : otherwise;
}

const Product* PriceBook::product(std::string_view id) const
{
    const auto found = products.find(std::string(id));
    return found == products.end() ? nullptr : &found->second;
}

} // namespace lab::cost
