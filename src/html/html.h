/* html.h: the typed, escaping writer that compiled templates call.
 *
 * A template's hole {{ x }} becomes html_text(out, x), html_pre(out, x), html_attr(out, x) or html_url(out, x) by its place; what is printed follows
 * from the type of x. Text holes print people's forms (Czech numbers and dates); attribute holes print machines' forms.
 * The only type that goes out unescaped is Html, and only the Markdown renderer, the icon table and the SVG writers make it. */
#pragma once
#include "base/buf.h"
#include "base/date.h"
#include "base/format.h"
#include "base/money.h"

typedef Buf Out;

/* Markup that was made by our own code. */
typedef struct Html { Str markup; } Html;

void html_escape(Out *out, Str s);                        /* & < > " ' : right in text and in quoted attributes */
void html_put_str(Out *out, Str s);                       /* escaped, with the no-break spaces of Czech typography (text_next_hold) */
void html_put_cstr(Out *out, const char *s);
void html_escape_cstr(Out *out, const char *s);
void html_put_int(Out *out, i64 n);                       /* 1 797; BLANK prints nothing */
void html_put_i32(Out *out, int n);
void html_put_size(Out *out, size_t n);
void html_put_money(Out *out, Money m);
void html_put_fte(Out *out, Fte f);
void html_put_percent(Out *out, Percent p);
void html_put_date(Out *out, Date d);                     /* <time datetime="2025-01-31">31. 1. 2025</time> */
void html_put_instant(Out *out, Instant t);
void html_put_html(Out *out, Html h);

void html_attr_int(Out *out, i64 n);                      /* 1797 */
void html_attr_i32(Out *out, int n);
void html_attr_size(Out *out, size_t n);
void html_attr_date(Out *out, Date d);                    /* 2025-01-31 */
void html_attr_instant(Out *out, Instant t);

/* In an address: percent-encoded as one component. html_url_start_* is used when the hole begins the address: the value is a whole
 * address; schemes other than http, https, mailto, tel, or a path of ours, print "#" instead. */
void html_url_str(Out *out, Str s);
void html_url_cstr(Out *out, const char *s);
void html_url_int(Out *out, i64 n);
void html_url_i32(Out *out, int n);
void html_url_date(Out *out, Date d);
void html_url_start_str(Out *out, Str s);
void html_url_start_cstr(Out *out, const char *s);

/* JSON inside <script type="application/json">: < > & U+2028 U+2029 escaped; the argument is JSON already. */
void html_json_island(Out *out, Str json);

#define html_text(out, x) \
	_Generic((x), Str: html_put_str, const char *: html_put_cstr, char *: html_put_cstr, i64: html_put_int, int: html_put_i32, \
		size_t: html_put_size, Money: html_put_money, Fte: html_put_fte, Percent: html_put_percent, Date: html_put_date, \
		Instant: html_put_instant, Html: html_put_html)(out, x)
/* Inside <pre>: the text as it is. */
#define html_pre(out, x) \
	_Generic((x), Str: html_escape, const char *: html_escape_cstr, char *: html_escape_cstr, i64: html_put_int, int: html_put_i32, \
		size_t: html_put_size, Money: html_put_money, Fte: html_put_fte, Percent: html_put_percent, Date: html_put_date, \
		Instant: html_put_instant, Html: html_put_html)(out, x)
#define html_attr(out, x) \
	_Generic((x), Str: html_escape, const char *: html_escape_cstr, char *: html_escape_cstr, i64: html_attr_int, int: html_attr_i32, \
		size_t: html_attr_size, Date: html_attr_date, Instant: html_attr_instant)(out, x)
#define html_url(out, x) \
	_Generic((x), Str: html_url_str, const char *: html_url_cstr, char *: html_url_cstr, i64: html_url_int, int: html_url_i32, \
		Date: html_url_date)(out, x)
#define html_url_start(out, x) \
	_Generic((x), Str: html_url_start_str, const char *: html_url_start_cstr, char *: html_url_start_cstr)(out, x)
#define html_lit(out, literal) buf_lit(out, literal)
