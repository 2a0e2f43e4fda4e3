#pragma once

#include "base/result.hpp"
#include "cost/price_book.hpp"

#include <string>
#include <string_view>

namespace lab::scenario {

/// One price file → into the book. Format: assets/README.md. Every mistake becomes a finding.
void readPriceFile(std::string_view text,
                   const std::string& fileName,
                   cost::PriceBook& book,
                   Findings& findings);

/// A price file of the user's (`--prices FILE`): its facts in place of the book's.
///
/// The same format, with as few products and facts as wanted. One that replaces nothing is a
/// mistake: it would count for nothing.
void replacePrices(std::string_view text,
                   const std::string& fileName,
                   cost::PriceBook& book,
                   Findings& findings);

/// All price files of a folder as one book.
/// \return BadInput with the findings, or Environment where the folder cannot be read or is empty
[[nodiscard]] Result<cost::PriceBook> readPriceBook(const std::string& folder);

} // namespace lab::scenario
