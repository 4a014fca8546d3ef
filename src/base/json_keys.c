#include "base/json_keys.h"
#include "base/hash.h"

__extension__ typedef unsigned __int128 Wide;

static u64 mix(u64 a, u64 b) {
	Wide p = (Wide)a * b;
	return (u64)p ^ (u64)(p >> 64);
}

static u32 hash_of(const JsonKeys *k, Str key, int depth) {
	u64 h = k->seed + (u64)depth * 0x9E3779B97F4A7C15u + key.len;
	for (; key.len >= 8; key = (Str){key.ptr + 8, key.len - 8}) {
		u64 eight;
		memcpy(&eight, key.ptr, 8);
		h = mix(h ^ eight, 0xA0761D6478BD642Fu);
	}
	u64 last = 0;
	for (size_t i = 0; i < key.len; i++)
		last = last << 8 | (u8)key.ptr[i];
	return (u32)mix(h ^ last ^ k->seed, 0xE7037ED1A0B428DBu);
}

void json_keys_start(JsonKeys *k, Arena *a) {
	*k = (JsonKeys){.arena = a, .seed = fast_hash(S("json keys")), .room = 1024, .slot_count = 64};
	k->bytes = arena_alloc(a, k->room);
	k->slots = NEW_ARRAY(a, u32, k->slot_count);
}

static void put(JsonKeys *k, size_t index) {
	size_t mask = k->slot_count - 1, slot = k->list[index].hash & mask;
	while (k->slots[slot])
		slot = (slot + 1) & mask;
	k->slots[slot] = (u32)index + 1;
	k->list[index].slot = (u32)slot;
}

static void grow_table(JsonKeys *k) {
	k->slot_count *= 2;
	k->slots = NEW_ARRAY(k->arena, u32, k->slot_count);
	for (size_t i = 0; i < k->len; i++)      /* in the order of the stack, which json_keys_drop relies on */
		put(k, i);
}

static bool is_known(const JsonKeys *k, Str key, u32 hash, int depth) {
	size_t mask = k->slot_count - 1;
	for (size_t slot = hash & mask; k->slots[slot]; slot = (slot + 1) & mask) {
		const JsonKey *old = &k->list[k->slots[slot] - 1];
		if (old->hash == hash && old->depth == (u32)depth && str_eq(str_of(k->bytes + old->at, old->len), key))
			return true;
	}
	return false;
}

static void make_room(JsonKeys *k, size_t n) {
	if (k->room - k->used >= n)
		return;
	size_t room = k->room;
	while (room - k->used < n)
		room *= 2;
	char *bytes = arena_alloc(k->arena, room);
	memcpy(bytes, k->bytes, k->used);
	k->bytes = bytes;
	k->room = room;
}

JsonKeyKind json_keys_add(JsonKeys *k, Str key, int depth) {
	u32 hash = hash_of(k, key, depth);
	if (is_known(k, key, hash, depth))
		return KEY_DOUBLE;
	if (key.len > JSON_KEYS_BYTES - k->used)
		return KEY_TOO_MANY;
	make_room(k, key.len);
	if (key.len)
		memcpy(k->bytes + k->used, key.ptr, key.len);
	*ARENA_PUSH(k->arena, k->list, k->len, k->cap) =
		(JsonKey){.hash = hash, .at = (u32)k->used, .len = (u32)key.len, .depth = (u32)depth};
	k->used += key.len;
	if (k->len * 2 > k->slot_count)
		grow_table(k);
	else
		put(k, k->len - 1);
	return KEY_NEW;
}

void json_keys_drop(JsonKeys *k, size_t len) {
	while (k->len > len) {
		JsonKey *last = &k->list[--k->len];
		k->slots[last->slot] = 0;
		k->used = last->at;
	}
}
