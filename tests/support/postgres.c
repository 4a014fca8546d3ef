#include "tests/support/postgres.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/test.h"

static Arena   names;
static PGconn *server;

static void leave(void) {
	arena_free(&names);                          /* drops what the program kept */
	PQfinish(server);
}

static void connect_server(void) {
	if (server)
		return;
	server = PQconnectdb(getenv("SITOVKA_TEST_DB"));
	if (PQstatus(server) != CONNECTION_OK)
		test_fail(__FILE__, __LINE__, "%s", PQerrorMessage(server));
	atexit(leave);
}

static bool run(const char *command) {
	PGresult *res = PQexec(server, command);
	bool ok = PQresultStatus(res) == PGRES_COMMAND_OK || PQresultStatus(res) == PGRES_TUPLES_OK;
	PQclear(res);
	return ok;
}

void test_postgres_do(const char *command) {
	connect_server();
	if (!run(command))
		test_fail(__FILE__, __LINE__, "%s: %s", command, PQerrorMessage(server));
}

static void drop(void *name) {
	char command[128];
	snprintf(command, sizeof command, "DROP DATABASE IF EXISTS %s WITH (FORCE)", (const char *)name);
	if (!run(command))
		fprintf(stderr, "# %s: %s", command, PQerrorMessage(server));
}

/* The address of the server with another database: postgresql://…/NAME?… */
static const char *address_of(Arena *a, const char *name) {
	Str url = str_c(getenv("SITOVKA_TEST_DB")), query = {0};
	i64 mark = str_find_char(url, '?');
	if (mark >= 0) {
		query = str_from(url, (size_t)mark);
		url = str_first(url, (size_t)mark);
	}
	i64 slash = str_find_char(str_from(url, strlen("postgresql://")), '/');
	CHECK(slash >= 0);
	return str_z(a, str_format(a, "%.*s/%s%.*s", STR_ARG(str_first(url, strlen("postgresql://") + (size_t)slash)), name, STR_ARG(query)));
}

static const char *name_in(const char *address, char *to, size_t size) {
	Str s = str_from(str_c(address), strlen("postgresql://"));
	s = str_from(s, (size_t)str_find_char(s, '/') + 1);
	Str name = str_cut(&s, '?');
	snprintf(to, size, "%.*s", STR_ARG(name));
	return to;
}

const char *test_postgres_create(Arena *a, const char *like) {
	static int number;
	char command[256], name[64], from[64];
	snprintf(name, sizeof name, "test_%d_%d", (int)getpid(), ++number);
	snprintf(command, sizeof command, "CREATE DATABASE %s TEMPLATE %s ENCODING 'UTF8' LOCALE 'C' STRATEGY FILE_COPY", name,
		like ? name_in(like, from, sizeof from) : "template0");
	test_postgres_do(command);
	arena_defer(a == t_arena ? a : &names, drop, str_z(&names, str_c(name)));
	return address_of(a, name);
}
