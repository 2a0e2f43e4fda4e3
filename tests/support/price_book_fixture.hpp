#pragma once

#include "base/check.hpp"
#include "cost/price_book.hpp"
#include "yaml/document_reader.hpp"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace lab::test {
namespace detail {

inline std::string textAt(const yaml::Node& map, std::string_view key)
{
    const yaml::Node* node = map.find(key);
    return node != nullptr ? node->scalar : std::string();
}

inline cost::PriceFact factOf(const yaml::Node& node)
{
    cost::PriceFact fact;
    fact.key = textAt(node, "key");
    fact.unit = textAt(node, "unit");
    fact.source = textAt(node, "source");
    fact.note = textAt(node, "note");
    fact.isConfirmed = textAt(node, "confidence") == "confirmed";
    if (const std::string adjustable = textAt(node, "adjustable"); !adjustable.empty()) {
        fact.isAdjustable = adjustable == "true";
    }
    const yaml::Node* value = node.find("value");
    check(value != nullptr && value->isScalar(), "every fact has a value");
    if (value->isQuoted) {
        fact.text = value->scalar;
    } else {
        const std::string& text = value->scalar;
        const auto end = std::from_chars(text.data(), text.data() + text.size(), fact.value);
        check(end.ec == std::errc{}, "a value without quotes is a number");
    }
    return fact;
}

inline void addProduct(const yaml::Node& node, cost::PriceBook& book)
{
    cost::Product product;
    product.id = textAt(node, "id");
    product.provider = textAt(node, "provider");
    product.name = textAt(node, "product");
    product.kubernetesDefault = textAt(node, "kubernetesDefault");
    product.layer = textAt(node, "layer");
    product.region = textAt(node, "region");
    product.currency = textAt(node, "currency");
    for (const yaml::Node& fact : node.find("facts")->items) {
        product.facts.push_back(factOf(fact));
    }
    book.products.emplace(product.id, std::move(product));
}

inline void addFile(const std::filesystem::path& path, cost::PriceBook& book)
{
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    const auto read = yaml::readDocuments(text.str(), path.string());
    check(read.isReadable() && read.documents.size() == 1, "a price file is one readable document");
    const yaml::Node& root = read.documents.front().root;
    book.asOf = textAt(root, "asOf");
    for (const yaml::Node& node : root.find("sources")->items) {
        cost::PriceSource source;
        source.id = textAt(node, "id");
        source.title = textAt(node, "title");
        source.url = textAt(node, "url");
        source.asOf = textAt(node, "asOf");
        book.sources.emplace(source.id, std::move(source));
    }
    for (const yaml::Node& product : root.find("products")->items) {
        addProduct(product, book);
    }
}

} // namespace detail

/// The price book of assets/prices, for tests below scenario/. Aborts where a file does not read.
inline const cost::PriceBook& priceBook()
{
    static const cost::PriceBook book = [] {
        cost::PriceBook all;
        const std::filesystem::path folder =
            std::filesystem::path(LAB_SOURCE_DIR) / "assets/prices";
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            detail::addFile(entry.path(), all);
        }
        return all;
    }();
    return book;
}

} // namespace lab::test
