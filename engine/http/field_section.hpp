#pragma once

#include "http/head_parser.hpp"
#include "http/message.hpp"

#include <string_view>

namespace lab::http {

/// Who wrote the field lines: clients are held to the grammar; in a pod's answer what RFC 9112 lets
/// a proxy repair is repaired (space before a colon 5.1, folded lines 5.2, controls 2.2).
enum class FieldsOf { Request, Answer };

/// How far the field lines came.
struct FieldSectionResult {
    HeadResult::State state = HeadResult::State::Incomplete;
    const char* next = nullptr; ///< With Complete: the byte after the empty line.
    HeadError error;            ///< With Invalid.
};

/// Parses field lines and the empty line after them. RFC 9112 5
///
/// Appends to `fields`, views into the bytes; isHopByHop is set by name only.
[[nodiscard]] FieldSectionResult
parseFieldSection(const char* first, const char* last, FieldsOf source, FieldList& fields);

} // namespace lab::http
