#include "core/fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static pthread_once_t started = PTHREAD_ONCE_INIT;

static void start(void) {
	CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
}

/* ---- who may be asked ---- */

Str fetch_host(Arena *a, Str url, bool *secure) {
	*secure = str_starts(url, S("https://"));
	if (!*secure && !str_starts(url, S("http://")))
		return (Str){0};
	for (size_t i = 0; i < url.len; i++)
		if ((u8)url.ptr[i] <= ' ' || (u8)url.ptr[i] >= 0x7F || url.ptr[i] == '\\')
			return (Str){0};
	Str rest = str_from(url, *secure ? 8 : 7), authority = str_cut(&rest, '/');
	if (str_find_char(authority, '@') >= 0 || str_find_char(authority, '?') >= 0 || str_find_char(authority, '#') >= 0)
		return (Str){0};
	size_t n = 0;
	if (authority.len && authority.ptr[0] == '[') {
		while (n < authority.len && authority.ptr[n] != ']')
			n++;
		n++;
	} else {
		while (n < authority.len && authority.ptr[n] != ':')
			n++;
	}
	return str_lower_ascii(a, str_first(authority, n));
}

bool fetch_is_loopback(Str host) {
	return str_eq(host, S("127.0.0.1")) || str_eq(host, S("localhost")) || str_eq(host, S("[::1]"));
}

static bool is_listed(Arena *a, Str hosts, Str host) {
	while (hosts.len)
		if (str_eq(str_lower_ascii(a, str_trim(str_cut(&hosts, ','))), host))
			return true;
	return false;
}

typedef struct Talk {
	const FetchRequest *request;
	bool loopback;                           /* the named host is this machine */
	bool refused;                            /* its address was one that may not be asked */
	Buf  body;
	bool too_long;
} Talk;

static bool is_loopback_address(const struct sockaddr *sa) {
	if (sa->sa_family == AF_INET)
		return ntohl(((const struct sockaddr_in *)(const void *)sa)->sin_addr.s_addr) >> 24 == 127;
	return sa->sa_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr);
}

static bool is_private_four(u32 ip) {
	return ip >> 24 == 10 || ip >> 20 == 0xAC1 || ip >> 16 == 0xC0A8 || ip >> 16 == 0xA9FE || ip >> 22 == 0x191 || ip >> 24 == 0 || ip >> 28 >= 14;
}

static bool is_private_address(const struct sockaddr *sa) {
	if (sa->sa_family == AF_INET)
		return is_private_four(ntohl(((const struct sockaddr_in *)(const void *)sa)->sin_addr.s_addr));
	if (sa->sa_family != AF_INET6)
		return true;
	const struct in6_addr *six = &((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr;
	if (IN6_IS_ADDR_V4MAPPED(six)) {
		u32 ip = (u32)six->s6_addr[12] << 24 | (u32)six->s6_addr[13] << 16 | (u32)six->s6_addr[14] << 8 | six->s6_addr[15];
		return is_private_four(ip) || ip >> 24 == 127;
	}
	return (six->s6_addr[0] & 0xFE) == 0xFC || IN6_IS_ADDR_LINKLOCAL(six) || IN6_IS_ADDR_SITELOCAL(six) || IN6_IS_ADDR_MULTICAST(six) || IN6_IS_ADDR_UNSPECIFIED(six);
}

/* The address is judged after the name was resolved: a name that points inside is refused too. */
static curl_socket_t open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address) {
	Talk *t = arg;
	bool  inner = is_loopback_address(&address->addr);
	bool  fine = purpose == CURLSOCKTYPE_IPCXN && (inner ? t->loopback : t->request->may_be_private || !is_private_address(&address->addr));
	t->refused = t->refused || !fine;
	return fine ? socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol) : CURL_SOCKET_BAD;
}

/* ---- the talk ---- */

static size_t take(char *bytes, size_t size, size_t n, void *arg) {
	Talk *t = arg;
	if (t->body.len + size * n > t->request->limit) {
		t->too_long = true;
		return 0;
	}
	buf_str(&t->body, str_of(bytes, size * n));
	return size * n;
}

static void set_up(CURL *curl, Arena *a, const FetchRequest *q, Talk *t, bool secure) {
	curl_easy_setopt(curl, CURLOPT_URL, str_z(a, q->url));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, secure ? "https" : "http");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)q->seconds);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)(q->seconds < 5 ? q->seconds : 5));
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "sitovka");
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, t);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, t);
	if (q->form.len) {
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)q->form.len);
		curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, str_z(a, q->form));
	}
	if (q->user.len) {
		curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
		curl_easy_setopt(curl, CURLOPT_USERNAME, str_z(a, q->user));
		curl_easy_setopt(curl, CURLOPT_PASSWORD, str_z(a, q->password));
	}
}

static Err no_answer(Ctx *c, Str host, const Talk *t, CURLcode code) {
	fprintf(stderr, "fetch: %.*s: %s\n", STR_ARG(host), t->refused ? "the address may not be asked" : t->too_long ? "the answer is too long" : curl_easy_strerror(code));
	return fail(c, ERR_BUSY, NULL, "Server %.*s teď neodpovídá tak, jak má. Zkuste to za chvíli znovu; trvá-li to, ohlaste to správci.", STR_ARG(host));
}

Err fetch(Ctx *c, const FetchRequest *q, FetchAnswer *ret) {
	CHECK(c->tx_depth == 0);
	bool secure;
	Str  host = fetch_host(c->arena, q->url, &secure);
	if (!host.len || !is_listed(c->arena, q->hosts, host) || (!secure && !fetch_is_loopback(host)))
		return fail(c, ERR_INVALID, NULL, "Adresu %.*s program nesmí volat. Zkontrolujte nastavení přihlášení přes organizaci.", STR_ARG(utf8_first(q->url, 200)));
	ctx_end(c);                                  /* nothing is held open while waiting */
	CHECK(pthread_once(&started, start) == 0);
	CURL *curl = curl_easy_init();
	if (!curl)
		return fail(c, ERR_BUSY, NULL, "Server je zaneprázdněný. Zkuste to za chvíli znovu.");
	Talk t = {.request = q, .loopback = fetch_is_loopback(host)};
	set_up(curl, c->arena, q, &t, secure);
	CURLcode code = curl_easy_perform(curl);
	long     status = 0;
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_cleanup(curl);
	*ret = (FetchAnswer){(int)status, buf_take(&t.body, c->arena)};
	buf_free(&t.body);
	return code == CURLE_OK ? OK : no_answer(c, host, &t, code);
}
