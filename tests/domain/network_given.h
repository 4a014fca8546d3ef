/* network_given.h: a network with one version, and a line that tests begin with. */
#pragma once
#include "domain/network/sit.h"
#include "tests/domain/register_edit.h"

typedef struct NetGiven {
	Given           g;
	Ctx            *c;                       /* g.c as the keeper of the network */
	Network        *network;
	NetworkVersion *version;                 /* 2025/1, effective since 1 January 2025 */
	Id              resolution;
} NetGiven;

/* The territory of the program, two providers and a service of § 40 in the field; the network with one version. */
void  network_given(NetGiven *n);
/* A line that may be written: 5.00 FTE, Liberec 60 %, Tanvald 40 %, ceiling of 2025. Not yet in the store. */
Line *network_line(NetGiven *n, const char *number);
/* In the store from 1 January 2025. */
Line *network_line_put(NetGiven *n, const char *number);
/* A municipality goes over to another district; n->c is then the keeper of the network again. */
void  town_moves(NetGiven *n, const char *town, const char *district, Date from);
