/* files_type.c: what a file is, by its bytes; the name says nothing. */
#include "core/files.h"

static const struct {
	Str bytes, type;
} beginnings[] = {
	{{"%PDF-", 5}, {"application/pdf", 15}},
	{{"\x89PNG\r\n\x1A\n", 8}, {"image/png", 9}},
	{{"\xFF\xD8\xFF", 3}, {"image/jpeg", 10}},
	{{"\x1F\x8B", 2}, {"application/gzip", 16}},
	{{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8}, {"application/x-ole-storage", 25}},      /* xls, doc */
	{{"\xFF\xFE", 2}, {"text/plain", 10}},                                              /* UTF-16 */
	{{"\xFE\xFF", 2}, {"text/plain", 10}},
};

/* Workbooks and documents are archives; the list of what is inside stands at the end. */
static Str type_of_zip(Str tail) {
	if (str_has(tail, S("xl/workbook.xml")))
		return S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
	if (str_has(tail, S("word/document.xml")))
		return S("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
	return S("application/zip");
}

/* Text of any encoding of an office: no control characters but those of lines. */
static bool is_text(Str head) {
	for (size_t i = 0; i < head.len; i++) {
		u8 c = (u8)head.ptr[i];
		if (c == 0x7F || (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f'))
			return false;
	}
	return head.len > 0;
}

Str file_type(Str head, Str tail) {
	for (size_t i = 0; i < LEN(beginnings); i++)
		if (str_starts(head, beginnings[i].bytes))
			return beginnings[i].type;
	if (str_starts(head, S("PK\x03\x04")))
		return type_of_zip(tail);
	if (!is_text(head))
		return S("application/octet-stream");
	Str start = str_trim(str_starts(head, S("\xEF\xBB\xBF")) ? str_from(head, 3) : head);
	if (str_starts(start, S("{")) || str_starts(start, S("[")))
		return S("application/json");
	if (str_starts(start, S("<?xml")))
		return S("application/xml");
	return S("text/plain");
}
