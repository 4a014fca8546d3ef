/* listen.h: the listening socket and whether we may have it; addresses of the other end. */
#pragma once
#include <sys/socket.h>

#include "http/http.h"

typedef struct Listener {
	int  fd;
	int  port;                               /* 0 for a unix socket */
	Str  unix_path;                          /* to be removed at the end; empty = none */
	bool loopback;
} Listener;

/* Opens and listens. Beyond loopback only with `behind_proxy`. *why: a Czech sentence. */
MUST_USE Err listen_open(Arena *a, const HttpOptions *o, Listener *ret, Str *why);
void         listen_close(Listener *l);
/* Names that the server answers to when none are configured. */
Strs         listen_hosts(Arena *a, const HttpOptions *o);

enum { ADDRESS_TEXT = 48 };
/* Address of a peer as text: IPv4 inside IPv6 is written as IPv4; a unix socket is "unix". Returns the length. */
size_t       address_text(const struct sockaddr *from, socklen_t len, char to[ADDRESS_TEXT]);
/* The same spelling for an address that somebody typed. False when it is none. */
bool         address_normal(Str typed, char to[ADDRESS_TEXT], size_t *len);
