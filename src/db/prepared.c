#include "db/engine.h"

#include <stdlib.h>

static size_t place(const Cache *k, const Sql *sql) {
	size_t i = (size_t)(((u64)(uintptr_t)sql >> 4) * 0x9E3779B97F4A7C15u >> 32);
	while (k->slots[i & (k->cap - 1)].sql && k->slots[i & (k->cap - 1)].sql != sql)
		i++;
	return i & (k->cap - 1);
}

void *prepared_get(const Cache *k, const Sql *sql) {
	return k->cap ? k->slots[place(k, sql)].prepared : NULL;
}

static void grow(Cache *k) {
	Cache bigger = {.cap = k->cap ? k->cap * 2 : 128, .len = k->len};
	bigger.slots = calloc(bigger.cap, sizeof *bigger.slots);
	CHECK(bigger.slots != NULL);
	for (size_t i = 0; i < k->cap; i++)
		if (k->slots[i].sql)
			bigger.slots[place(&bigger, k->slots[i].sql)] = k->slots[i];
	free(k->slots);
	*k = bigger;
}

void prepared_put(Cache *k, const Sql *sql, void *prepared) {
	if (k->len * 2 >= k->cap)
		grow(k);
	size_t i = place(k, sql);
	CHECK(k->slots[i].sql == NULL);
	k->slots[i] = (struct CacheSlot){sql, prepared};
	k->len++;
}

void prepared_clear(Cache *k, void (*release)(void *)) {
	for (size_t i = 0; i < k->cap; i++)
		if (k->slots[i].sql)
			release(k->slots[i].prepared);
	free(k->slots);
	*k = (Cache){0};
}
