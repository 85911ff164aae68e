// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__AVX2__) || defined(__SSSE3__)
#include <immintrin.h>
#endif

namespace keysift {

// Up to eight classes of bytes below 0x80, one bit each, as two tables of
// nibbles: a byte is in a class iff both of its nibbles' entries have the bit
// (W. Muła's way to classify bytes by shuffles). So a class must be a product
// of low and high nibbles; split one that is not.
struct ByteClasses {
  alignas(16) uint8_t low[16] = {};
  alignas(16) uint8_t high[16] = {};

  constexpr ByteClasses& Add(uint8_t bit, std::string_view bytes) {
    for (char c : bytes) {
      low[static_cast<uint8_t>(c) & 15] |= bit;
      high[static_cast<uint8_t>(c) >> 4] |= bit;
    }
    return *this;
  }
  constexpr uint8_t Of(uint8_t byte) const {
    return byte < 0x80 ? low[byte & 15] & high[byte >> 4] : 0;
  }
  // Whether just `bytes` have one of `bits`.
  constexpr bool IsExactly(uint8_t bits, std::string_view bytes) const {
    for (int byte = 0; byte < 256; ++byte) {
      const bool wanted =
          bytes.find(static_cast<char>(byte)) != std::string_view::npos;
      if (((Of(static_cast<uint8_t>(byte)) & bits) != 0) != wanted) {
        return false;
      }
    }
    return true;
  }
};

// kSize bytes at once: each operation is a few instructions with AVX-512, AVX2
// or SSSE3, and a plain loop that gives the same elsewhere. Which one is up to
// the flags that a file is compiled with, hence the namespaces.
#if defined(__AVX512BW__)
inline namespace avx512 {

class ByteVector {
 public:
  static constexpr int kSize = 64;

  static ByteVector Load(const char* bytes) {
    return ByteVector(_mm512_loadu_si512(bytes));
  }
  static ByteVector Zero() { return ByteVector(_mm512_setzero_si512()); }
  // Each byte's classes. The shuffle gives 0 for bytes from 0x80 on.
  ByteVector Classes(const ByteClasses& classes) const {
    const __m512i high_nibbles =
        _mm512_and_si512(_mm512_srli_epi16(bytes_, 4), _mm512_set1_epi8(15));
    return ByteVector(_mm512_and_si512(
        _mm512_shuffle_epi8(Table(classes.low), bytes_),
        _mm512_shuffle_epi8(Table(classes.high), high_nibbles)));
  }
  ByteVector operator&(const ByteVector& other) const {
    return ByteVector(_mm512_and_si512(bytes_, other.bytes_));
  }
  ByteVector operator|(const ByteVector& other) const {
    return ByteVector(_mm512_or_si512(bytes_, other.bytes_));
  }
  // Bit i: whether byte i has one of `bits`.
  uint64_t HasAny(uint8_t bits) const {
    return _mm512_test_epi8_mask(bytes_,
                                 _mm512_set1_epi8(static_cast<char>(bits)));
  }
  // `bits` where the byte is `c`, else 0.
  ByteVector WhereEqual(char c, uint8_t bits) const {
    return ByteVector(_mm512_maskz_set1_epi8(
        _mm512_cmpeq_epi8_mask(bytes_, _mm512_set1_epi8(c)),
        static_cast<char>(bits)));
  }

 private:
  explicit ByteVector(__m512i bytes) : bytes_(bytes) {}
  static __m512i Table(const uint8_t* nibbles) {
    constexpr __mmask16 kAll = 0xffff;  // (GCC 12 warns of the unmasked form)
    return _mm512_maskz_broadcast_i32x4(
        kAll, _mm_load_si128(reinterpret_cast<const __m128i*>(nibbles)));
  }

  __m512i bytes_;
};

}  // namespace avx512
#elif defined(__AVX2__)
inline namespace avx2 {

class ByteVector {
 public:
  static constexpr int kSize = 32;

  static ByteVector Load(const char* bytes) {
    return ByteVector(
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes)));
  }
  static ByteVector Zero() { return ByteVector(_mm256_setzero_si256()); }
  ByteVector Classes(const ByteClasses& classes) const {
    const __m256i high_nibbles =
        _mm256_and_si256(_mm256_srli_epi16(bytes_, 4), _mm256_set1_epi8(15));
    return ByteVector(_mm256_and_si256(
        _mm256_shuffle_epi8(Table(classes.low), bytes_),
        _mm256_shuffle_epi8(Table(classes.high), high_nibbles)));
  }
  ByteVector operator&(const ByteVector& other) const {
    return ByteVector(_mm256_and_si256(bytes_, other.bytes_));
  }
  ByteVector operator|(const ByteVector& other) const {
    return ByteVector(_mm256_or_si256(bytes_, other.bytes_));
  }
  uint64_t HasAny(uint8_t bits) const {
    const __m256i left =
        _mm256_and_si256(bytes_, _mm256_set1_epi8(static_cast<char>(bits)));
    const int none =
        _mm256_movemask_epi8(_mm256_cmpeq_epi8(left, _mm256_setzero_si256()));
    return ~static_cast<uint32_t>(none);
  }
  ByteVector WhereEqual(char c, uint8_t bits) const {
    return ByteVector(
        _mm256_and_si256(_mm256_cmpeq_epi8(bytes_, _mm256_set1_epi8(c)),
                         _mm256_set1_epi8(static_cast<char>(bits))));
  }

 private:
  explicit ByteVector(__m256i bytes) : bytes_(bytes) {}
  static __m256i Table(const uint8_t* nibbles) {
    return _mm256_broadcastsi128_si256(
        _mm_load_si128(reinterpret_cast<const __m128i*>(nibbles)));
  }

  __m256i bytes_;
};

}  // namespace avx2
#elif defined(__SSSE3__)
inline namespace ssse3 {

class ByteVector {
 public:
  static constexpr int kSize = 16;

  static ByteVector Load(const char* bytes) {
    return ByteVector(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes)));
  }
  static ByteVector Zero() { return ByteVector(_mm_setzero_si128()); }
  ByteVector Classes(const ByteClasses& classes) const {
    const __m128i high_nibbles =
        _mm_and_si128(_mm_srli_epi16(bytes_, 4), _mm_set1_epi8(15));
    return ByteVector(
        _mm_and_si128(_mm_shuffle_epi8(Table(classes.low), bytes_),
                      _mm_shuffle_epi8(Table(classes.high), high_nibbles)));
  }
  ByteVector operator&(const ByteVector& other) const {
    return ByteVector(_mm_and_si128(bytes_, other.bytes_));
  }
  ByteVector operator|(const ByteVector& other) const {
    return ByteVector(_mm_or_si128(bytes_, other.bytes_));
  }
  uint64_t HasAny(uint8_t bits) const {
    const __m128i left =
        _mm_and_si128(bytes_, _mm_set1_epi8(static_cast<char>(bits)));
    const int none =
        _mm_movemask_epi8(_mm_cmpeq_epi8(left, _mm_setzero_si128()));
    return static_cast<uint32_t>(none) ^ 0xffff;
  }
  ByteVector WhereEqual(char c, uint8_t bits) const {
    return ByteVector(_mm_and_si128(_mm_cmpeq_epi8(bytes_, _mm_set1_epi8(c)),
                                    _mm_set1_epi8(static_cast<char>(bits))));
  }

 private:
  explicit ByteVector(__m128i bytes) : bytes_(bytes) {}
  static __m128i Table(const uint8_t* nibbles) {
    return _mm_load_si128(reinterpret_cast<const __m128i*>(nibbles));
  }

  __m128i bytes_;
};

}  // namespace ssse3
#else
inline namespace plain {

class ByteVector {
 public:
  static constexpr int kSize = 16;

  static ByteVector Load(const char* bytes) {
    ByteVector vector;
    std::memcpy(vector.bytes_, bytes, kSize);
    return vector;
  }
  static ByteVector Zero() { return ByteVector(); }
  ByteVector Classes(const ByteClasses& classes) const {
    ByteVector result;
    for (int i = 0; i < kSize; ++i) {
      result.bytes_[i] = classes.Of(bytes_[i]);
    }
    return result;
  }
  ByteVector operator&(const ByteVector& other) const {
    ByteVector result;
    for (int i = 0; i < kSize; ++i) {
      result.bytes_[i] = bytes_[i] & other.bytes_[i];
    }
    return result;
  }
  ByteVector operator|(const ByteVector& other) const {
    ByteVector result;
    for (int i = 0; i < kSize; ++i) {
      result.bytes_[i] = bytes_[i] | other.bytes_[i];
    }
    return result;
  }
  uint64_t HasAny(uint8_t bits) const {
    uint64_t mask = 0;
    for (int i = 0; i < kSize; ++i) {
      mask |= static_cast<uint64_t>((bytes_[i] & bits) != 0) << i;
    }
    return mask;
  }
  ByteVector WhereEqual(char c, uint8_t bits) const {
    ByteVector result;
    for (int i = 0; i < kSize; ++i) {
      result.bytes_[i] = bytes_[i] == static_cast<uint8_t>(c) ? bits : 0;
    }
    return result;
  }

 private:
  uint8_t bytes_[kSize] = {};
};

}  // namespace plain
#endif

}  // namespace keysift
