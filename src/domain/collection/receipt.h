/* receipt.h: what a receipt says, for its print view. */
#pragma once
#include "core/print.h"
#include "domain/collection/attachment.h"

typedef struct ReceiptRow { Str label, value, note; } ReceiptRow;
typedef struct ReceiptRows { ReceiptRow *at; size_t len, cap; } ReceiptRows;
typedef struct ReceiptSection { Str title; ReceiptRows rows; } ReceiptSection;
typedef struct ReceiptSections { ReceiptSection *at; size_t len, cap; } ReceiptSections;
typedef struct ReceiptPrint {
	Str             title, form, number, author, organisation, declaration;
	Instant         at;
	ReceiptSections sections;
} ReceiptPrint;

/* A value as people read it: names of codes, formatted numbers; „nevyplněno“ for a blank one. */
Str         form_people(Ctx *c, const FormField *f, const FormValue *x);
MUST_USE Err receipt_sections(Ctx *c, const FormTree *t, const FormValues *v, ReceiptSections *ret);
/* Files by what they were asked for, with their digests, as one more section. */
MUST_USE Err receipt_files(Ctx *c, const Submission *s, const FormTree *t, ReceiptSections *to);
/* Of a step "submit": number, digest, what was signed. In its transaction. */
MUST_USE Err receipt_make(Ctx *c, Submission *s);
MUST_USE Err receipt_withdraw(Ctx *c, Submission *s);
/* What is signed, as the print view that is kept with its digest and becomes the PDF (receipt_page.c). */
Str         receipt_body(Ctx *c, const ReceiptPrint *p);
PrintDoc    receipt_doc(Ctx *c, const Receipt *r);
