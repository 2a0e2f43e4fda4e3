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

/// Bits of the bytes where the fast scan must stop.
unsigned outside(__m128i allowed)
{
    return static_cast<unsigned>(_mm_movemask_epi8(allowed)) ^ 0xffffU;
}

/// The commonest bytes of names: letters, digits, '-'. What else is allowed, the scalar loop takes.
unsigned stopsOfNames(__m128i bytes)
{
    const __m128i isDigit = isBetween(bytes, '0', 9);
    const __m128i isHyphen = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('-'));
    return outside(_mm_or_si128(isLetter(bytes), _mm_or_si128(isDigit, isHyphen)));
}

/// Letters and "-./0123456789", which are neighbours in ASCII.
unsigned stopsOfPaths(__m128i bytes)
{
    return outside(_mm_or_si128(isLetter(bytes), isBetween(bytes, '-', '9' - '-')));
}

unsigned stopsOfValues(__m128i bytes)
{
    const __m128i isControl = isBetween(bytes, 0, 0x1f);
    const __m128i isTab = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t'));
    const __m128i isDelete = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7f));
    const __m128i isBad = _mm_or_si128(_mm_andnot_si128(isTab, isControl), isDelete);
    return static_cast<unsigned>(_mm_movemask_epi8(isBad));
}

/// The first stop, sixteen bytes a step; near `last` it may come up to fifteen bytes early.
template <unsigned (*stopsOf)(__m128i)>
const char* fastRunEnd(const char* first, const char* last)
{
    for (; last - first >= stride; first += stride) {
        if (const unsigned stops = stopsOf(load(first)); stops != 0) {
            return first + std::countr_zero(stops);
        }
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
    return runEnd<ByteClass::Token>(fastRunEnd<stopsOfNames>(first, last), last);
}

const char* pathEnd(const char* first, const char* last)
{
    return runEnd<ByteClass::Path>(fastRunEnd<stopsOfPaths>(first, last), last);
}

const char* valueEnd(const char* first, const char* last)
{
    return runEnd<ByteClass::Value>(fastRunEnd<stopsOfValues>(first, last), last);
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
