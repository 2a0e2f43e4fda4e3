#include "scenario/price_book_reader.hpp"

#include "base/quoted.hpp"
#include "base/suggestion.hpp"
#include "scenario/file_text.hpp"
#include "yaml/document_reader.hpp"
#include "yaml/map_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <vector>

namespace lab::scenario {
namespace {

namespace fs = std::filesystem;

constexpr double hoursPerMonthMax = 744;
constexpr std::size_t filesMax = 200;
constexpr double unknownValue = -1;

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
    static_cast<void>(map.choice<int>("kind", {{"primary", 0}, {"secondary", 1}, {"none", 2}}));
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
        if (error != std::errc{} || end != text.data() + text.size() ||
            !std::isfinite(fact.value)) {
            map.addWrong("value", "wrong-type", "must be a number or a quoted text");
        } else if (fact.value < 0 && fact.value != unknownValue) {
            map.addWrong("value", "out-of-range", "must be at least 0, or -1 for unknown");
        }
    } else {
        fact.text = map.text("value").value_or("");
    }
    fact.unit = map.text("unit").value_or("");
    fact.isConfirmed =
        map.choice<bool>("confidence", {{"confirmed", true}, {"recalled", false}}).value_or(false);
    fact.source = textOf(map, "source");
    fact.note = map.text("note").value_or("");
    fact.isAdjustable = map.boolean("adjustable");
    map.finish();
    return fact;
}

/// A fact, and where its key stands.
struct PlacedFact {
    cost::PriceFact fact;
    Place place;
    std::string path; ///< "products[0].facts[1].key"
};

/// The facts of a product; no key twice.
std::vector<PlacedFact> readFacts(yaml::MapReader& product, const cost::PriceBook& book)
{
    std::vector<PlacedFact> facts;
    for (yaml::MapReader& map : product.maps("facts")) {
        cost::PriceFact fact = readFact(map);
        if (book.sources.find(fact.source) == book.sources.end()) {
            map.addWrong("source",
                         "unknown-source",
                         quoted(fact.source) + " is not among the file's sources");
        }
        const bool isTaken = std::any_of(facts.begin(), facts.end(), [&](const auto& other) {
            return other.fact.key == fact.key;
        });
        if (isTaken) {
            map.addWrong("key", "fact-taken", quoted(fact.key) + " is defined twice");
        }
        facts.push_back({std::move(fact), map.place("key"), map.path("key")});
    }
    return facts;
}

void readProduct(yaml::MapReader& map, cost::PriceBook& book)
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
    for (PlacedFact& read : readFacts(map, book)) {
        product.facts.push_back(std::move(read.fact));
    }
    map.finish();
    std::string id = product.id;
    if (!book.products.emplace(id, std::move(product)).second) {
        map.addWrong("id", "product-taken", quoted(id) + " is defined twice");
    }
}

std::string meant(const std::string& word, const std::vector<std::string>& known)
{
    const std::string_view near = nearest(word, known);
    return near.empty() ? std::string() : "did you mean " + quoted(near) + '?';
}

/// A price that replaces none is a mistake: it would be ignored in silence.
void replaceFact(yaml::Reading& reading, PlacedFact read, cost::Product& product)
{
    std::vector<std::string> known;
    for (cost::PriceFact& old : product.facts) {
        if (old.key == read.fact.key) {
            old = std::move(read.fact);
            return;
        }
        known.push_back(old.key);
    }
    reading.addWrong(read.place,
                     "unknown-price",
                     read.path + ' ' + quoted(read.fact.key) + " is no price of " + product.id,
                     meant(read.fact.key, known));
}

/// Facts in place of the book's; region and currency where they are another market's.
void replaceProduct(yaml::MapReader& map, cost::PriceBook& book)
{
    const std::string id = textOf(map, "id");
    const auto found = book.products.find(id);
    std::vector<PlacedFact> facts = readFacts(map, book);
    const std::optional<std::string> region = map.text("region");
    const std::optional<std::string> currency = map.text("currency");
    map.passOver({"provider", "product", "kubernetesDefault", "layer", "note"});
    map.finish();
    if (found == book.products.end()) {
        std::vector<std::string> known;
        for (const auto& [name, product] : book.products) {
            known.push_back(name);
        }
        map.addWrong("id",
                     "unknown-product",
                     quoted(id) + " is no product of the price book",
                     meant(id, known));
        return;
    }
    cost::Product& product = found->second;
    product.region = region.value_or(product.region);
    product.currency = currency.value_or(product.currency);
    for (PlacedFact& fact : facts) {
        replaceFact(map.reading(), std::move(fact), product);
    }
}

using TakeProduct = void (*)(yaml::MapReader&, cost::PriceBook&);

void readBook(yaml::MapReader& root, cost::PriceBook& book, TakeProduct take)
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
        take(map, book);
    }
    root.finish();
}

void readFileInto(std::string_view text,
                  const std::string& fileName,
                  cost::PriceBook& book,
                  Findings& findings,
                  TakeProduct take)
{
    yaml::ReadDocuments read = yaml::readDocuments(text, fileName);
    append(findings, std::move(read.findings));
    for (const yaml::Document& document : read.documents) {
        yaml::Reading reading{document, findings};
        yaml::MapReader root(reading, document.root, "");
        readBook(root, book, take);
    }
}

} // namespace

void readPriceFile(std::string_view text,
                   const std::string& fileName,
                   cost::PriceBook& book,
                   Findings& findings)
{
    readFileInto(text, fileName, book, findings, readProduct);
}

void replacePrices(std::string_view text,
                   const std::string& fileName,
                   cost::PriceBook& book,
                   Findings& findings)
{
    readFileInto(text, fileName, book, findings, replaceProduct);
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
