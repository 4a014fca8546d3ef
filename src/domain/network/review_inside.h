/* review_inside.h: what the files of reviews share. */
#pragma once
#include "core/access.h"
#include "core/mail.h"
#include "domain/network/review.h"

/* The letter to statutory persons of the provider: they have so many days. */
MUST_USE Err review_write_letters(Ctx *c, const Review *x);
