#include "app/app.h"

#include <string.h>

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
	const Known known[] = {
		{"--db", &o->db, NULL}, {"--listen", &o->listen, NULL}, {"--origin", &o->origin, NULL}, {"--proxy", &o->proxy, NULL},
		{"--state", &o->state, NULL}, {"--keys", &o->keys, NULL}, {"--size", &o->size, NULL}, {"--mail-password", &o->mail_password, NULL},
		{"--mail-ca", &o->mail_ca, NULL}, {"--backups", &o->backups, NULL}, {"--backup-key", &o->backup_key, NULL}, {"--backup-private-key", &o->backup_private_key, NULL},
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
	return true;
}
