/* money.h: amounts. Haléře, hundredths of FTE and basis points are integers; nothing here ever rounds by itself. */
#pragma once
#include "base/str.h"

typedef struct Money { i64 halere; } Money;               /* BLANK = not filled in */
typedef struct Fte { i64 hundredths; } Fte;
typedef struct Percent { i64 basis_points; } Percent;     /* 100 % = 10 000 */

static inline Money czk(i64 crowns) { return (Money){crowns * 100}; }
static inline Fte   fte(i64 hundredths) { return (Fte){hundredths}; }

/* n/d rounded half away from zero (DOMAIN § 9.1); d > 0. */
i64  div_round(i64 n, i64 d);
/* a*b/d with a 128-bit product, rounded half away from zero. False when the result does not fit. */
bool mul_div(i64 a, i64 b, i64 d, i64 *ret);
