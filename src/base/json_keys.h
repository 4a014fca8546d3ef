/* json_keys.h: the keys of all objects that are open at once, to refuse a key that stands twice. Only the reader needs it.
 *
 * Keys come and go as a stack, so one open-addressed table serves all depths: taking away the newest key never breaks the chain
 * of an older one. Memory is bounded by JSON_KEYS_BYTES and by JSON_KEYS_OBJECT per open object. */
#pragma once
#include "base/str.h"

enum { JSON_KEYS_OBJECT = 4096, JSON_KEYS_BYTES = 1024 * 1024 };

typedef struct JsonKey {
	u32 hash, at, len, slot;
	u32 depth;                               /* of its object: among open objects a depth is a name */
} JsonKey;

typedef struct JsonKeys {
	Arena   *arena;
	u64      seed;                           /* of this process: a file cannot be made to collide */
	JsonKey *list;
	size_t   len, cap;
	char    *bytes;
	size_t   used, room;
	u32     *slots;                          /* index into list + 1; 0 = free */
	size_t   slot_count;
} JsonKeys;

typedef enum JsonKeyKind { KEY_NEW, KEY_DOUBLE, KEY_TOO_MANY } JsonKeyKind;

void        json_keys_start(JsonKeys *k, Arena *a);
JsonKeyKind json_keys_add(JsonKeys *k, Str key, int depth);
/* The object is closed: forget all keys beyond the first `len`, the number that was there when it opened. */
void        json_keys_drop(JsonKeys *k, size_t len);
