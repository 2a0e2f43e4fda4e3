#include "http/scan.hpp"

#include "http/byte_class.hpp"

#include <bit>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace lab::http {
namespace {

template <ByteClass allowed>
const char* runEnd(const char* first, const char* last)
{
    while (first != last && isIn(allowed, *first)) {
        ++first;
    }
    return first;
}

#ifdef __SSE2__

constexpr int stride = 16;

__m128i load(const char* from)
{
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
}

/// All ones where low <= byte <= low + width.
__m128i isBetween(__m128i bytes, char low, int width)
{
    const __m128i offset = _mm_sub_epi8(bytes, _mm_set1_epi8(low));
    return _mm_cmpeq_epi8(_mm_min_epu8(offset, _mm_set1_epi8(static_cast<char>(width))), offset);
}

__m128i isLetter(__m128i bytes)
{
    return isBetween(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 'z' - 'a');
}

/// The commonest bytes of names: letters, digits, '-'. What else is allowed, the scalar loop takes.
unsigned plainNameMask(__m128i bytes)
{
    const __m128i isDigit = isBetween(bytes, '0', 9);
    const __m128i isHyphen = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('-'));
    const __m128i isPlain = _mm_or_si128(isLetter(bytes), _mm_or_si128(isDigit, isHyphen));
    return static_cast<unsigned>(_mm_movemask_epi8(isPlain));
}

/// Letters and "-./0123456789", which are neighbours in ASCII.
unsigned plainPathMask(__m128i bytes)
{
    const __m128i isPlain = _mm_or_si128(isLetter(bytes), isBetween(bytes, '-', '9' - '-'));
    return static_cast<unsigned>(_mm_movemask_epi8(isPlain));
}

unsigned valueMask(__m128i bytes)
{
    const __m128i isControl = isBetween(bytes, 0, 0x1f);
    const __m128i isTab = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t'));
    const __m128i isDelete = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7f));
    const __m128i isBad = _mm_or_si128(_mm_andnot_si128(isTab, isControl), isDelete);
    return static_cast<unsigned>(_mm_movemask_epi8(isBad)) ^ 0xffffU;
}

/// The end of the leading run of bytes in the mask's class, sixteen a step; near `last` it may stop
/// up to fifteen bytes early.
template <unsigned (*mask)(__m128i)>
const char* fastRunEnd(const char* first, const char* last)
{
    while (last - first >= stride) {
        const unsigned allowed = mask(load(first));
        if (allowed != 0xffffU) {
            return first + std::countr_one(allowed);
        }
        first += stride;
    }
    return first;
}

#endif

} // namespace

namespace scalar {

const char* tokenEnd(const char* first, const char* last)
{
    return runEnd<ByteClass::Token>(first, last);
}

const char* pathEnd(const char* first, const char* last)
{
    return runEnd<ByteClass::Path>(first, last);
}

const char* valueEnd(const char* first, const char* last)
{
    return runEnd<ByteClass::Value>(first, last);
}

} // namespace scalar

#ifdef __SSE2__

const char* tokenEnd(const char* first, const char* last)
{
    return runEnd<ByteClass::Token>(fastRunEnd<plainNameMask>(first, last), last);
}

const char* pathEnd(const char* first, const char* last)
{
    return runEnd<ByteClass::Path>(fastRunEnd<plainPathMask>(first, last), last);
}

const char* valueEnd(const char* first, const char* last)
{
    return runEnd<ByteClass::Value>(fastRunEnd<valueMask>(first, last), last);
}

#else

const char* tokenEnd(const char* first, const char* last)
{
    return scalar::tokenEnd(first, last);
}

const char* pathEnd(const char* first, const char* last)
{
    return scalar::pathEnd(first, last);
}

const char* valueEnd(const char* first, const char* last)
{
    return scalar::valueEnd(first, last);
}

#endif

} // namespace lab::http
