/* Markdown as paragraphs: cutting, writing again, anchors in the text. */
#include "base/hash.h"
#include "domain/library/paragraphs.h"
#include "tests/test.h"

static Paragraphs read_text(const char *text) {
	Paragraphs p;
	Str        why = {0};
	MUST(paragraphs_read(t_arena, str_c(text), &p, &why));
	return p;
}

TEST("paragraphs: each kind of Markdown becomes a paragraph of its own, with its words") {
	Paragraphs p = read_text("# Popisná část\n\nPrvní řádek\ndruhý řádek s *důrazem* a [odkazem](/sit).\n- jeden\n- dva\n  - pod dvěma\n\n"
	                         "3. třetí\n> citace\n> dál\n\n| Okres | Služeb |\n|---|---:|\n| Liberec | 12 |\n: Služby\n\n"
	                         "![Služby podle druhu](zivy-udaj:sluzby-druhy)\n\n[^1]: Poznámka.\n```\nkód  s mezerami\n```\n");
	static const ParagraphKind kinds[] = {PARAGRAPH_HEADING, PARAGRAPH_TEXT, PARAGRAPH_ITEM, PARAGRAPH_ITEM, PARAGRAPH_ITEM, PARAGRAPH_QUOTE,
		PARAGRAPH_TABLE, PARAGRAPH_FIGURE, PARAGRAPH_NOTE, PARAGRAPH_CODE};
	EQ_INT(p.len, LEN(kinds));
	for (size_t i = 0; i < p.len; i++)
		EQ_INT(p.at[i].kind, kinds[i]);
	EQ_INT(p.at[0].level, 1);
	EQ_TEXT(p.at[0].text, "Popisná část");
	EQ_TEXT(p.at[1].source, "První řádek druhý řádek s *důrazem* a [odkazem](/sit).");
	EQ_TEXT(p.at[1].text, "První řádek druhý řádek s důrazem a odkazem.");
	EQ_TEXT(p.at[3].text, "dva pod dvěma");
	EQ_INT(p.at[4].level, 3);
	EQ_TEXT(p.at[5].text, "citace dál");
	EQ_TEXT(p.at[6].text, "Služby | Okres | Služeb | Liberec | 12");
	EQ_TEXT(p.at[7].text, "Služby podle druhu");
	EQ_TEXT(p.at[8].text, "Poznámka.");
}

TEST("paragraphs: a paragraph that begins with a date is no item of a list") {
	Paragraphs p = read_text("1. ledna 2024 začal plán platit.\n\n16. 11. 2023 se konalo projednání.\n\n1. Ledovec není měsíc");
	EQ_INT(p.at[0].kind, PARAGRAPH_TEXT);
	EQ_INT(p.at[1].kind, PARAGRAPH_TEXT);
	EQ_INT(p.at[2].kind, PARAGRAPH_ITEM);
}

TEST("paragraphs: anchors stand in a line below and come back as they were; people who edit do not see them") {
	const char *text = "## Síť\n{#a2b3}\n\nText.\n{#c4d5 e6f7}\n\n- bod\n{#g2h3}\n- druhý\n";
	Paragraphs  p = read_text(text);
	EQ_INT(p.len, 4);
	EQ_TEXT(p.at[0].anchor, "a2b3");
	EQ_TEXT(p.at[1].anchor, "c4d5");
	EQ_TEXT(p.at[1].also, "e6f7");
	EQ_TEXT(p.at[3].anchor, "");
	EQ_STR(paragraphs_write(t_arena, &p, true), str_c(text));
	EQ_TEXT(paragraphs_write(t_arena, &p, false), "## Síť\n\nText.\n\n- bod\n- druhý\n");
	EQ_INT(paragraphs_find(&p, S("e6f7")), 1);
	EQ_INT(paragraphs_find(&p, S("zz99")), -1);
}

TEST("paragraphs: an anchor that stands twice belongs to the first") {
	Paragraphs p = read_text("A\n{#a2b3}\n\nB\n{#a2b3}\n");
	EQ_TEXT(p.at[0].anchor, "a2b3");
	EQ_TEXT(p.at[1].anchor, "");
}

TEST("paragraphs: code without an end gets one, so that nothing after it is swallowed") {
	Paragraphs p = read_text("```\n{#a2b3}\n# není nadpis");
	EQ_INT(p.len, 1);
	EQ_TEXT(p.at[0].source, "```\n{#a2b3}\n# není nadpis\n```");
}

TEST("paragraphs: invisible characters, switches of direction and control characters go, letters are composed, 5 000 of them too") {
	EQ_TEXT(text_clean_source(t_arena, S("A\xE2\x80\x8B\x62\xE2\x80\xAE c\x01\r\nd\xC2\xAD\x65\te\xCC\x8C  \r\nf")), "Ab c\nde ě\\\nf");
	char *word = arena_alloc(t_arena, 5000);
	memset(word, 'x', 5000);
	Paragraphs p;
	Str        why;
	MUST(paragraphs_read(t_arena, str_of(word, 5000), &p, &why));
	EQ_INT(p.len, 1);
	EQ_INT(p.at[0].text.len, 5000);
}

TEST("paragraphs: a text of more than 4 MB is refused in a sentence") {
	Str        why = {0}, long_text = {arena_alloc(t_arena, PARAGRAPHS_BYTES + 1), PARAGRAPHS_BYTES + 1};
	Paragraphs p;
	memset((char *)(uintptr_t)long_text.ptr, 'a', long_text.len);
	EQ_INT(paragraphs_read(t_arena, long_text, &p, &why), ERR_TOO_LARGE);
	EXPECT(str_has(why, S("4 MB")));
}

static Err settle(void *arg, Str name, Str caption, bool is_block, Str *ret) {
	(void)arg, (void)caption;
	if (str_eq(name, S("sluzeb")))
		*ret = S("220");
	if (is_block)
		*ret = S("| Druh | Počet |\n| --- | ---: |\n| § 40 | 30 |\n: Služby");
	return OK;
}

TEST("paragraphs: live numbers and figures are put into the text when it freezes, unknown ones stay, anchors too") {
	Paragraphs p = read_text("V kraji je ![služeb](zivy-udaj:sluzeb) služeb a ![?](zivy-udaj:nic).\n{#a2b3}\n\n![Služby](zivy-udaj:druhy)\n{#c4d5}\n");
	MUST(paragraphs_settle_live(t_arena, &p, settle, NULL));
	EQ_TEXT(p.at[0].source, "V kraji je 220 služeb a ![?](zivy-udaj:nic).");
	EQ_TEXT(p.at[0].anchor, "a2b3");
	EQ_INT(p.at[1].kind, PARAGRAPH_TABLE);
	EQ_TEXT(p.at[1].text, "Služby | Druh | Počet | § 40 | 30");
	EQ_TEXT(p.at[1].anchor, "c4d5");
}

TEST("paragraphs: a table keeps its cells, pipes inside of them, numbers to the right and its caption") {
	Table t = table_read(t_arena, S("| Název | Kč |\n|:---|---:|\n| a\\|b | 1 000 |\n| jen jedna |\n: Popis"));
	EQ_INT(t.rows, 3);
	EQ_INT(t.columns, 2);
	EQ_TEXT(t.at[2], "a|b");
	EQ_TEXT(t.at[5], "");
	EXPECT(!t.is_number[0] && t.is_number[1]);
	EQ_TEXT(table_write(t_arena, &t), "| Název | Kč |\n| --- | ---: |\n| a\\|b | 1 000 |\n| jen jedna |  |\n: Popis");
}
