#pragma once

#include <string>

namespace lab {

/// A number with that many decimals, rounded half away from zero: "1234.50".  No locale.
///
/// The same bytes on every machine. A sum that is a hair below a half for binary reasons
/// (0.0225 × 730 = 16.425) rounds as on paper.
/// \pre 0 <= decimals <= 9
[[nodiscard]] std::string toDecimal(double value, int decimals);

/// The same without zeros at the end: "1234.5", "2".
[[nodiscard]] std::string toShortDecimal(double value, int decimals);

/// Sets a comma between thousands: "1234.50" → "1,234.50".
[[nodiscard]] std::string groupThousands(std::string decimal);

} // namespace lab
