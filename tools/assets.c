/* assets: puts the files of assets/ and data/ into the program. Called as: assets OUT.c OUT.h FILES…
 *
 * Files of assets/ are served by the address /s/name.HASH.ext, minified and compressed both ways; files of data/ are read by
 * base/data_file.h and lie here as gzip only. The bytes go to OUT.c + ".bin", which OUT.c takes in by .incbin. */
#include <brotli/encode.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "tools/assets/minify.h"

typedef struct Part { size_t from, len; } Part;             /* of the blob */

typedef struct Type {
	const char *end, *mime;
	bool        is_text;                     /* worth compressing */
} Type;

static const Type types[] = {
	{".css", "text/css; charset=utf-8", true},
	{".js", "text/javascript; charset=utf-8", true},
	{".svg", "image/svg+xml", true},
	{".json", "application/json", true},
	{".webmanifest", "application/manifest+json", true},
	{".txt", "text/plain; charset=utf-8", true},
	{".png", "image/png", false},
	{".ico", "image/x-icon", true},
	{".woff2", "font/woff2", false},
};

static Arena arena;
static Buf   c, h, blob;
static Strs  symbols, data_names;

NO_RETURN static void stop(Str file, const char *why) {
	fprintf(stderr, "%.*s: %s\n", STR_ARG(file), why);
	exit(1);
}

static Str read_all(Str path) {
	Buf to = {0};
	FILE *f = fopen(str_z(&arena, path), "rb");
	if (!f)
		stop(path, "cannot be opened");
	char part[65536];
	for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
		buf_put(&to, part, n);
	if (ferror(f))
		stop(path, "cannot be read");
	fclose(f);
	Str all = buf_take(&to, &arena);
	buf_free(&to);
	return all;
}

static void write_all(const Buf *from, const char *path) {
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(from->len ? from->ptr : "", 1, from->len, f) != from->len || fclose(f) != 0)
		stop(str_c(path), "cannot be written");
}

static Str gzip(Str s) {
	z_stream z = {0};
	CHECK(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) == Z_OK);
	size_t room = deflateBound(&z, s.len);
	char *to = arena_alloc(&arena, room);
	z.next_in = (Bytef *)s.ptr;
	z.avail_in = (uInt)s.len;
	z.next_out = (Bytef *)to;
	z.avail_out = (uInt)room;
	CHECK(deflate(&z, Z_FINISH) == Z_STREAM_END);
	deflateEnd(&z);
	return (Str){to, z.total_out};
}

static Str brotli(Str s) {
	size_t len = BrotliEncoderMaxCompressedSize(s.len);
	char *to = arena_alloc(&arena, len);
	CHECK(BrotliEncoderCompress(11, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_TEXT, s.len, (const u8 *)s.ptr, &len, (u8 *)to));
	return (Str){to, len};
}

/* FNV-1a, stirred so that every byte reaches every digit. Not against attackers: both sides of the address are ours. */
static Str content_hash(Str s) {
	u64 n = str_hash(s);
	n = (n ^ n >> 33) * 0xff51afd7ed558ccdu;
	n = (n ^ n >> 33) * 0xc4ceb9fe1a85ec53u;
	n ^= n >> 33;
	return str_first(str_format(&arena, "%016llx", (unsigned long long)n), 10);
}

static Part put_blob(Str s) {
	Part p = {blob.len, s.len};
	buf_str(&blob, s);
	buf_char(&blob, 0);
	return p;
}

static Str symbol_of(Str name) {
	char *p = str_z(&arena, name);
	for (size_t i = 0; i < name.len; i++)
		if (!((p[i] >= 'a' && p[i] <= 'z') || (p[i] >= 'A' && p[i] <= 'Z') || (p[i] >= '0' && p[i] <= '9')))
			p[i] = '_';
	return (Str){p, name.len};
}

static void put_str_field(const char *field, Str s) {
	buf_format(&c, ".%s = {\"", field);
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '"' || s.ptr[i] == '\\')
			buf_char(&c, '\\');
		buf_char(&c, s.ptr[i]);
	}
	buf_format(&c, "\", %zu}, ", s.len);
}

static void put_part_field(const char *field, Part p) {
	if (p.len)
		buf_format(&c, ".%s = {assets_blob + %zu, %zu}, ", field, p.from, p.len);
}

static Str minified(Str name, Str bytes) {
	Buf to = {0};
	if (str_ends(name, S(".css")))
		minify_css(bytes, &to);
	else if (str_ends(name, S(".js")))
		minify_js(bytes, &to);
	else
		return bytes;
	Str all = buf_take(&to, &arena);
	buf_free(&to);
	return all;
}

static void add_asset(Str path, Str name) {
	const Type *type = types;
	while (type < types + LEN(types) && !str_ends(name, str_c(type->end)))
		type++;
	if (type == types + LEN(types))
		stop(path, "a file of this kind is unknown; add its ending to the table in tools/assets.c");
	Str symbol = symbol_of(name);
	for (size_t i = 0; i < symbols.len; i++)
		if (str_eq(symbols.at[i], symbol))
			stop(path, "its name differs from another one only in signs; rename it");
	Str bytes = minified(name, read_all(path));
	Str hash = content_hash(bytes);
	Str end = str_c(type->end);
	Str url = str_format(&arena, "/s/%.*s.%.*s%.*s", (int)(name.len - end.len), name.ptr, STR_ARG(hash), STR_ARG(end));

	buf_format(&c, "#define ASSET_%zu {", symbols.len);
	put_str_field("name", name);
	put_str_field("url", url);
	put_str_field("type", str_c(type->mime));
	put_part_field("bytes", put_blob(bytes));
	Str gz = gzip(bytes), br = brotli(bytes);
	if (type->is_text && gz.len < bytes.len)
		put_part_field("gzip", put_blob(gz));
	if (type->is_text && br.len < bytes.len)
		put_part_field("brotli", put_blob(br));
	put_str_field("etag", str_format(&arena, "\"%.*s\"", STR_ARG(hash)));
	buf_format(&c, "}\nconst Asset asset_%.*s = ASSET_%zu;\n", STR_ARG(symbol), symbols.len);
	buf_format(&h, "extern const Asset asset_%.*s;\n", STR_ARG(symbol));
	strs_add(&arena, &symbols, symbol);
}

static void add_data(Str path, Str name) {
	Str bytes = read_all(path);
	buf_format(&c, "#define DATA_FILE_%zu {", data_names.len);
	put_str_field("name", name);
	put_part_field("gzip", put_blob(gzip(bytes)));
	buf_format(&c, ".size = %zu}\n", bytes.len);
	strs_add(&arena, &data_names, name);
}

static void put_table(const char *head, const char *item, size_t n) {
	buf_format(&c, "\nconst %s_all[] = {", head);
	for (size_t i = 0; i < n; i++)
		buf_format(&c, "%s_%zu, ", item, i);
	buf_lit(&c, "{.name = {0}}};\n");     /* no table is empty in C */
}

int main(int argc, char **argv) {
	if (argc < 3) {
		fprintf(stderr, "usage: assets OUT.c OUT.h FILES…\n");
		return 2;
	}
	Str bin = str_format(&arena, "%s.bin", argv[1]);
	buf_lit(&h, "/* made from assets/ and data/ by tools/assets */\n#pragma once\n#include \"base/str.h\"\n\n"
	        "/* A file that is served as it is. gzip and brotli are {0} when they would not be smaller. etag has its quotes. */\n"
	        "typedef struct Asset { Str name, url, type, bytes, gzip, brotli, etag; } Asset;\n"
	        "extern const Asset  assets_all[];\nextern const size_t assets_count;\n\n"
	        "/* A file of data/, for base/data_file.h. */\n"
	        "typedef struct DataFile { Str name, gzip; size_t size; } DataFile;\n"
	        "extern const DataFile data_files_all[];\nextern const size_t data_files_count;\n\n");
	buf_lit(&c, "/* made from assets/ and data/ by tools/assets */\n#include \"assets.h\"\n\n");
	buf_format(&c, "__asm__(\".pushsection .rodata\\n.balign 16\\nassets_blob:\\n.incbin \\\"%.*s\\\"\\n.byte 0\\n.popsection\");\n", STR_ARG(bin));
	buf_lit(&c, "extern const char assets_blob[] __attribute__((visibility(\"hidden\")));\n\n");
	for (int i = 3; i < argc; i++) {
		Str path = str_c(argv[i]);
		if (str_starts(path, S("assets/")))
			add_asset(path, str_from(path, 7));
		else if (str_starts(path, S("data/")))
			add_data(path, str_from(path, 5));
		else
			stop(path, "is neither in assets/ nor in data/");
	}
	put_table("Asset assets", "ASSET", symbols.len);
	buf_format(&c, "const size_t assets_count = %zu;\n", symbols.len);
	put_table("DataFile data_files", "DATA_FILE", data_names.len);
	buf_format(&c, "const size_t data_files_count = %zu;\n", data_names.len);
	write_all(&blob, str_z(&arena, bin));
	write_all(&c, argv[1]);
	write_all(&h, argv[2]);
	arena_free(&arena);
	buf_free(&c), buf_free(&h), buf_free(&blob);
	return 0;
}
