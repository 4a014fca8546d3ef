#include "http/guard.h"

#include "http/decode.h"

static Verdict refuse(int status, Err e, const char *why) {
	return (Verdict){.status = status, .err = e, .why = why};
}

static Verdict malformed(const char *why) {
	return refuse(400, ERR_MALFORMED, why);
}

/* Characters of a token (RFC 9110 § 5.6.2): letters, digits and these. */
static bool is_token(Str s) {
	for (size_t i = 0; i < s.len; i++) {
		char c = http_lower(s.ptr[i]);
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && (c == 0 || !strchr("!#$%&'*+-.^_`|~", c)))
			return false;
	}
	return s.len > 0;
}

static bool is_digits(Str s) {
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return s.len > 0;
}

/* ------------------------------------------------------------------ request line */

static Verdict judge_method(Str method) {
	static const char *const known[] = {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"};
	if (str_eq(method, S("GET")))
		return (Verdict){.method = METHOD_GET};
	if (str_eq(method, S("HEAD")))
		return (Verdict){.method = METHOD_HEAD};
	if (str_eq(method, S("POST")))
		return (Verdict){.method = METHOD_POST};
	if (!is_token(method))
		return malformed("Požadavek nezačíná jménem metody.");
	for (size_t i = 0; i < LEN(known); i++)
		if (str_eq(method, str_c(known[i])))
			return refuse(405, ERR_METHOD, "Touto metodou zde nelze nic žádat. Použijte GET, HEAD nebo POST.");
	return refuse(501, ERR_METHOD, "Metodu požadavku server nezná. Použijte GET, HEAD nebo POST.");
}

static Verdict judge_target(Str target) {
	if (target.len > GUARD_TARGET)
		return refuse(414, ERR_TOO_LARGE, "Adresa je příliš dlouhá. Zkraťte ji nebo hledejte méně slovy.");
	if (!str_starts(target, S("/")))
		return malformed("Adresa musí začínat lomítkem.");
	for (size_t i = 0; i < target.len; i++)
		if ((u8)target.ptr[i] <= 0x20 || (u8)target.ptr[i] >= 0x7F)
			return malformed("Adresa obsahuje znaky, které v ní být nesmějí.");
	return (Verdict){0};
}

/* ---------------------------------------------------------------------- headers */

/* Headers that mean one thing once. Two of them are two opinions, and somebody in between may have heard the other one. */
enum { HOST, LENGTH, ENCODING, EXPECT, TYPE, AUTHORIZATION, ORIGIN, FETCH_SITE, ONCE };
static const char *const once[ONCE] = {
	[HOST] = "host", [LENGTH] = "content-length", [ENCODING] = "transfer-encoding", [EXPECT] = "expect",
	[TYPE] = "content-type", [AUTHORIZATION] = "authorization", [ORIGIN] = "origin", [FETCH_SITE] = "sec-fetch-site",
};

/* Text on one line; a TAB may stand in it. */
static bool is_value(Str s) {
	return http_is_clean(s, true) && str_find_char(s, '\n') < 0 && str_find_char(s, '\r') < 0;
}

static const char *judge_headers(const Params *headers, const Str *found[ONCE]) {
	for (size_t i = 0; i < headers->len; i++) {
		const Param *p = &headers->at[i];
		if (!is_token(p->name))
			return "Jméno hlavičky obsahuje znaky, které v něm být nesmějí.";
		if (!is_value(p->value))
			return "Hodnota hlavičky obsahuje znaky, které v ní být nesmějí.";
		for (int k = 0; k < ONCE; k++) {
			if (!http_same(p->name, str_c(once[k])))
				continue;
			if (found[k])
				return "Hlavička, která smí být jen jednou, přišla dvakrát.";
			found[k] = &p->value;
		}
	}
	return NULL;
}

bool guard_host_name(Str host, Str *name) {
	i64 end = str_starts(host, S("[")) ? str_find_char(host, ']') + 1 : str_find_char(host, ':');
	if (str_starts(host, S("[")) && end == 0)
		return false;
	if (end < 0)
		end = (i64)host.len;
	Str rest = str_from(host, (size_t)end);
	*name = str_first(host, (size_t)end);
	i64 port = 0;
	bool fine = rest.len == 0 || (rest.ptr[0] == ':' && rest.len <= 6 && is_digits(str_from(rest, 1)) && str_to_int(str_from(rest, 1), &port));
	return name->len > 0 && fine && port <= 65535;
}

static bool is_our_host(Str host, const Strs *hosts) {
	Str name;
	if (!guard_host_name(host, &name))
		return false;
	for (size_t i = 0; i < hosts->len; i++)
		if (http_same(name, hosts->at[i]))
			return true;
	return false;
}

/* How long the body is must be said once, in one way, and only where a body belongs. */
static Verdict judge_body(Verdict v, const HttpHead *h, const Str *length, const Str *encoding) {
	if (length && encoding)
		return malformed("Délka těla je v požadavku určena dvojím způsobem.");
	if (encoding) {
		if (!http_same(*encoding, S("chunked")) || !str_eq(h->version, S("HTTP/1.1")))
			return malformed("Způsob přenosu těla server nezná.");
		v.chunked = true;
	}
	if (length) {
		i64 n;
		if (!is_digits(*length) || !str_to_int(*length, &n))
			return malformed("Délka těla není celé číslo.");
		v.length = (u64)n;
	}
	if ((v.chunked || v.length) && v.method != METHOD_POST)
		return malformed("Tělo smí mít jen požadavek metodou POST.");
	return v;
}

Verdict guard_head(const HttpHead *h, const Strs *hosts) {
	Verdict v = judge_method(h->method);
	if (v.status == 400)
		return v;
	Verdict target = judge_target(h->target);
	if (target.status)
		return target;
	if (!str_eq(h->version, S("HTTP/1.1")) && !str_eq(h->version, S("HTTP/1.0")))
		return malformed("Verzi protokolu HTTP server nezná.");
	if (h->size > GUARD_HEAD || h->headers.len > GUARD_FIELDS)
		return refuse(431, ERR_TOO_LARGE, "Hlavičky požadavku jsou příliš dlouhé. Smažte cookies tohoto webu a zkuste to znovu.");
	const Str *found[ONCE] = {0};
	const char *why = judge_headers(&h->headers, found);
	if (why)
		return malformed(why);
	if (!found[HOST] || !is_our_host(*found[HOST], hosts))
		return malformed("Požadavek je určen jinému serveru.");
	if (v.status)
		return v;                            /* a sound request for something that we don't do */
	v = judge_body(v, h, found[LENGTH], found[ENCODING]);
	v.asks = found[EXPECT] && http_same(*found[EXPECT], S("100-continue"));
	return v;
}
