#include "scenario/price_choice.hpp"

#include "cost/price_override.hpp"
#include "scenario/asset_folder.hpp"
#include "scenario/file_text.hpp"
#include "scenario/price_book_reader.hpp"

namespace lab::scenario {

Result<cost::PriceBook> openPrices(const PriceChoice& choice)
{
    const Result<std::string> assets = assetFolder();
    if (!assets) {
        return assets.error();
    }
    Result<cost::PriceBook> book = readPriceBook(*assets + "/prices");
    if (!book) {
        return book;
    }
    Findings findings;
    for (const std::string& path : choice.files) {
        const Result<std::string> text = readFile(path, ownBytesMax);
        if (!text) {
            return Error(ErrorKind::Environment, path + ' ' + text.error().message());
        }
        replacePrices(*text, path, *book, findings);
    }
    if (worstOf(findings) >= Severity::Unreadable) {
        return Error(std::move(findings));
    }
    for (const std::string& setting : choice.settings) {
        const Result<void> set = cost::overridePrice(*book, setting);
        if (!set) {
            return set.error();
        }
    }
    return book;
}

} // namespace lab::scenario
