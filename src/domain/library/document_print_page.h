/* document_print_page.h: documents as PDF and DOCX. */
#pragma once
#include "domain/library/document.h"
#include "web/parts.h"

typedef struct AnnexPrint { Str title, file, href; Html text; } AnnexPrint;      /* file: "PDF, 2 MB", of an annex that is a file */
VIEW_LIST(AnnexPrint, AnnexPrints);

typedef struct DocumentPrint {
	const Document *d;
	Str             owner, about, permanent;
	Html            text;
	AnnexPrints     annexes;
} DocumentPrint;
