#include "scenario/price_book_reader.hpp"

#include "base/quoted.hpp"
#include "scenario/file_text.hpp"
#include "yaml/document_reader.hpp"
#include "yaml/map_reader.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <vector>

namespace lab::scenario {
namespace {

namespace fs = std::filesystem;

constexpr double hoursPerMonthMax = 744;
constexpr std::size_t filesMax = 200;

std::string textOf(yaml::MapReader& map, std::string_view key)
{
    return map.require(key) ? map.text(key).value_or("") : std::string();
}

cost::PriceSource readSource(yaml::MapReader& map)
{
    cost::PriceSource source;
    source.id = textOf(map, "id");
    source.title = textOf(map, "title");
    source.url = map.text("url").value_or("");
    source.asOf = map.text("asOf").value_or("");
    map.passOver({"kind"});
    map.finish();
    return source;
}

cost::PriceFact readFact(yaml::MapReader& map)
{
    cost::PriceFact fact;
    fact.key = textOf(map, "key");
    map.require("value");
    const yaml::Node* value = map.find("value");
    if (value != nullptr && value->isScalar() && !value->isQuoted) {
        const std::string& text = value->scalar;
        const auto [end, error] =
            std::from_chars(text.data(), text.data() + text.size(), fact.value);
        if (error != std::errc{} || end != text.data() + text.size()) {
            map.addWrong("value", "wrong-type", "must be a number or a quoted text");
        }
    } else {
        fact.text = map.text("value").value_or("");
    }
    fact.unit = map.text("unit").value_or("");
    fact.isConfirmed =
        map.choice<bool>("confidence", {{"confirmed", true}, {"recalled", false}}).value_or(false);
    fact.source = textOf(map, "source");
    fact.note = map.text("note").value_or("");
    map.finish();
    return fact;
}

cost::Product readProduct(yaml::MapReader& map)
{
    cost::Product product;
    product.id = textOf(map, "id");
    product.provider = textOf(map, "provider");
    product.name = textOf(map, "product");
    product.kubernetesDefault = map.text("kubernetesDefault").value_or("");
    product.layer = map.text("layer").value_or("");
    product.region = map.text("region").value_or("");
    product.currency = map.text("currency").value_or("");
    map.passOver({"note"});
    for (yaml::MapReader& fact : map.maps("facts")) {
        product.facts.push_back(readFact(fact));
    }
    map.finish();
    return product;
}

void readBook(yaml::MapReader& root, cost::PriceBook& book)
{
    static_cast<void>(root.integer("schemaVersion", 1, 1)); // any other is a finding
    book.asOf = std::max(book.asOf, textOf(root, "asOf"));
    book.hoursPerMonth =
        root.number("hoursPerMonth", 1, hoursPerMonthMax).value_or(book.hoursPerMonth);
    for (yaml::MapReader& map : root.maps("sources")) {
        cost::PriceSource source = readSource(map);
        book.sources.insert_or_assign(source.id, std::move(source));
    }
    for (yaml::MapReader& map : root.maps("products")) {
        cost::Product product = readProduct(map);
        for (const cost::PriceFact& fact : product.facts) {
            if (book.sources.find(fact.source) == book.sources.end()) {
                map.addWrong("facts",
                             "unknown-source",
                             "source " + quoted(fact.source) + " of " + quoted(fact.key) +
                                 " is not among the file's sources");
            }
        }
        std::string id = product.id;
        if (!book.products.emplace(id, std::move(product)).second) {
            map.addWrong("id", "product-taken", quoted(id) + " is defined twice");
        }
    }
    root.finish();
}

} // namespace

void readPriceFile(std::string_view text,
                   const std::string& fileName,
                   cost::PriceBook& book,
                   Findings& findings)
{
    yaml::ReadDocuments read = yaml::readDocuments(text, fileName);
    append(findings, std::move(read.findings));
    for (const yaml::Document& document : read.documents) {
        yaml::Reading reading{document, findings};
        yaml::MapReader root(reading, document.root, "");
        readBook(root, book);
    }
}

Result<cost::PriceBook> readPriceBook(const std::string& folder)
{
    std::error_code error;
    std::vector<std::string> paths;
    for (fs::directory_iterator entry(folder, error), end;
         !error && entry != end && paths.size() < filesMax;
         entry.increment(error)) {
        if (entry->path().extension() == ".yaml") {
            paths.push_back(entry->path().string());
        }
    }
    if (paths.empty()) {
        return Error(ErrorKind::Environment,
                     "no price book in " + folder + "; set LAB_ASSETS to the lab's assets folder");
    }
    std::sort(paths.begin(), paths.end());
    cost::PriceBook book;
    Findings findings;
    for (const std::string& path : paths) {
        const Result<std::string> text = readFile(path, ownBytesMax);
        if (!text) {
            return Error(ErrorKind::Environment, path + ' ' + text.error().message());
        }
        readPriceFile(*text, path, book, findings);
    }
    if (worstOf(findings) >= Severity::Unreadable) {
        return Error(std::move(findings));
    }
    return book;
}

} // namespace lab::scenario
