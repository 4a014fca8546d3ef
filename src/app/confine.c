/* confine.c: what the serving process gives up before it takes work: rights, files, calls of the kernel (docs/hardening.md). */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "app/app.h"

/* A line of the log, for the administrator. */
static void tell(const char *what, const char *why) {
	fprintf(stderr, "{\"sandbox\":\"%s\",\"why\":\"%s\"}\n", what, why);
}

static const char *folder_of(Arena *a, Str file) {
	size_t n = file.len;
	while (n && file.ptr[n - 1] != '/')
		n--;
	return n > 1 ? str_z(a, str_first(file, n - 1)) : n == 1 ? "/" : ".";
}

static bool is_postgres(const App *app) {
	return db_engine(app->db) == ENGINE_POSTGRES;
}

/* Names of hosts, certificates of authorities, the clock's zones and libraries that a resolver loads. */
static const SandboxPath readable[] = {
	{"/etc", PATH_READ}, {"/usr/share/zoneinfo", PATH_READ}, {"/usr/share/ca-certificates", PATH_READ}, {"/usr/local/share/ca-certificates", PATH_READ},
	{"/usr/share/icu", PATH_READ}, {"/usr/lib", PATH_READ}, {"/lib", PATH_READ}, {"/lib64", PATH_READ}, {"/run/systemd/resolve", PATH_READ},
	{"/dev/urandom", PATH_READ}, {"/dev/null", PATH_WRITE}, {"/proc/self", PATH_READ}, {"/proc/meminfo", PATH_READ}, {"/sys/devices/system/cpu", PATH_READ},
};

void app_confine_files(App *app) {
	Arena      *a = &app->arena;
	SandboxPath list[LEN(readable) + 12];
	size_t      n = LEN(readable);
	const char *why = NULL, *credentials = getenv("CREDENTIALS_DIRECTORY");
	const Str   given[] = {app->o.mail_password, app->o.mail_ca, app->o.backup_key, app->o.backup_private_key};
	sandbox_process();
	if (app->o.sandbox == SANDBOX_OFF || app->o.sandbox == SANDBOX_LOG)          /* Landlock cannot only tell */
		return;
	memcpy(list, readable, sizeof readable);
	list[n++] = (SandboxPath){str_z(a, app->state_folder), PATH_WRITE};
	list[n++] = (SandboxPath){P_tmpdir, PATH_WRITE};
	if (!is_postgres(app))
		list[n++] = (SandboxPath){folder_of(a, app->o.db), PATH_WRITE};
	if (app->o.backups.len && (mkdir(str_z(a, app->o.backups), 0700) == 0 || errno == EEXIST))
		list[n++] = (SandboxPath){str_z(a, app->o.backups), PATH_WRITE};
	if (app->o.log.len)                              /* opened again after it was moved away */
		list[n++] = (SandboxPath){folder_of(a, app->o.log), PATH_WRITE};
	for (size_t i = 0; i < LEN(given); i++)
		if (given[i].len)
			list[n++] = (SandboxPath){str_z(a, given[i]), PATH_READ};
	if (credentials)
		list[n++] = (SandboxPath){credentials, PATH_READ};
	if (str_starts(app->o.listen, S("unix:")))       /* its file is removed at the end */
		list[n++] = (SandboxPath){folder_of(a, str_from(app->o.listen, 5)), PATH_WRITE};
	CHECK(n <= LEN(list));
	if (!sandbox_paths(list, n, true, &why))
		tell("files are not confined", why);
}

bool app_confine_calls(App *app) {
	const char *why = NULL;
	if (sandbox_calls(SANDBOX_WEB, app->o.sandbox, true, &why))       /* letters still leave from here */
		return true;
	tell("calls are not confined", why);
	return false;
}
