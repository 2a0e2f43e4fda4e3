#include "http/field_section.hpp"

#include "http/byte_class.hpp"
#include "http/scan.hpp"

namespace lab::http {
namespace {

using State = HeadResult::State;

/// Whatever ends a line that should not end there, or is no part of a name.
const char* ruleForNameEnd(char byte)
{
    switch (byte) {
    case ' ':
    case '\t':
        return "space before the colon (RFC 9112 5.1)";
    case '\r':
    case '\n':
        return "field line without a colon (RFC 9112 5)";
    default:
        return "byte outside the grammar in a field name (RFC 9110 5.1)";
    }
}

const char* ruleForValueEnd(char byte)
{
    switch (byte) {
    case '\r':
        return "bare CR in a field value (RFC 9112 2.2)";
    case '\n':
        return "line ended by LF alone (RFC 9112 2.2)";
    default:
        return "control byte in a field value (RFC 9110 5.5)";
    }
}

class FieldSection {
public:
    FieldSection(const char* first, const char* last, FieldsOf source, FieldList& fields)
        : at_(first)
        , last_(last)
        , source_(source)
        , fields_(fields)
    {
    }

    FieldSectionResult parse();

private:
    enum class LineEnd { Here, NotHere, Unknown };

    bool takeLine();
    bool takeName(Field& field);
    bool takeValue(Field& field);
    [[nodiscard]] LineEnd lineEndHere() const;
    bool takeControl(Field& field);
    bool takeEnd();

    /// All three say that this was the last step.
    bool refuse(const char* rule, std::uint16_t status = 400)
    {
        result_.state = State::Invalid;
        result_.error = {.status = status, .rule = rule};
        return false;
    }
    bool wantMore()
    {
        result_.state = State::Incomplete;
        return false;
    }
    bool finish()
    {
        result_.state = State::Complete;
        result_.next = at_;
        return false;
    }

    const char* at_;
    const char* last_;
    FieldsOf source_;
    FieldList& fields_;
    FieldSectionResult result_;
};

FieldSectionResult FieldSection::parse()
{
    while (takeLine()) {
    }
    return result_;
}

bool FieldSection::takeLine()
{
    if (at_ == last_) {
        return wantMore();
    }
    if (*at_ == '\r') {
        return takeEnd();
    }
    if (isBlank(*at_)) {
        return refuse("line that starts with a blank: folded or hidden (RFC 9112 5.2)");
    }
    Field field;
    if (!takeName(field) || !takeValue(field)) {
        return false;
    }
    field.known = knownFieldName(field.name);
    field.isHopByHop = isHopByHopName(field.known);
    return fields_.add(field) || refuse("more than 128 field lines (RFC 9110 5.4)", 431);
}

bool FieldSection::takeEnd()
{
    if (last_ - at_ < 2) {
        return wantMore();
    }
    if (at_[1] != '\n') {
        return refuse("bare CR where a field line starts (RFC 9112 2.2)");
    }
    at_ += 2;
    return finish();
}

bool FieldSection::takeName(Field& field)
{
    const char* const end = tokenEnd(at_, last_);
    const char* colon = end;
    if (source_ == FieldsOf::Answer) {
        while (colon != last_ && isBlank(*colon)) {
            ++colon;
        }
    }
    if (colon == last_) {
        return wantMore();
    }
    if (*colon != ':') {
        return refuse(ruleForNameEnd(*colon));
    }
    if (end == at_) {
        return refuse("empty field name (RFC 9110 5.1)");
    }
    field.name = {at_, end};
    at_ = colon + 1;
    return true;
}

bool FieldSection::takeValue(Field& field)
{
    while (at_ != last_ && isBlank(*at_)) {
        ++at_;
    }
    const char* const first = at_;
    LineEnd lineEnd = LineEnd::NotHere;
    while (lineEnd != LineEnd::Here) {
        at_ = valueEnd(at_, last_);
        lineEnd = lineEndHere();
        if (lineEnd == LineEnd::Unknown) {
            return wantMore();
        }
        if (lineEnd == LineEnd::NotHere && !takeControl(field)) {
            return false;
        }
    }
    const char* end = at_;
    while (end != first && isBlank(end[-1])) {
        --end;
    }
    field.value = {first, end};
    at_ += 2;
    return true;
}

FieldSection::LineEnd FieldSection::lineEndHere() const
{
    if (at_ == last_) {
        return LineEnd::Unknown;
    }
    if (*at_ != '\r') {
        return LineEnd::NotHere;
    }
    if (last_ - at_ < 2) {
        return LineEnd::Unknown;
    }
    if (at_[1] != '\n' || source_ == FieldsOf::Request) {
        return at_[1] == '\n' ? LineEnd::Here : LineEnd::NotHere;
    }
    if (last_ - at_ < 3) {
        return LineEnd::Unknown; // a blank would continue this line
    }
    return isBlank(at_[2]) ? LineEnd::NotHere : LineEnd::Here;
}

/// Steps over a control byte within a value, or the line end of a folded one, if that is allowed.
bool FieldSection::takeControl(Field& field)
{
    if (source_ == FieldsOf::Request || *at_ == '\n') {
        return refuse(ruleForValueEnd(*at_));
    }
    field.hasControls = true;
    at_ += at_[0] == '\r' && last_ - at_ > 1 && at_[1] == '\n' ? 2 : 1;
    return true;
}

} // namespace

FieldSectionResult
parseFieldSection(const char* first, const char* last, FieldsOf source, FieldList& fields)
{
    return FieldSection(first, last, source, fields).parse();
}

} // namespace lab::http
