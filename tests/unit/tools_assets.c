#include "assets.h"
#include "tools/assets/minify.h"

#include "tests/test.h"

static Str css(const char *s) {
	Buf b = {0};
	minify_css(str_c(s), &b);
	Str all = buf_take(&b, t_arena);
	buf_free(&b);
	return all;
}

static Str js(const char *s) {
	Buf b = {0};
	minify_js(str_c(s), &b);
	Str all = buf_take(&b, t_arena);
	buf_free(&b);
	return all;
}

TEST("assets: style sheets lose comments and needless blanks, and nothing that matters") {
	EQ_TEXT(css("/* a */\na , b > c {\n  color : red;\n  margin: 0 auto;\n}\n\n"), "a,b>c{color :red;margin:0 auto}");
	EQ_TEXT(css("a :hover { b: c }"), "a :hover{b:c}");
	EQ_TEXT(css("a { content: \"/* x */  ;  }\"; }"), "a{content:\"/* x */  ;  }\"}");
	EQ_TEXT(css("a { content: \"\\\"  \"; }"), "a{content:\"\\\"  \"}");
	EQ_TEXT(css("a{background: url( data:image/svg+xml;x  y )}"), "a{background:url( data:image/svg+xml;x  y )}");
	EQ_TEXT(css("a { width: calc(1px + 2px); }"), "a{width:calc(1px + 2px)}");
	EQ_TEXT(css(".a/* x */.b .c /* y */ .d {}"), ".a/**/.b .c .d{}");
	EQ_TEXT(css("@media (min-width: 40rem) and (max-width: 60rem) { a { b: c } }"), "@media (min-width:40rem) and (max-width:60rem){a{b:c}}");
	EQ_TEXT(css("/* never ends"), "");
	EQ_TEXT(css("a{b:\"never ends"), "a{b:\"never ends");
}

TEST("assets: scripts lose comments and indentation, not line ends, strings, templates or expressions") {
	EQ_TEXT(js("// a\n\tlet a = 1; // b\n\n\n  /* c\n d */ let b = 2;\n"), "let a = 1;\nlet b = 2;\n");
	EQ_TEXT(js("let s = \"// x  /* y */\";"), "let s = \"// x  /* y */\";");
	EQ_TEXT(js("let s = '\\'  // x';"), "let s = '\\'  // x';");
	EQ_TEXT(js("let t = `  // ${ f(`  }`, '}') }  /* x */`;  b"), "let t = `  // ${ f(`  }`, '}') }  /* x */`; b");
	EQ_TEXT(js("let r = /  \\/[/\"]  /.test(x);"), "let r = /  \\/[/\"]  /.test(x);");
	EQ_TEXT(js("return /\"/;"), "return /\"/;");
	EQ_TEXT(js("a = b / c; d = \"//\""), "a = b / c; d = \"//\"");
	EQ_TEXT(js("a\n  /* x */\nb"), "a\nb");
	EQ_TEXT(js("a/* x */b"), "a b");
	EQ_TEXT(js("let t = `never ends"), "let t = `never ends");
	EQ_TEXT(js("let t = `${never"), "let t = `${never");
}

TEST("assets: each file has an address with its hash, and compressed forms that are smaller") {
	EXPECT(assets_count > 0);
	for (size_t i = 0; i < assets_count; i++) {
		const Asset *a = &assets_all[i];
		EXPECT(str_starts(a->url, S("/s/")) && a->etag.len == 12 && str_has(a->url, str_first(str_from(a->etag, 1), 10)));
		EXPECT(a->bytes.len > 0 && a->gzip.len < a->bytes.len && a->brotli.len < a->bytes.len);
		EXPECT(!a->gzip.len || memcmp(a->gzip.ptr, "\x1f\x8b", 2) == 0);
	}
	EQ_TEXT(asset_app_css.name, "app.css");
	EQ_TEXT(asset_app_css.type, "text/css; charset=utf-8");
	EXPECT(str_starts(asset_app_css.url, S("/s/app.")) && str_ends(asset_app_css.url, S(".css")));
}

TEST("assets: the style sheet and the script stay within their budgets") {
	EXPECT(asset_app_css.brotli.len <= 8 * 1024);
	EXPECT(asset_app_js.brotli.len <= 4 * 1024);
}

TEST("assets: data files of the program are named from data/ on and are never licences or readmes") {
	EXPECT(data_files_count > 10);
	for (size_t i = 0; i < data_files_count; i++)
		EXPECT(!str_starts(data_files_all[i].name, S("data/")) && !str_ends(data_files_all[i].name, S(".md")) && data_files_all[i].size > 0);
}
