#pragma once

#include "base/result.hpp"
#include "cost/price_book.hpp"

#include <string>
#include <vector>

namespace lab::scenario {

/// Which prices hold: the program's own book, and what the user puts in its place.
struct PriceChoice {
    std::vector<std::string> files;    ///< `--prices FILE`, in the order given; later ones win.
    std::vector<std::string> settings; ///< `--set aws.nlb.hourly=0.02`; go after all files.
};

/// \return BadInput with every mistake of the files; WrongUse for a setting that names no price;
///         Environment where a file cannot be read
[[nodiscard]] Result<cost::PriceBook> openPrices(const PriceChoice& choice);

} // namespace lab::scenario
