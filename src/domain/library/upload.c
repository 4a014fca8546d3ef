/* upload.c: what is taken from people as a file. */
#include "domain/library/upload.h"

#include "base/format.h"
#include "base/text.h"

static const struct { const char *ending, *type, *word; } taken[] = {
	{".pdf", "application/pdf", "PDF"},
	{".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"},
	{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"},
	{".csv", "text/plain", "CSV"},
	{".png", "image/png", "PNG"},
	{".jpg", "image/jpeg", "JPG"},
	{".jpeg", "image/jpeg", "JPG"},
};

static const char *type_of_name(Arena *a, Str name) {
	Str lower = str_lower_ascii(a, name);
	for (size_t i = 0; i < LEN(taken); i++)
		if (str_ends(lower, str_c(taken[i].ending)))
			return taken[i].type;
	return NULL;
}

Err upload_stage(Ctx *c, const char *field, Str name, Str bytes, int fd, u64 size, StoredFile *ret) {
	const char *type = type_of_name(c->arena, name);
	Str         shown = utf8_first(name, 80);
	i64         most = setting_int(c, "library.upload_mb");
	if (!type)
		return fail(c, ERR_INVALID, field, "Soubor „%.*s“ nahrát nejde. Přijímáme PDF, DOCX, XLSX, CSV, PNG a JPG.", STR_ARG(shown));
	if (size == 0)
		return fail(c, ERR_INVALID, field, "Soubor „%.*s“ je prázdný. Vyberte jiný.", STR_ARG(shown));
	if (size > (u64)most << 20)
		return fail(c, ERR_INVALID, field, "Soubor „%.*s“ má víc než %lld MB. Zmenšete jej, nebo rozdělte.", STR_ARG(shown), (long long)most);
	TRY(files_stage(c, bytes, fd, ret));
	ret->name = utf8_first(name, 150);
	if (!str_eq(ret->type, str_c(type)))
		return fail(c, ERR_INVALID, field, "Obsah souboru „%.*s“ neodpovídá jeho příponě. Uložte jej znovu ve správném formátu.", STR_ARG(shown));
	return OK;
}

Str upload_words(Arena *a, const StoredFile *f) {
	CLEANUP(buf_free) Buf b = {0};
	const char *word = "soubor";
	for (size_t i = 0; i < LEN(taken); i++)
		if (str_eq(f->type, str_c(taken[i].type))) {
			word = taken[i].word;
			break;
		}
	buf_format(&b, "%s, ", word);
	fmt_file_size(&b, f->size);
	return buf_take(&b, a);
}
