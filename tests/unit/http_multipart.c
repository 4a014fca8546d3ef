#include <fcntl.h>
#include <unistd.h>

#include "http/multipart.h"
#include "tests/test.h"

#define TYPE "multipart/form-data; boundary=XyZ"
#define FIELD(name, value) "--XyZ\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_(name, file, type, value) "--XyZ\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" file "\"\r\nContent-Type: " type "\r\n\r\n" value "\r\n"
#define LAST "--XyZ--\r\n"

typedef struct Form {
	Params      fields;
	Uploads     files;
	const char *why;
	bool        ok;
} Form;

static Form read_form(Str type, Str body) {
	Form f = {0};
	f.ok = http_read_multipart(t_arena, type, body, 10, &f.fields, &f.files, &f.why);
	EXPECT(f.ok || (f.why && f.why[0]));
	return f;
}

static bool refuses(Str body) {
	return !read_form(S(TYPE), body).ok;
}

TEST("http multipart: fields and files come with their names") {
	Form f = read_form(S(TYPE), S(FIELD("nazev", "Dům U Lípy\r\nTanvald") FILE_("priloha", "Žádost.pdf", "application/pdf", "%PDF\0\r\n--Xy") LAST));
	EXPECT(f.ok);
	EQ_INT(f.fields.len, 1);
	EQ_TEXT(f.fields.at[0].name, "nazev");
	EQ_TEXT(f.fields.at[0].value, "Dům U Lípy\r\nTanvald");
	EQ_INT(f.files.len, 1);
	EQ_TEXT(f.files.at[0].field, "priloha");
	EQ_TEXT(f.files.at[0].file_name, "Žádost.pdf");
	EQ_TEXT(f.files.at[0].type, "application/pdf");
	EQ_STR(f.files.at[0].bytes, S("%PDF\0\r\n--Xy"));
	EQ_INT(f.files.at[0].size, 11);
	EQ_INT(f.files.at[0].fd, -1);
}

TEST("http multipart: it does not matter where the pieces are cut") {
	Str body = S(FIELD("a", "1") FILE_("f", "x.bin", "a/b", "\r\n--Xy\r\n--XyY\r\n") FIELD("b", "") LAST);
	for (size_t cut = 0; cut <= body.len; cut++) {
		Multipart m = {.arena = t_arena, .limit = 10, .files = true};
		EXPECT(multipart_start(&m, S(TYPE)));
		MUST(multipart_add(&m, str_first(body, cut)));
		MUST(multipart_add(&m, str_from(body, cut)));
		MUST(multipart_end(&m));
		EQ_INT(m.fields.len, 2);
		EQ_STR(m.uploads.at[0].bytes, S("\r\n--Xy\r\n--XyY\r\n"));
	}
	Multipart m = {.arena = t_arena, .limit = 10, .files = true};
	EXPECT(multipart_start(&m, S(TYPE)));
	for (size_t i = 0; i < body.len; i++)
		MUST(multipart_add(&m, str_of(body.ptr + i, 1)));
	MUST(multipart_end(&m));
	EQ_STR(m.uploads.at[0].bytes, S("\r\n--Xy\r\n--XyY\r\n"));
}

TEST("http multipart: a file field that was left empty is not listed, an empty file is") {
	Form f = read_form(S(TYPE), S(FILE_("a", "", "application/octet-stream", "") FILE_("b", "prazdny.csv", "text/csv", "") LAST));
	EXPECT(f.ok);
	EQ_INT(f.files.len, 1);
	EQ_TEXT(f.files.at[0].field, "b");
	EQ_INT(f.files.at[0].size, 0);
}

TEST("http multipart: a quote in a name comes as %22, a backslash stays a backslash") {
	Form f = read_form(S(TYPE), S(FILE_("f", "C:\\a%22b.txt", "text/plain", "x") LAST));
	EXPECT(f.ok);
	EQ_TEXT(f.files.at[0].file_name, "C:\\a\"b.txt");
}

TEST("http multipart: large files go to a file without a name, small ones and fields stay in memory") {
	Multipart m = {.arena = t_arena, .limit = 10, .files = true, .folder = S("/tmp")};
	char piece[10000];
	memset(piece, 'q', sizeof piece);
	EXPECT(multipart_start(&m, S(TYPE)));
	MUST(multipart_add(&m, S(FILE_("small", "a", "t/t", "abc") "--XyZ\r\nContent-Disposition: form-data; name=\"big\"; filename=\"b\"\r\n\r\n")));
	for (int i = 0; i < 100; i++)
		MUST(multipart_add(&m, str_of(piece, sizeof piece)));
	MUST(multipart_add(&m, S("\r\n" FIELD("a", "1") LAST)));
	MUST(multipart_end(&m));
	EQ_INT(m.uploads.at[0].fd, -1);
	Upload *big = &m.uploads.at[1];
	EXPECT(big->fd >= 0);
	EQ_INT(big->size, 1000000);
	EQ_INT(lseek(big->fd, 0, SEEK_CUR), 0);
	EQ_INT(lseek(big->fd, 0, SEEK_END), 1000000);
	EQ_INT(m.fields.len, 1);
	int fd = big->fd;
	arena_free(t_arena);
	EQ_INT(fcntl(fd, F_GETFD), -1);          /* closed with the arena */
}

TEST("http multipart: a folder that cannot hold a file is a storage error") {
	Multipart m = {.arena = t_arena, .limit = 10, .files = true, .folder = S("/nowhere")};
	EXPECT(multipart_start(&m, S(TYPE)));
	MUST(multipart_add(&m, S("--XyZ\r\nContent-Disposition: form-data; name=\"big\"; filename=\"b\"\r\n\r\n")));
	char *much = arena_alloc(t_arena, 300000);
	EQ_INT(multipart_add(&m, str_of(much, 300000)), ERR_STORAGE);
	EXPECT(m.why && m.why[0]);
}

TEST("http multipart: what no browser would send is refused") {
	EXPECT(refuses(S("")));
	EXPECT(refuses(S(FIELD("a", "1"))));                                        /* no end */
	EXPECT(refuses(S("preamble\r\n" FIELD("a", "1") LAST)));
	EXPECT(refuses(S(FIELD("a", "1") LAST "more")));
	EXPECT(refuses(S("--XyZ \r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n" LAST)));
	EXPECT(refuses(S("--XyZ\r\n\r\n1\r\n" LAST)));                              /* no name */
	EXPECT(refuses(S("--XyZ\r\nContent-Disposition: form-data\r\n\r\n1\r\n" LAST)));
	EXPECT(refuses(S("--XyZ\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n" LAST)));
	EXPECT(refuses(S("--XyZ\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n" LAST)));
	EXPECT(refuses(S("--XyZ\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\n1\r\n" LAST)));
	EXPECT(refuses(S("--XyZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n" LAST)));
	EXPECT(refuses(S("--XyZ\r\nContent-Disposition: form-data; name=\"a\"x\r\n\r\n1\r\n" LAST)));
	EXPECT(refuses(S("--XyZ\r\nContent-Disposition: form-data; name=\"a\"; filename*=UTF-8''b\r\n\r\n1\r\n" LAST)));
	EXPECT(refuses(S("--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n1\r\n" LAST)));
	EXPECT(refuses(S("--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==\r\n" LAST)));
	EXPECT(refuses(S("--XyZ\r\nno colon\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n" LAST)));
}

TEST("http multipart: control characters and broken UTF-8 are refused in names and fields, not in files") {
	EXPECT(refuses(S(FIELD("a\x01", "1") LAST)));
	EXPECT(refuses(S(FIELD("a", "\x01") LAST)));
	EXPECT(refuses(S(FIELD("a", "\xff") LAST)));
	EXPECT(refuses(S(FIELD("a", "b\0c") LAST)));
	EXPECT(refuses(S(FILE_("a", "\xff.txt", "t/t", "1") LAST)));
	EXPECT(!refuses(S(FILE_("a", "a.bin", "t/t", "\xff\0\x01") LAST)));
}

TEST("http multipart: too many parts, files where none belong, and long heads are refused") {
	Buf b = {0};
	for (int i = 0; i < 10; i++)
		buf_lit(&b, FIELD("a", "1"));
	Str ten = str_dup(t_arena, buf_view(&b));
	EXPECT(!refuses(str_cat(t_arena, ten, S(LAST))));
	EXPECT(refuses(str_cat(t_arena, ten, S(FIELD("a", "1") LAST))));
	Params fields;
	const char *why;
	EXPECT(!http_read_multipart(t_arena, S(TYPE), S(FILE_("a", "a", "t/t", "1") LAST), 10, &fields, NULL, &why));
	b.len = 0;
	buf_lit(&b, "--XyZ\r\nX: ");
	for (int i = 0; i < 9000; i++)
		buf_char(&b, 'x');
	buf_lit(&b, "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n" LAST);
	EXPECT(refuses(buf_view(&b)));
	buf_free(&b);
}

TEST("http multipart: a field that is longer than a megabyte is too large") {
	Multipart m = {.arena = t_arena, .limit = 10, .files = true};
	EXPECT(multipart_start(&m, S(TYPE)));
	MUST(multipart_add(&m, S("--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n")));
	char *much = arena_alloc(t_arena, 1200000);
	EQ_INT(multipart_add(&m, str_of(much, 1200000)), ERR_TOO_LARGE);
}

TEST("http multipart: the type must be form-data with one sound boundary") {
	Str body = S(FIELD("a", "1") LAST);
	EXPECT(read_form(S("Multipart/Form-Data; charset=utf-8; BOUNDARY=\"XyZ\""), body).ok);
	EXPECT(!read_form(S("multipart/form-data"), body).ok);
	EXPECT(!read_form(S("multipart/form-data; boundary="), body).ok);
	EXPECT(!read_form(S("multipart/form-data; boundary=\"\""), body).ok);
	EXPECT(!read_form(S("multipart/form-data; boundary=XyZ; boundary=XyZ"), body).ok);
	EXPECT(!read_form(S("multipart/form-data; boundary=X Z"), body).ok);
	EXPECT(!read_form(S("multipart/form-data; boundary=aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhh"), body).ok);
	EXPECT(!read_form(S("multipart/mixed; boundary=XyZ"), body).ok);
}
