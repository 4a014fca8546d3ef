#include "core/record.h"

enum { MAX_KINDS = 64 };
static const RecordKind *kinds[MAX_KINDS];
static size_t            kind_count;

void records_setup(const RecordKind *const *lists, const size_t *counts, size_t list_count) {
	kind_count = 0;
	for (size_t i = 0; i < list_count; i++)
		for (size_t k = 0; k < counts[i]; k++) {
			CHECK(kind_count < MAX_KINDS);
			kinds[kind_count++] = &lists[i][k];
		}
}

static const RecordKind *kind_of(Str object) {
	for (size_t i = 0; i < kind_count; i++)
		if (str_eq(str_c(kinds[i]->object), object))
			return kinds[i];
	return NULL;
}

bool record_is_known(const char *object) {
	return kind_of(str_c(object)) != NULL;
}

Err record_find(Ctx *c, Str object, Id id, Record *ret) {
	const RecordKind *kind = kind_of(object);
	if (!kind)
		return fail(c, ERR_NOT_FOUND, NULL, "Takový záznam neexistuje, nebo k němu nemáte přístup.");
	*ret = (Record){.object = kind->object, .id = id, .kind = str_c(kind->title)};
	return kind->find(c, id, ret);
}

Err record_read(Ctx *c, Str address, Record *ret) {
	Str rest = address, object = str_cut(&rest, '-');
	Id  id;
	if (!str_to_int(rest, &id) || id <= 0)
		return fail(c, ERR_NOT_FOUND, NULL, "Takový záznam neexistuje, nebo k němu nemáte přístup.");
	return record_find(c, object, id, ret);
}

Err record_followers(Ctx *c, Str object, Id id, RecordFollowers *ret) {
	const RecordKind *kind = kind_of(object);
	*ret = (RecordFollowers){0};
	return kind && kind->followers ? kind->followers(c, id, ret) : OK;
}

Str record_address(Arena *a, Str object, Id id) {
	return str_format(a, "%.*s-%lld", STR_ARG(object), (long long)id);
}
