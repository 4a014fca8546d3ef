#include "http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "http/guard.h"

enum { BACKLOG = 1024 };

typedef union Address {
	struct sockaddr     any;
	struct sockaddr_in  v4;
	struct sockaddr_in6 v6;
	struct sockaddr_un  un;
} Address;

static Err fail(Str *why, Err e, Str sentence) {
	*why = sentence;
	return e;
}

/* ------------------------------------------------------------------------ reading */

/* "host:port", host without brackets. */
static bool split(Str text, Str *host, i64 *port) {
	if (!guard_host_name(text, host) || host->len == text.len)
		return false;
	if (!str_to_int(str_from(text, host->len + 1), port) || *port < 0 || *port > 65535)
		return false;
	if (str_starts(*host, S("[")))
		*host = str_of(host->ptr + 1, host->len - 2);
	return true;
}

static bool read_address(Str host, i64 port, Address *to, socklen_t *len) {
	char text[ADDRESS_TEXT];
	if (str_eq(host, S("localhost")))
		host = S("127.0.0.1");
	if (host.len == 0 || host.len >= sizeof text)
		return false;
	memcpy(text, host.ptr, host.len);
	text[host.len] = 0;
	*to = (Address){0};
	if (inet_pton(AF_INET, text, &to->v4.sin_addr) == 1) {
		to->v4.sin_family = AF_INET;
		to->v4.sin_port = htons((u16)port);
		*len = sizeof to->v4;
		return true;
	}
	if (inet_pton(AF_INET6, text, &to->v6.sin6_addr) == 1) {
		to->v6.sin6_family = AF_INET6;
		to->v6.sin6_port = htons((u16)port);
		*len = sizeof to->v6;
		return true;
	}
	return false;
}

static bool is_loopback(const Address *a) {
	if (a->any.sa_family == AF_INET)
		return ntohl(a->v4.sin_addr.s_addr) >> 24 == 127;
	if (a->any.sa_family == AF_INET6)
		return IN6_IS_ADDR_LOOPBACK(&a->v6.sin6_addr);
	return a->any.sa_family == AF_UNIX;
}

size_t address_text(const struct sockaddr *from, socklen_t len, char to[ADDRESS_TEXT]) {
	Address a = {0};
	if (from)
		memcpy(&a, from, len < sizeof a ? len : sizeof a);
	if (a.any.sa_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&a.v6.sin6_addr))
		inet_ntop(AF_INET, a.v6.sin6_addr.s6_addr + 12, to, ADDRESS_TEXT);
	else if (a.any.sa_family == AF_INET6)
		inet_ntop(AF_INET6, &a.v6.sin6_addr, to, ADDRESS_TEXT);
	else if (a.any.sa_family == AF_INET)
		inet_ntop(AF_INET, &a.v4.sin_addr, to, ADDRESS_TEXT);
	else
		memcpy(to, "unix", 5);
	return strlen(to);
}

bool address_normal(Str typed, char to[ADDRESS_TEXT], size_t *len) {
	Address a;
	socklen_t size;
	if (!read_address(typed, 0, &a, &size))
		return false;
	*len = address_text(&a.any, size, to);
	return true;
}

Strs listen_hosts(Arena *a, const HttpOptions *o) {
	Strs hosts = {0};
	for (Str rest = o->hosts; rest.len;) {
		Str name = str_trim(str_cut(&rest, ','));
		if (name.len)
			strs_add(a, &hosts, str_lower_ascii(a, name));
	}
	if (hosts.len)
		return hosts;
	Str name;
	if (!str_starts(o->listen, S("unix:")) && !str_starts(o->listen, S("fd:")) && guard_host_name(o->listen, &name))
		strs_add(a, &hosts, str_lower_ascii(a, name));
	strs_add(a, &hosts, S("localhost"));
	strs_add(a, &hosts, S("127.0.0.1"));
	strs_add(a, &hosts, S("[::1]"));
	return hosts;
}

/* ------------------------------------------------------------------------ opening */

/* A socket file that nobody listens on is left over from a process that was killed. */
static bool is_stale(const Address *to, socklen_t len) {
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool stale = fd >= 0 && connect(fd, &to->any, len) != 0 && errno == ECONNREFUSED;
	if (fd >= 0)
		close(fd);
	return stale;
}

static Err open_unix(Arena *a, Str path, Listener *l, Str *why) {
	Address to = {0};
	to.un.sun_family = AF_UNIX;
	if (path.len == 0 || path.len >= sizeof to.un.sun_path)
		return fail(why, ERR_INVALID, S("Cesta k unixovému socketu je prázdná nebo delší než 107 znaků."));
	memcpy(to.un.sun_path, path.ptr, path.len);
	socklen_t len = (socklen_t)sizeof to.un;
	if (is_stale(&to, len))
		unlink(to.un.sun_path);
	l->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (l->fd < 0 || bind(l->fd, &to.any, len) != 0)
		return fail(why, errno == EADDRINUSE ? ERR_CONFLICT : ERR_STORAGE,
			str_format(a, "Socket %.*s nelze otevřít: %s. Zkontrolujte cestu a zda program neběží dvakrát.", STR_ARG(path), strerror(errno)));
	l->unix_path = str_of(str_z(a, path), path.len);
	chmod(l->unix_path.ptr, 0660);           /* the proxy belongs to the group */
	l->loopback = true;
	return OK;
}

static Err open_tcp(Arena *a, const HttpOptions *o, Listener *l, Str *why) {
	Str host;
	i64 port;
	Address to;
	socklen_t len;
	if (!split(o->listen, &host, &port) || !read_address(host, port, &to, &len))
		return fail(why, ERR_INVALID, str_format(a, "Adresa %.*s nemá tvar 127.0.0.1:8080, [::1]:8080 ani unix:/cesta.", STR_ARG(o->listen)));
	l->loopback = is_loopback(&to);
	if (!l->loopback && !o->behind_proxy)    /* before the socket exists */
		return OK;
	int yes = 1;
	l->fd = socket(to.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (l->fd >= 0) {
		setsockopt(l->fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
		if (to.any.sa_family == AF_INET6)
			setsockopt(l->fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes);
	}
	if (l->fd < 0 || bind(l->fd, &to.any, len) != 0)
		return fail(why, errno == EADDRINUSE ? ERR_CONFLICT : ERR_INVALID,
			str_format(a, "Na adrese %.*s nelze poslouchat: %s. Zvolte jinou adresu nebo port.", STR_ARG(o->listen), strerror(errno)));
	return OK;
}

/* A socket that a supervisor opened for us and handed over by its number. */
static Err open_given(Str number, Listener *l, Str *why) {
	i64 fd;
	Address at;
	socklen_t len = sizeof at;
	if (!str_to_int(number, &fd) || fd < 0 || fd > 65535 || getsockname((int)fd, &at.any, &len) != 0)
		return fail(why, ERR_INVALID, S("Socket předaný dohledem neexistuje."));
	l->fd = (int)fd;
	l->loopback = is_loopback(&at);
	return OK;
}

static Err finish(const HttpOptions *o, Listener *l, Str *why) {
	if (!l->loopback && !o->behind_proxy)
		return fail(why, ERR_FORBIDDEN, S("Mimo vlastní počítač program sám neposlouchá. Předřaďte mu proxy a zapněte volbu behind_proxy."));
	if (listen(l->fd, BACKLOG) != 0)
		return fail(why, ERR_CONFLICT, S("Na zvolené adrese už poslouchá jiný program. Zvolte jinou adresu nebo port."));
	fcntl(l->fd, F_SETFL, fcntl(l->fd, F_GETFL) | O_NONBLOCK);
	Address at;
	socklen_t len = sizeof at;
	if (getsockname(l->fd, &at.any, &len) != 0)
		return fail(why, ERR_INTERNAL, S("Adresu, na které program poslouchá, nelze zjistit."));
	if (at.any.sa_family == AF_UNIX)
		return OK;
	int yes = 1;
	setsockopt(l->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);      /* its connections inherit it */
	l->port = ntohs(at.any.sa_family == AF_INET ? at.v4.sin_port : at.v6.sin6_port);
	return OK;
}

Err listen_open(Arena *a, const HttpOptions *o, Listener *ret, Str *why) {
	*ret = (Listener){.fd = -1};
	Err e = str_starts(o->listen, S("unix:")) ? open_unix(a, str_from(o->listen, 5), ret, why)
		: str_starts(o->listen, S("fd:")) ? open_given(str_from(o->listen, 3), ret, why)
		: open_tcp(a, o, ret, why);
	if (e == OK)
		e = finish(o, ret, why);
	if (e != OK)
		listen_close(ret);
	return e;
}

void listen_close(Listener *l) {
	if (l->fd >= 0)
		close(l->fd);
	if (l->unix_path.len)
		unlink(l->unix_path.ptr);
	l->fd = -1;
	l->unix_path = (Str){0};
}
