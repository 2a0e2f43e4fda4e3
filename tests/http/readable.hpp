#pragma once

#include <QByteArray>

#include <string>
#include <string_view>

namespace lab::test {

/// For comparisons whose failure prints the text.
inline QByteArray readable(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

inline std::string toText(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

} // namespace lab::test
