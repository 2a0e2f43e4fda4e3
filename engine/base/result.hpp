#pragma once

#include "base/finding.hpp"

#include <boost/system/result.hpp>

#include <stdexcept>
#include <string>
#include <utility>

namespace lab {

/// What went wrong, coarse enough to choose an exit code or an icon by.
enum class ErrorKind {
    BadInput,    ///< The user's file is wrong; `findings` say where.
    WrongUse,    ///< A flag or argument is wrong.
    Environment, ///< The machine refused: port taken, file unreadable, too few descriptors.
};

/// Why something could not be done at all: one sentence, or the findings that forbid it.
class Error {
public:
    /// No error: what `error()` of a success gives. \post message is empty
    Error() = default;

    Error(ErrorKind kind, std::string message)
        : kind_(kind)
        , message_(std::move(message))
    {
    }

    /// The input cannot be used; the findings say why, each with its place.
    explicit Error(Findings findings)
        : kind_(ErrorKind::BadInput)
        , findings_(std::move(findings))
    {
    }

    [[nodiscard]] ErrorKind kind() const { return kind_; }
    [[nodiscard]] const std::string& message() const { return message_; }
    [[nodiscard]] const Findings& findings() const { return findings_; }

private:
    ErrorKind kind_ = ErrorKind::Environment;
    std::string message_;
    Findings findings_;
};

/// A value or an Error. Test it before use: `value()` on a failure throws std::logic_error,
/// because reaching it is a bug of the caller and not a failure of the run.
template <typename T>
using Result = boost::system::result<T, Error>;

[[noreturn]] inline void throw_exception_from_error(const Error& error,
                                                    const boost::source_location&)
{
    throw std::logic_error("unchecked lab::Result: " + error.message());
}

} // namespace lab
