#include "app/app.h"

#include <string.h>

#include "core/print.h"
#include "core/scan.h"

typedef struct Known {
	const char *name;
	Str        *text;
	bool       *flag;
} Known;

static const Known *find(const Known *known, size_t n, Str name) {
	for (size_t i = 0; i < n; i++)
		if (str_eq(str_c(known[i].name), name))
			return &known[i];
	return NULL;
}

bool app_read_options(Arena *a, int argc, char **argv, AppOptions *o, Str *why) {
	*o = (AppOptions){.db = S("var/sitovka.db"), .listen = S("127.0.0.1:8080"), .size = S("S")};
	Str sandbox = {0};
	const Known known[] = {
		{"--db", &o->db, NULL}, {"--listen", &o->listen, NULL}, {"--origin", &o->origin, NULL}, {"--proxy", &o->proxy, NULL},
		{"--sandbox", &sandbox, NULL},
		{"--state", &o->state, NULL}, {"--keys", &o->keys, NULL}, {"--oidc-secret", &o->oidc_secret, NULL}, {"--size", &o->size, NULL},
		{"--without", &o->without, NULL}, {"--mail-password", &o->mail_password, NULL},
		{"--mail-ca", &o->mail_ca, NULL}, {"--backups", &o->backups, NULL}, {"--backup-key", &o->backup_key, NULL}, {"--backup-private-key", &o->backup_private_key, NULL},
		{"--log", &o->log, NULL}, {"--pdf-command", &o->pdf_command, NULL}, {"--scanner", &o->scanner, NULL},
		{"--behind-proxy", NULL, &o->behind_proxy}, {"--quiet", NULL, &o->quiet},
	};
	o->argv = NEW_ARRAY(a, char *, argc + 1);
	for (int i = 0; i < argc; i++) {
		Str rest = str_c(argv[i]), name = str_cut(&rest, '=');
		bool has_value = name.len < strlen(argv[i]);
		const Known *k = find(known, LEN(known), name);
		if (!k) {
			o->argv[o->argc++] = argv[i];
			continue;
		}
		if (k->flag) {
			*k->flag = true;
			continue;
		}
		if (!has_value && i + 1 == argc) {
			*why = str_format(a, "Option %s needs a value.", k->name);
			return false;
		}
		*k->text = has_value ? rest : str_c(argv[++i]);
	}
	o->sandbox = sandbox_standard();
	if (sandbox.len && !sandbox_read_answer(sandbox, &o->sandbox)) {
		*why = S("The sandbox is kill, name, log or off.");
		return false;
	}
	if (o->pdf_command.len && !print_set_command(o->pdf_command)) {
		*why = S("The command that makes PDFs begins with the whole path of a program and has at most 16 words.");
		return false;
	}
	if (o->scanner.len && !scan_socket_fine(o->scanner)) {
		*why = S("The scanner is the whole path of a UNIX socket, at most 107 bytes: /run/clamav/clamd.ctl.");
		return false;
	}
	return true;
}

int app_given_socket(const AppOptions *o) {
	i64 fd;
	return str_starts(o->listen, S("fd:")) && str_to_int(str_from(o->listen, 3), &fd) && fd >= 3 && fd < 4096 ? (int)fd : 0;
}
