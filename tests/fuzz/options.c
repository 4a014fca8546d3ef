/* Options of the command line, each line an argument: read, or refused with a sentence; nothing is lost. */
#include "app/app.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena      a = {0};
	int        argc = 0;
	char      *argv[64];
	Str        why = {0};
	AppOptions o;
	for (Str rest = str_of((const char *)data, size); rest.len && argc < (int)LEN(argv);)
		argv[argc++] = str_z(&a, str_cut(&rest, '\n'));
	if (app_read_options(&a, argc, argv, &o, &why)) {
		CHECK(o.argc <= argc && o.listen.ptr && o.db.ptr);
		for (int i = 0; i < o.argc; i++)
			CHECK(o.argv[i] != NULL);
	} else {
		CHECK(why.len > 0);
	}
	arena_free(&a);
	return 0;
}
