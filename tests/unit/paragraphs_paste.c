/* What people paste. */
#include "domain/library/paragraphs.h"
#include "tests/test.h"

static const char word_html[] =
	"<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><style>p.MsoNormal {margin:0}</style><xml><w:Zoom>0</w:Zoom></xml></head><body>"
	"<!--StartFragment--><h2 style='mso-pagination:none'>2.1 Popis území<o:p></o:p></h2>\n"
	"<p class=MsoNormal style='text-align:justify'><span style='font-size:11.0pt'>Kraj m&aacute; <b>10&nbsp;ORP</b> a&nbsp;215 obc\xC3\xAD; "
	"viz <a href=\"https://www.example.cz/plan\">plán</a>.<o:p></o:p></span></p>"
	"<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span>\xC2\xB7<span>&nbsp;&nbsp;</span></span><![endif]>první bod</p>"
	"<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span>\xC2\xB7</span><![endif]>druhý bod</p>"
	"<table class=MsoTableGrid><tr><td><p class=MsoNormal>Druh</p></td><td><p>Počet</p></td></tr><tr><td>§&nbsp;40</td><td>12|3</td></tr></table>"
	"<p class=MsoNormal><i>konec</i><b><o:p></o:p></b></p><!--EndFragment--></body></html>";

TEST("paste: what Word puts on the clipboard becomes a clean text with heading, list, table, emphasis and link") {
	EQ_TEXT(text_clean_paste(t_arena, str_c(word_html)),
	        "## 2.1 Popis území\n\nKraj m&aacute; **10 ORP** a 215 obcí; viz [plán](https://www.example.cz/plan).\n\n- první bod\n\n- druhý bod\n\n"
	        "| Druh | Počet |\n| --- | --- |\n| § 40 | 12\\|3 |\n\n*konec*");
}

TEST("paste: lists of pages, nested and numbered, line breaks and quotes") {
	EQ_TEXT(text_clean_paste(t_arena, S("<p>a<br>b</p><ol><li>jedna<ul><li>pod ní</li></ul></li><li><p>dvě</p></li></ol><blockquote>citát</blockquote>")),
	        "a\\\nb\n\n1. jedna\n    - pod ní\n2. dvě\n\n> citát");
}

TEST("paste: a text without markup stays as it is, scripts and formulas are text, addresses of scripts are no links") {
	EQ_TEXT(text_clean_paste(t_arena, S("a < b a c > d\n=SUMA(A1)\n<script>alert(1)</script>")), "a < b a c > d\n=SUMA(A1)\n<script>alert(1)</script>");
	EQ_TEXT(text_clean_paste(t_arena, S("<p><a href=\"javascript:alert(1)\">klik</a> <script>alert(1)</script> 2 * 3</p>")),
	        "klik <script>alert(1)</script> 2 \\* 3");
}

TEST("paste: into a plain text come words, lines, points and rows, without marks of any kind") {
	EQ_TEXT(text_plain_paste(t_arena, str_c(word_html)),
	        "2.1 Popis území\n\nKraj m&aacute; 10 ORP a 215 obcí; viz plán.\n\n- první bod\n\n- druhý bod\n\nDruh | Počet\n§ 40 | 12|3\n\nkonec");
	EQ_TEXT(text_plain_paste(t_arena, S("<p>a<br>2 * 3</p><blockquote>citát</blockquote>")), "a\n2 * 3\n\ncitát");
	EQ_TEXT(text_plain_paste(t_arena, S("a < b *c* <script>alert(1)</script>")), "a < b *c* <script>alert(1)</script>");
}
