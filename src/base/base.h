/* base.h: the words that every file uses: integer names, attributes, CHECK. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int8_t   i8;
typedef int16_t  i16;
typedef int32_t  i32;
typedef int64_t  i64;
typedef uint8_t  u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef i64      Id;          /* of a row; 0 = none */

#define MUST_USE          __attribute__((warn_unused_result))
#define CLEANUP(f)        __attribute__((cleanup(f)))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define NO_RETURN         __attribute__((noreturn))
#define UNUSED            __attribute__((unused))
#define LEN(array)        (sizeof(array) / sizeof((array)[0]))

/* A number that was not filled in. Blank is not zero. */
#define BLANK INT64_MIN

/* A broken CHECK is a bug of ours, never bad input: it says where and ends the process. */
#define CHECK(x) ((x) ? (void)0 : check_failed(#x, __FILE__, __LINE__))
NO_RETURN void check_failed(const char *what, const char *file, int line);

/* a*b, a+b that end the process instead of overflowing; for sizes. */
static inline size_t size_mul(size_t a, size_t b) {
	size_t r;
	CHECK(!__builtin_mul_overflow(a, b, &r));
	return r;
}
static inline size_t size_add(size_t a, size_t b) {
	size_t r;
	CHECK(!__builtin_add_overflow(a, b, &r));
	return r;
}
